import { messageOf } from '../errors.js'
import { quote } from '../go/strconv.js'
import type { Condition } from '../kube/condition.js'
import type { Resource } from '../kube/resource.js'
import { withStatus, type Release } from '../release/release.js'
import { applyMethodOf, isServerSide } from './apply-method.js'
import { requireBuilt } from './build-manifest.js'
import type { ActionContext } from './context.js'
import { ActionError } from './errors.js'
import { runHooks } from './hooks.js'
import { owned } from './ownership.js'
import { lossOf, requireUnlocked, withLease } from './lock.js'
import { isReleaseName } from './release-name.js'
import { ReleaseUnderWay, supersede } from './under-way.js'
import { conditionsOn, waitUntilReady } from './wait.js'
import { throwIfCancelled, type WaitStrategy } from './wait-strategy.js'

/** To which revision a release goes back, and how: `helm rollback`'s flags. */
export interface RollbackOptions {
  readonly name: string
  /** The one before the newest when 0. */
  readonly revision: number
  readonly dryRun: boolean
  readonly hooks: boolean
  readonly wait: WaitStrategy
  readonly waitForJobs: boolean
  /** Conditions that are waited for as well; none unless given. */
  readonly waitFor?: readonly Condition[]
  /** Milliseconds for each hook, and for waiting. */
  readonly timeout: number
  /** `true`, `false`, or `auto`: as that revision was sent. */
  readonly serverSide: string
  readonly forceConflicts: boolean
  /** Objects are replaced rather than patched. */
  readonly forceReplace: boolean
  /** What was created is deleted again when the rollback fails. */
  readonly cleanupOnFail: boolean
  /** How many revisions are kept at most; 0 for all. */
  readonly maxHistory: number
  /** `Rollback to N` unless given; 256 characters at most. */
  readonly description: string
  /** Milliseconds to wait for somebody who is at work on the release; 0 unless given. */
  readonly waitForLock?: number
}

/** How long a rollback's description may be. */
const maxDescription = 256

/**
 * Takes a release back to an earlier revision as Helm 4.3.1 does: that revision's chart, values, manifest, hooks, notes and labels are recorded
 * as a new one, hooks run around the update of the objects, and every revision that was deployed is superseded. Whatever fails is recorded as
 * failed, hooks too.
 *
 * @param context cluster, records, time
 * @param options to which revision, and how
 * @returns the new revision
 * @throws {ActionError|KubeError|ReleaseError} why not; the record says `failed` when there was one
 */
export async function rollback (context: ActionContext, options: RollbackOptions): Promise<Release> {
  const length = Array.from(options.description).length
  if (length > maxDescription) throw new ActionError('invalid-option', `description must be ${maxDescription} characters or less, got ${length}`)
  await context.kube.reach()
  if (!isReleaseName(options.name)) throw new ActionError('invalid-name', `prepareRollback: Release name is invalid: ${options.name}`)
  if (options.revision < 0) throw new ActionError('invalid-option', 'invalid release revision')
  if (!options.dryRun) await requireUnlocked(context, options.name, options.waitForLock)
  const { current, target } = await prepare(context, options)
  if (options.dryRun) return target
  return await withLease(context, target, async context => {
    await context.history.limitedTo(options.maxHistory).create(target)
    return await perform(context, options, { current, underWay: new ReleaseUnderWay(context, target) })
  })
}

async function prepare (context: ActionContext, options: RollbackOptions): Promise<{ readonly current: Release, readonly target: Release }> {
  const { name, revision } = options
  const revisions = await context.history.revisions(name)
  const current = revisions.at(-1) ?? await context.history.last(name)
  const wanted = revision === 0 ? current.version - 1 : revision
  if (!revisions.some(({ version }) => version === wanted)) throw new ActionError('not-found', `release has no ${wanted} version`)
  // Read by itself, it comes without Helm's own labels.
  const previous = await context.history.get(name, wanted)
  return { current, target: targetOf(context, options, { current, previous }) }
}

