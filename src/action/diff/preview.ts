import type { ComparingContext } from './compare-live.js'
import { updateChanges, type IntendedUpdate } from './live-changes.js'
import type { ObjectChange } from './object-change.js'
import { hookChanges, recordChanges, type RecordedObjects } from './record-changes.js'

/** What the new objects are compared with: those in the cluster, or those in the record. */
export type Against = 'live' | 'stored'

/** What an operation would change, before it does. */
export interface Preview {
  /** In the custom resource definitions of the chart. */
  readonly crds: readonly ObjectChange[]
  /** In the objects and hooks of the release. */
  readonly changes: (against: Against) => Promise<ObjectChange[]>
}

/** Is shown what would change; ends the operation by throwing, before anything is done. */
export type Review = (preview: Preview) => Promise<void>

/** An operation that is ready to be performed. */
export interface Intention {
  readonly before: RecordedObjects
  readonly after: RecordedObjects
  /** How objects would be brought from one to the other; undefined while their kinds are not known to the API. */
  readonly update?: IntendedUpdate | undefined
  /** Whether hooks would be run. */
  readonly hooks: boolean
  readonly crds: readonly ObjectChange[]
}

/**
 * What an operation would change. Hooks are compared as they are recorded: what of them is in the cluster comes and goes.
 *
 * @param context the cluster
 * @param intention the operation
 */
export function previewOf (context: ComparingContext, { before, after, update, hooks, crds }: Intention): Preview {
  return {
    crds,
    changes: async against => against === 'stored' || update === undefined
      ? await recordChanges(context.kube, [before, after], { hooks })
      : [...await updateChanges(context, update), ...hooks ? hookChanges(before, after) : []]
  }
}
