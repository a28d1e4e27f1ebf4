import type { Chart } from '../chart/chart.js'
import { messageOf } from '../errors.js'
import { quote } from '../go/strconv.js'
import type { Dict } from '../go/value.js'
import type { UpdateOptions } from '../kube/client.js'
import { isKubeError } from '../kube/errors.js'
import type { Condition, ConditionOn } from '../kube/condition.js'
import type { Resource } from '../kube/resource.js'
import { withStatus, type Release } from '../release/release.js'
import { requireBuilt } from './build-manifest.js'
import type { ActionContext } from './context.js'
import { createNamespace } from './create-namespace.js'
import { previewOf, type Review } from './diff/preview.js'
import { nothingRecorded } from './diff/record-changes.js'
import { ActionError } from './errors.js'
import { runHooks } from './hooks.js'
import { installCrds } from './install-crds.js'
import { isInterrupted, lossOf, requireUnlocked, withLease } from './lock.js'
import { existing, owned } from './ownership.js'
import { requireOwnLabels } from './own-labels.js'
import { reachForInstall } from './reach.js'
import { requireReleaseName } from './release-name.js'
import { renderLive } from './render-live.js'
import type { RenderOptions } from './render-release.js'
import { ReleaseUnderWay } from './under-way.js'
import { uninstall } from './uninstall.js'
import { noCrds, planCrds, withCrds, type CrdPlan } from './upgrade-crds.js'
import { conditionsOn, waitUntilReady } from './wait.js'
import { throwIfCancelled, type WaitStrategy } from './wait-strategy.js'

/** What is installed, and how: `helm install`'s flags. */
export interface InstallOptions extends RenderOptions {
  readonly chart: Chart
  /** The user's values. */
  readonly values: Dict
  /** `server`: everything is prepared and checked against the cluster, nothing is written. */
  readonly dryRun: 'none' | 'server'
  /** Whether hooks are run. */
  readonly hooks: boolean
  readonly wait: WaitStrategy
  readonly waitForJobs: boolean
  /** Conditions that are waited for as well; none unless given. */
  readonly waitFor?: readonly Condition[]
  /** Milliseconds for each hook, and for waiting. */
  readonly timeout: number
  readonly createNamespace: boolean
  readonly skipCrds: boolean
  /** Objects are sent by server-side apply; otherwise by plain creates, and patches of those that exist. */
  readonly serverSide: boolean
  readonly forceConflicts: boolean
  /** Existing objects are replaced rather than patched. */
  readonly forceReplace: boolean
  /** Existing objects become the release's whoever they belong to. */
  readonly takeOwnership: boolean
  /** A name may be used again whose last release failed or was uninstalled. */
  readonly replace: boolean
  /** A release that fails is uninstalled again. */
  readonly rollbackOnFailure: boolean
  /** `Install complete` unless given. */
  readonly description: string
  /** Labels of the record. */
  readonly labels: ReadonlyMap<string, string>
  /** Milliseconds to wait for somebody who is at work on the release; 0 unless given. */
  readonly waitForLock?: number
  /** The definitions in crds/ that are there already are updated; they stay as they are unless given. */
  readonly upgradeCrds?: boolean
  /** Is shown what would change, before anything does. */
  readonly review?: Review
}

/**
 * Installs a chart as Helm 4.3.1 does: CRDs first, then everything rendered is checked against what exists, the release is recorded, hooks
 * run around the creation of its objects, and the record says how it went.
 *
 * @param context cluster, records, time
 * @param options what and how
 * @returns the release as recorded; for a dry run, as it would be
 * @throws {ActionError|KubeError|ReleaseError|EngineError|ChartError} why not; the record says `failed` when there was one
 */
export async function install (context: ActionContext, options: InstallOptions): Promise<Release> {
  await reachForInstall(context)
  const last = await requireFreeName(context, options)
  const crds = await readyCrds(context, options)
  const rendered = await render(context, options, crds)
  const known = await objectsIfKnown(context, options, { release: rendered, crds })
  await review(context, options, { release: rendered, crds, known })
  if (options.dryRun === 'server') return withStatus(rendered, 'pending-install', 'Dry run complete')
  await crds.apply()
  const prepared = known ?? await objectsOf(context, options, rendered)
  if (options.createNamespace) await createNamespace(context, options)
  const release = last === undefined ? prepared.release : await replacing(context, prepared.release, last)
  return await withLease(context, release, async context => {
    await context.history.create(release)
    return await perform(context, options, { ...prepared, release })
  })
}