function targetOf (context: ActionContext, { serverSide, description }: RollbackOptions, { current, previous }: { readonly current: Release, readonly previous: Release }): Release {
  const { firstDeployed } = current.info
  return {
    ...previous,
    namespace: current.namespace,
    version: current.version + 1,
    applyMethod: applyMethodOf(isServerSide(serverSide, previous.applyMethod)),
    info: {
      ...firstDeployed === undefined ? {} : { firstDeployed },
      lastDeployed: context.now(),
      status: 'pending-rollback',
      description: description || `Rollback to ${previous.version}`,
      notes: previous.info.notes,
      rollbackRevision: previous.version
    }
  }
}

interface Rollback {
  readonly current: Release
  readonly underWay: ReleaseUnderWay
}

async function perform (context: ActionContext, options: RollbackOptions, { current, underWay }: Rollback): Promise<Release> {
  try {
    await deploy(context, options, { current, underWay })
    for (const each of await context.history.deployed(current.name)) await supersede(context, each)
  } catch (error) {
    const loss = lossOf(context.signal)
    if (loss !== undefined) throw loss
    const message = failureText(current.name, error)
    if (!(error instanceof NotReady)) context.log('WARN', message)
    underWay.release = withStatus(underWay.release, 'failed', message)
    await underWay.record()
    throw error
  }
  const release = { ...underWay.release, info: { ...underWay.release.info, status: 'deployed' } }
  await context.history.update(release)
  return release
}

function failureText (name: string, error: unknown): string {
  return error instanceof NotReady ? `Release ${quote(name)} failed: ${messageOf(error.cause)}` : `Rollback ${quote(name)} failed: ${messageOf(error)}`
}

async function deploy (context: ActionContext, options: RollbackOptions, { current, underWay }: Rollback): Promise<void> {
  const { timeout, wait } = options
  const { release } = underWay
  const serverSide = release.applyMethod === 'ssa'
  // What is there may have been sent in versions that are gone by now; what is sent may not.
  const original = await requireBuilt(context.kube.buildRecorded(current.manifest), 'from current release manifest')
  const target = (await requireBuilt(context.kube.build(release.manifest), 'from new release manifest')).map(resource => owned(resource, release))
  const conditions = await conditionsOn(context, options.waitFor ?? [], { resources: target, namespace: release.namespace })
  if (options.hooks) await runHooks(context, underWay, 'pre-rollback', { timeout, wait, serverSide })
  throwIfCancelled(context.signal)
  await update(context, options, { current, original, target, serverSide })
  throwIfCancelled(context.signal)
  await waitUntilReady(context, { resources: target, conditions }, { wait, waitForJobs: options.waitForJobs, timeout }).catch((error: unknown) => {
    throw new NotReady('rollback-failed', `release ${release.name} failed: ${messageOf(error)}`, { cause: error })
  })
  if (options.hooks) await runHooks(context, underWay, 'post-rollback', { timeout, wait, serverSide })
}

/** Objects that did not become ready: Helm words that otherwise. */
class NotReady extends ActionError {}

interface Change {
  readonly current: Release
  readonly original: readonly Resource[]
  readonly target: readonly Resource[]
  readonly serverSide: boolean
}

async function update (context: ActionContext, options: RollbackOptions, { current, original, target, serverSide }: Change): Promise<void> {
  const { forceConflicts, forceReplace } = options
  const created: Resource[] = []
  try {
    await context.kube.update(original, target, { serverSide, forceConflicts, forceReplace, migrateFieldManager: true, onCreated: resource => created.push(resource), signal: context.signal })
  } catch (error) {
    // As Helm has it: what was there is taken for superseded even so.
    await supersede(context, current)
    if (options.cleanupOnFail) await cleanUp(context, created, error)
    throw error
  }
}

async function cleanUp ({ kube, log }: ActionContext, created: readonly Resource[], original: unknown): Promise<void> {
  log('DEBUG', 'cleanup on fail set, cleaning up resources', { count: String(created.length) })
  await kube.delete(created, 'background').catch((error: unknown) => {
    const message = `an error occurred while cleaning up resources. original rollback error: ${messageOf(original)}: unable to cleanup resources: ${messageOf(error)}`
    throw new ActionError('rollback-failed', message, { cause: error })
  })
}
