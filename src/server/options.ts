import type { FastifyBaseLogger } from 'fastify'
import type { Access } from '../access/access.js'
import type { Catalog } from '../catalog/catalog.js'
import type { TlsSource } from './listener.js'
import type { PathOptions } from './path.js'
import type { LogOptions } from './plugins/request-log.js'
import type { StoreMetrics } from './store-metrics.js'

/** A page that the operator made. */
export interface OwnPage {
  readonly html: string
  /** The folder of what lies below /static; none when left out. */
  readonly staticDirectory?: string
}

/** What the server serves from, and how: passed in by the composition in `app.ts`'s caller. */
export interface ServerOptions extends LogOptions {
  readonly catalog: Catalog
  readonly logger: FastifyBaseLogger
  readonly version: string
  readonly paths: PathOptions
  /** Who may do what; everybody may do everything without it. */
  readonly access?: Access | undefined
  /** What TLS is spoken with; plain HTTP without it. */
  readonly tls?: TlsSource | undefined
  /** The largest request body, in bytes. */
  readonly maxUploadSize: number
  /** Whether a version may be uploaded again without `?force`. */
  readonly allowOverwrite: boolean
  /** Whether `?force` counts. */
  readonly allowForce: boolean
  readonly api: boolean
  readonly deletion: boolean
  readonly metrics: boolean
  /** What the store counts, to be served with the metrics. */
  readonly storeMetrics?: StoreMetrics | undefined
  /** Form fields that may carry the chart and the provenance file, `chart` and `prov` first. */
  readonly chartFields: readonly string[]
  readonly provenanceFields: readonly string[]
  /** Whether every client gets the index as JSON. */
  readonly jsonIndex: boolean
  /** The most archives and provenance files of a tenant; 0 sets no limit. */
  readonly maxObjects: number
  /** The value of Access-Control-Allow-Origin; '' sends none. */
  readonly corsAllowOrigin: string
  /** Artifact Hub's id of each tenant that has one. */
  readonly artifactHubIds: ReadonlyMap<string, string>
  /** Milliseconds in which headers must come, and over which bodies must progress; 0 sets no limit. */
  readonly readTimeout: number
  /** Milliseconds that a connection may stand still; 0 sets no limit. */
  readonly writeTimeout: number
  /** The folder of the page's built files; no page when left out. */
  readonly pageDirectory?: string
  /** The operator's own page, in place of the built-in one. */
  readonly ownPage?: OwnPage
  /** A random request id. */
  readonly requestId: () => string
}