/** A release that is ready to be installed. */
interface Prepared {
  readonly release: Release
  readonly resources: readonly Resource[]
  /** Those of them that exist already, and are the release's own or may be taken. */
  readonly existing: readonly Resource[]
  readonly conditions: readonly ConditionOn[]
}

/** The last release of the name, where it may be used again. */
async function requireFreeName (context: ActionContext, options: InstallOptions): Promise<Release | undefined> {
  try {
    requireReleaseName(options.name)
    return options.dryRun === 'none' ? await reusable(context, options) : undefined
  } catch (error) {
    context.log('ERROR', 'release name check failed', { error: messageOf(error) })
    const code = error instanceof ActionError ? error.code : 'name-in-use'
    throw new ActionError(code, `release name check failed: ${messageOf(error)}`, { cause: error })
  }
}

/** One that was interrupted at its installation was never there: no `--replace` is asked for. */
async function reusable (context: ActionContext, { name, replace, waitForLock }: InstallOptions): Promise<Release | undefined> {
  const last = await requireUnlocked(context, name, waitForLock)
  if (last === undefined) return undefined
  const over = last.info.status === 'uninstalled' || last.info.status === 'failed'
  const never = isInterrupted(last) && (await context.history.deployed(name)).length === 0
  if (!never && (!replace || !over)) throw new ActionError('name-in-use', 'cannot reuse a name that is still in use')
  return last
}

/** As in Helm, definitions come before anything is rendered; where they are to be looked at first, it is worked out what they will bring. */
async function readyCrds (context: ActionContext, options: InstallOptions): Promise<CrdPlan> {
  const { chart, values, forceConflicts, skipCrds, upgradeCrds = false, review } = options
  if (!skipCrds && (upgradeCrds || review !== undefined)) return await planCrds(context, { chart, values, forceConflicts, update: upgradeCrds })
  await installCrds(context, options)
  return noCrds
}

async function render (context: ActionContext, options: InstallOptions, crds: CrdPlan): Promise<Release> {
  const capabilities = withCrds(await context.kube.capabilities(), crds)
  requireOwnLabels(options.labels)
  const rendered = await renderLive(context, options, capabilities)
  return withStatus({ ...rendered.release, applyMethod: options.serverSide ? 'ssa' : 'csa', labels: options.labels }, 'pending-install', 'Initial install underway')
}

interface Rendered {
  readonly release: Release
  readonly crds: CrdPlan
}

/** Undefined while definitions that are still to come have kinds that the API does not know. */
async function objectsIfKnown (context: ActionContext, options: InstallOptions, { release, crds }: Rendered): Promise<Prepared | undefined> {
  try {
    return await objectsOf(context, options, release)
  } catch (error) {
    if (crds.changes.length > 0 && isKubeError(error, 'no-match')) return undefined
    throw error
  }
}

/** Shows what would change to who wants to see it. */
async function review (context: ActionContext, options: InstallOptions, { release, crds, known }: Rendered & { readonly known: Prepared | undefined }): Promise<void> {
  const update = known === undefined ? undefined : { original: known.existing, target: known.resources, options: adoption(options) }
  await options.review?.(previewOf(context, { before: nothingRecorded, after: release, update, hooks: options.hooks, crds: crds.changes }))
}

async function objectsOf (context: ActionContext, options: InstallOptions, release: Release): Promise<Prepared> {
  const { kube } = context
  const built = await requireBuilt(kube.build(release.manifest), 'from release manifest')
  const resources = built.map(resource => owned(resource, release))
  const conditions = await conditionsOn(context, options.waitFor ?? [], { resources, namespace: options.namespace })
  return { release, resources, conditions, existing: await ownExisting(context, options, resources) }
}

