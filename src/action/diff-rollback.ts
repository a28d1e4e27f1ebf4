import type { Release } from '../release/release.js'
import { requireBuilt } from './build-manifest.js'
import type { ActionContext } from './context.js'
import type { IntendedUpdate } from './diff/live-changes.js'
import type { ObjectChange } from './diff/object-change.js'
import { previewOf, type Against } from './diff/preview.js'
import { owned } from './ownership.js'
import { rollback } from './rollback.js'

/** A rollback that is looked at. */
export interface DiffRollbackOptions {
  readonly name: string
  /** The one before the newest when 0. */
  readonly revision: number
  readonly against: Against
  readonly hooks: boolean
  /** `true`, `false`, or `auto`: as that revision was sent. */
  readonly serverSide: string
  readonly forceConflicts: boolean
}

/**
 * What a rollback would change; nothing is changed.
 *
 * @param context cluster and records
 * @param options to which revision
 * @throws {ActionError|KubeError|ReleaseError} why the rollback would fail
 */
export async function diffRollback (context: ActionContext, options: DiffRollbackOptions): Promise<ObjectChange[]> {
  const { name, against, hooks, forceConflicts } = options
  const target = await rollback(context, { ...options, ...simulated })
  const current = await context.history.last(name)
  const update = against === 'live' ? await intended(context, { current, target, forceConflicts }) : undefined
  return await previewOf(context, { before: current, after: target, update, hooks, crds: [] }).changes(against)
}

async function intended (context: ActionContext, { current, target, forceConflicts }: { readonly current: Release, readonly target: Release, readonly forceConflicts: boolean }): Promise<IntendedUpdate> {
  return {
    original: await requireBuilt(context.kube.buildRecorded(current.manifest), 'from release manifest'),
    target: (await requireBuilt(context.kube.build(target.manifest), 'from release manifest')).map(resource => owned(resource, target)),
    options: { serverSide: target.applyMethod === 'ssa', forceConflicts, migrateFieldManager: true }
  }
}

const simulated = {
  dryRun: true, wait: 'hookOnly', waitForJobs: false, timeout: 0, forceReplace: false, cleanupOnFail: false, maxHistory: 0, description: ''
} as const
