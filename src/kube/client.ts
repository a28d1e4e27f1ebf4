import type { Capabilities } from '../engine/capabilities.js'
import type { Dict } from '../go/value.js'
import type { LookUpKey } from './look-up.js'
import type { KubeObject } from './objects.js'
import type { Resource } from './resource.js'

/** How objects are sent. */
export interface CreateOptions {
  /** Server-side apply (Helm 4's way); otherwise a plain create. */
  readonly serverSide: boolean
  /** Take over fields that others manage; only with server-side apply. */
  readonly forceConflicts?: boolean
  /**
   * Some of the objects exist already: they go one after another, and fields that this client once created become its own to apply.
   * Only with server-side apply.
   */
  readonly adopting?: boolean
}

/** What happens to an object's dependents when it is deleted. */
export type Propagation = 'background' | 'foreground' | 'orphan'

/** What to wait for: objects that are ready (Jobs also done, if asked for), hooks that ran to their end, or objects that are gone. */
export type WaitFor = 'ready' | 'ready-with-jobs' | 'hook' | 'deleted'

/** How long to wait. */
export interface WaitOptions {
  /** Milliseconds; 0 means 30 seconds, as in Helm. */
  readonly timeout: number
  /** Ends the waiting. */
  readonly signal?: AbortSignal
}

/** What release actions ask of a cluster (Helm's kube.Interface). Errors are KubeErrors. */
export interface KubeClient {
  /** Rejects with `kubernetes cluster unreachable: …` when it is not. */
  reach (): Promise<void>
  /** Its version and what its API has, asked for afresh. */
  capabilities (): Promise<Capabilities>
  /** Reads a manifest into resources of this cluster. */
  build (manifest: string): Promise<Resource[]>
  /** The live object; rejects with not-found when, and only when, it is absent. */
  get (resource: Resource): Promise<KubeObject>
  /** Creates all of them: those of one kind at once, kind after kind. */
  create (resources: readonly Resource[], options: CreateOptions): Promise<void>
  /** Deletes all of them, kind after kind; those that are absent are fine. Rejects only after all were tried. */
  delete (resources: readonly Resource[], propagation: Propagation): Promise<void>
  wait (resources: readonly Resource[], until: WaitFor, options: WaitOptions): Promise<void>
}

/** An ability of clusters: what templates look up. */
export interface ObjectReader {
  /** The object, or the list of all of a kind; empty when there is none. */
  lookUp (key: LookUpKey): Promise<Dict>
}

/** Which Pods: by label or by field, in the API's notation. */
export interface PodQuery {
  readonly labelSelector?: string
  readonly fieldSelector?: string
}

/** An ability of clusters: what containers printed. */
export interface PodLogs {
  /** The logs of every container of the Pods, one after another. */
  podLogs (namespace: string, query: PodQuery): Promise<string>
}

/**
 * Live objects by `version/Kind` (`v1/Service`), lists of the Pods that belong to them under `v1/Pod(related)`; in the order in which they were
 * looked up.
 */
export type LiveObjects = ReadonlyMap<string, readonly KubeObject[]>

/** An ability of clusters: what people want to see of a release. */
export interface StatusReader {
  /** The live objects and their Pods; what is absent is left out. With `tables` each is a `Table` as the API prints it for kubectl. */
  describe (resources: readonly Resource[], options: { readonly tables: boolean }): Promise<LiveObjects>
}
