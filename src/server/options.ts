import type { FastifyBaseLogger } from 'fastify'
import type { Catalog } from '../catalog/catalog.js'
import type { PathOptions } from './path.js'

/** What the server serves from, and how: passed in by the composition in `app.ts`'s caller. */
export interface ServerOptions {
  readonly catalog: Catalog
  readonly logger: FastifyBaseLogger
  readonly version: string
  readonly paths: PathOptions
  /** The largest request body, in bytes. */
  readonly maxUploadSize: number
  /** Whether a version may be uploaded again without `?force`. */
  readonly allowOverwrite: boolean
  /** Whether `?force` counts. */
  readonly allowForce: boolean
  readonly api: boolean
  readonly deletion: boolean
  readonly metrics: boolean
  /** Form fields that may carry the chart and the provenance file, `chart` and `prov` first. */
  readonly chartFields: readonly string[]
  readonly provenanceFields: readonly string[]
  readonly logHealth: boolean
  /** Milliseconds; 0 sets no limit. */
  readonly readTimeout: number
  readonly writeTimeout: number
  /** The folder of the page's built files; no page when left out. */
  readonly pageDirectory?: string
  /** A random request id. */
  readonly requestId: () => string
}
