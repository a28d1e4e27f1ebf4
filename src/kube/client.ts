import type { Capabilities } from '../engine/capabilities.js'
import type { Dict } from '../go/value.js'
import type { LookUpKey } from './look-up.js'
import type { GroupVersionKind, KubeObject } from './objects.js'
import type { Revision } from './patch.js'
import type { ConditionOn, ObjectName } from './condition.js'
import type { Resource } from './resource.js'
import type { WaitProgress } from './wait-progress.js'

/** How objects are sent. */
export interface CreateOptions {
  /** Server-side apply (Helm 4's way); otherwise a plain create. */
  readonly serverSide: boolean
  /** Take over fields that others manage; only with server-side apply. */
  readonly forceConflicts?: boolean
  /** Ends it between two kinds. */
  readonly signal?: AbortSignal
}

/** How the objects of a release are brought from one revision's to another's. */
export interface UpdateOptions {
  /** Server-side apply (Helm 4's way); otherwise a three-way merge, patched by the client. */
  readonly serverSide: boolean
  /** Take over fields that others manage; only with server-side apply. */
  readonly forceConflicts?: boolean
  /** Objects are replaced (PUT) rather than patched; not with server-side apply. */
  readonly forceReplace?: boolean
  /** Fields that this client once sent without server-side apply become its own to apply: the original objects were sent so. */
  readonly migrateFieldManager?: boolean
  /** For custom resources too, what is live is taken into account (Helm does so when it takes objects over). */
  readonly threeWayMergeForUnstructured?: boolean
  /**
   * Told of each object once it was created, so that a failure can be cleaned up; as in Helm, also of the one whose creation failed: the
   * cluster may have it all the same.
   */
  readonly onCreated?: (resource: Resource) => void
  /** Ends it between two objects. */
  readonly signal?: AbortSignal
}

/** What an update did. */
export interface Updated {
  readonly created: readonly Resource[]
  readonly updated: readonly Resource[]
  readonly deleted: readonly Resource[]
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
  /** Told how it goes, and why objects are not ready; nobody asks the cluster for that unless given. */
  readonly progress?: WaitProgress | undefined
  /** By the rules of Helm 3 (`--wait=legacy`), not by kstatus'. */
  readonly legacy?: boolean
}

/** What release actions ask of a cluster (Helm's kube.Interface). Errors are KubeErrors. */
export interface KubeClient {
  /** Rejects with `kubernetes cluster unreachable: …` when it is not. */
  reach (): Promise<void>
  /** Its version and what its API has, asked for afresh. */
  capabilities (): Promise<Capabilities>
  /** Reads a manifest into resources of this cluster. */
  build (manifest: string): Promise<Resource[]>
  /**
   * Reads the manifest of a record, as to what is in the cluster: objects of versions that are no longer served are found in another version,
   * those of kinds that are gone are left out.
   */
  buildRecorded (manifest: string): Promise<Resource[]>
  /** The live object; rejects with not-found when, and only when, it is absent. */
  get (resource: Resource): Promise<KubeObject>
  /** Creates all of them: those of one kind at once, kind after kind. */
  create (resources: readonly Resource[], options: CreateOptions): Promise<void>
  /**
   * Brings the objects of one revision of a release to another's, one after another: creates those of `target` that are absent, updates the
   * others, and then deletes those of `original` that `target` lacks, but not those that are to be kept (annotation `helm.sh/resource-policy`
   * is `keep` on the live object). An object that cannot be created or looked at ends it at once; other failures are named together, and
   * nothing is deleted when an update failed.
   */
  update (original: readonly Resource[], target: readonly Resource[], options: UpdateOptions): Promise<Updated>
  /**
   * What an update would make of a live object, defaults and all: the API works it out (`dryRun=All`), and nothing is written. Rejects with the
   * API's complaint about such an update; with unsupported where fields would have to be migrated first, which cannot be tried.
   */
  preview (revision: Revision, options: UpdateOptions): Promise<KubeObject>
  /** Deletes all of them, kind after kind; those that are absent are fine. Rejects only after all were tried. */
  delete (resources: readonly Resource[], propagation: Propagation): Promise<void>
  wait (resources: readonly Resource[], until: WaitFor, options: WaitOptions): Promise<void>
  /** Waits until the API has these kinds, as it does some time after their definitions came; rejects with no-match when it has not. */
  waitForKinds (kinds: readonly GroupVersionKind[], options: WaitOptions): Promise<void>
  /** An object by its kind, as a user writes that, and its name; it need not exist. Rejects with no-match for an unknown kind. */
  locate (named: ObjectName, namespace: string): Promise<Resource>
  /** Waits until all conditions are met. */
  waitForConditions (conditions: readonly ConditionOn[], options: WaitOptions): Promise<void>
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
  /** The logs of one Pod's containers, those that ran first included; rejects with not-found when there is no such Pod. */
  containerLogs (namespace: string, pod: string): Promise<ContainerLog[]>
}

/** What a container printed, or why that could not be read. */
export interface ContainerLog {
  readonly container: string
  readonly log: { readonly text: string } | { readonly error: unknown }
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