async function ownExisting ({ kube }: ActionContext, options: InstallOptions, resources: readonly Resource[]): Promise<Resource[]> {
  try {
    return await existing(kube, resources, options.takeOwnership ? undefined : options)
  } catch (error) {
    throw new ActionError('conflict', `unable to continue with install: ${messageOf(error)}`, { cause: error })
  }
}

/** The release as the next revision of a name that was used before; what is there is superseded, unless it failed. */
async function replacing ({ history }: ActionContext, release: Release, last: Release): Promise<Release> {
  if (last.info.status !== 'failed') await history.update(withStatus(last, 'superseded', 'superseded by new release'))
  return { ...release, version: last.version + 1 }
}

async function perform (context: ActionContext, options: InstallOptions, prepared: Prepared): Promise<Release> {
  const underWay = new ReleaseUnderWay(context, prepared.release)
  try {
    await deploy(context, options, { ...prepared, underWay })
  } catch (error) {
    throw await failed(context, options, { underWay, error })
  }
  underWay.release = withStatus(underWay.release, 'deployed', options.description === '' ? 'Install complete' : options.description)
  await underWay.record()
  return underWay.release
}

async function deploy (context: ActionContext, options: InstallOptions, { resources, existing, conditions, underWay }: Prepared & { readonly underWay: ReleaseUnderWay }): Promise<void> {
  const { serverSide, timeout } = options
  const { signal } = context
  const wait = waitStrategy(options)
  if (options.hooks) await hooks('pre-install')
  throwIfCancelled(signal)
  if (existing.length === 0) await context.kube.create(resources, { serverSide, signal })
  else await context.kube.update(existing, resources, { ...adoption(options), signal })
  throwIfCancelled(signal)
  await waitUntilReady(context, { resources, conditions }, { wait, waitForJobs: options.waitForJobs, timeout })
  if (options.hooks) await hooks('post-install')

  async function hooks (event: 'pre-install' | 'post-install'): Promise<void> {
    await runHooks(context, underWay, event, { timeout, wait, serverSide }).catch((error: unknown) => {
      throw new ActionError('hook-failed', `failed ${event}: ${messageOf(error)}`, { cause: error })
    })
  }
}

/** How existing objects become the release's: those without server-side apply are as the release once sent them, unless they were somebody else's. */
function adoption ({ serverSide, forceConflicts, forceReplace, takeOwnership }: InstallOptions): UpdateOptions {
  return { serverSide, forceConflicts, forceReplace, migrateFieldManager: true, threeWayMergeForUnstructured: takeOwnership && !serverSide }
}

/** Who wants a failed release undone wants to know that it failed, and so to wait. */
function waitStrategy ({ wait, rollbackOnFailure }: InstallOptions): WaitStrategy {
  return rollbackOnFailure && wait === 'hookOnly' ? 'watcher' : wait
}

interface Failure {
  readonly underWay: ReleaseUnderWay
  readonly error: unknown
}

/** Records the failure, or takes the release back; gives the error to throw. */
async function failed (context: ActionContext, options: InstallOptions, { underWay, error }: Failure): Promise<unknown> {
  const loss = lossOf(context.signal)
  if (loss !== undefined) return loss
  const { name } = options
  underWay.release = withStatus(underWay.release, 'failed', `Release ${quote(name)} failed: ${messageOf(error)}`)
  if (!options.rollbackOnFailure) {
    await underWay.record()
    return error
  }
  context.log('DEBUG', 'install failed and rollback-on-failure is set, uninstalling release', { release: name })
  try {
    const { hooks, timeout } = options
    // The user may have ended the installation; taking it back is not ended by that.
    await uninstall({ ...context, signal: new AbortController().signal }, { name, hooks, timeout, wait: waitStrategy(options), ...afterwards })
  } catch (failure) {
    return new ActionError('install-failed',
      `an error occurred while uninstalling the release. original install error: ${messageOf(error)}: ${messageOf(failure)}`, { cause: error })
  }
  return new ActionError('install-failed',
    `release ${name} failed, and has been uninstalled due to rollback-on-failure being set: ${messageOf(error)}`, { cause: error })
}

const afterwards = { keepHistory: false, ignoreNotFound: false, dryRun: false, cascade: 'background', description: '' } as const
