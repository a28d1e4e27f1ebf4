import { messageOf } from '../errors.js'
import { quote } from '../go/strconv.js'
import type { UpdateOptions } from '../kube/client.js'
import { isKubeError } from '../kube/errors.js'
import type { Condition, ConditionOn } from '../kube/condition.js'
import { apiVersionOf } from '../kube/objects.js'
import type { Resource } from '../kube/resource.js'
import { withStatus, type Release } from '../release/release.js'
import { applyMethodOf, isServerSide } from './apply-method.js'
import { baseRevision, type Base } from './base-revision.js'
import { requireBuilt } from './build-manifest.js'
import type { ActionContext } from './context.js'
import { previewOf, type Review } from './diff/preview.js'
import { ActionError } from './errors.js'
import { runHooks } from './hooks.js'
import { lossOf, requireUnlocked, withLease } from './lock.js'
import { requireOwnLabels } from './own-labels.js'
import { existing, owned } from './ownership.js'
import { isReleaseName } from './release-name.js'
import { renderLive } from './render-live.js'
import type { RenderOptions } from './render-release.js'
import { ReleaseUnderWay, supersede } from './under-way.js'
import { noCrds, planCrds, withCrds, type CrdPlan } from './upgrade-crds.js'
import { failedUpgrade } from './upgrade-failure.js'
import { upgradeValues, type ValuesPolicy } from './upgrade-values.js'
import { conditionsOn, waitUntilReady } from './wait.js'
import { throwIfCancelled, type WaitStrategy } from './wait-strategy.js'

/** What a release is upgraded to, and how: `helm upgrade`'s flags. */
export interface UpgradeOptions extends Pick<RenderOptions, 'chart' | 'values' | 'name' | 'subchartNotes' | 'hideSecrets' | 'skipSchemaValidation'> {
  readonly policy: ValuesPolicy
  /** Everything is prepared and checked against the cluster, nothing is written; with `client`, templates look nothing up. */
  readonly dryRun: 'none' | 'client' | 'server'
  /** Whether hooks are run. */
  readonly hooks: boolean
  readonly wait: WaitStrategy
  readonly waitForJobs: boolean
  /** Conditions that are waited for as well; none unless given. */
  readonly waitFor?: readonly Condition[]
  /** Milliseconds for each hook, and for waiting. */
  readonly timeout: number
  /** `true`, `false`, or `auto`: as the last revision was sent. */
  readonly serverSide: string
  readonly forceConflicts: boolean
  /** Objects are replaced rather than patched. */
  readonly forceReplace: boolean
  /** Existing objects become the release's whoever they belong to. */
  readonly takeOwnership: boolean
  /** What was created is deleted again when the upgrade fails. */
  readonly cleanupOnFail: boolean
  /** A release that fails goes back to the last good revision. */
  readonly rollbackOnFailure: boolean
  /** How many revisions are kept at most; 0 for all. */
  readonly maxHistory: number
  /** `Upgrade complete` unless given. */
  readonly description: string
  /** Labels of the record, beside those it had; `null` takes one away. */
  readonly labels: ReadonlyMap<string, string>
  /** Milliseconds to wait for somebody who is at work on the release; 0 unless given. */
  readonly waitForLock?: number
  /** The definitions in crds/ are created and updated first; they stay as they are unless given. */
  readonly upgradeCrds?: boolean
  /** Is shown what would change, before anything does. */
  readonly review?: Review
}

/**
 * Upgrades a release as Helm 4.3.1 does: everything rendered is checked against what exists, a new revision is recorded, hooks run around the
 * update of the objects from the current revision's to the new one's, and the records say how it went. CRDs stay as they are, unless they are to
 * be upgraded too, which Helm cannot.
 *
 * @param context cluster, records, time
 * @param given what and how
 * @returns the new revision as recorded; for a dry run, as it would be
 * @throws {ActionError|KubeError|ReleaseError|EngineError|ChartError} why not; the record says `failed` when there was one
 */
export async function upgrade (context: ActionContext, given: UpgradeOptions): Promise<Release> {
  await context.kube.reach()
  const options = { ...given, wait: waitStrategy(given) }
  if (!isReleaseName(options.name)) throw new ActionError('invalid-name', `release name is invalid: ${options.name}`)
  if (options.hideSecrets === true && options.dryRun === 'none') throw new ActionError('invalid-option', 'hiding Kubernetes secrets requires a dry-run mode')
  context.log('DEBUG', 'preparing upgrade', { name: options.name })
  if (options.dryRun === 'none') await requireUnlocked(context, options.name, options.waitForLock)
  const base = await baseRevision(context, options.name)
  const crds = options.upgradeCrds === true ? await plannedCrds(context, options, base) : noCrds
  const release = await prepare(context, options, { base, crds })
  const change = await changeIfKnown(context, options, { base, release, crds })
  await review(context, options, { base, release, crds, change })
  if (options.dryRun !== 'none') return withStatus(release, 'pending-upgrade', options.description || 'Dry run complete')
  await crds.apply()
  const known = change ?? await changeOf(context, options, { base, release })
  return await withLease(context, release, async context => {
    await context.history.limitedTo(options.maxHistory).create(release)
    return await perform(context, options, known)
  })
}

/** Who wants a failed upgrade undone wants to know that it failed, and so to wait. */
function waitStrategy ({ wait, rollbackOnFailure }: UpgradeOptions): WaitStrategy {
  return rollbackOnFailure && wait === 'hookOnly' ? 'watcher' : wait
}

async function plannedCrds (context: ActionContext, options: UpgradeOptions, { current }: Base): Promise<CrdPlan> {
  const { chart, values } = upgradeValues(current, options, options.policy, () => {})
  return await planCrds(context, { chart, values, forceConflicts: options.forceConflicts, update: true })
}

async function prepare (context: ActionContext, options: UpgradeOptions, { base: { last, current }, crds }: { readonly base: Base, readonly crds: CrdPlan }): Promise<Release> {
  const { kube, log } = context
  const wanted = upgradeValues(current, options, options.policy, log)
  const capabilities = withCrds(await kube.capabilities(), crds)
  const { objects: _, ...blind } = context
  const rendering = { ...options, ...wanted, namespace: current.namespace, revision: last.version + 1, isUpgrade: true }
  const { release } = await renderLive(options.dryRun === 'client' ? blind : context, rendering, capabilities)
  requireOwnLabels(options.labels)
  const { firstDeployed: __, ...info } = release.info
  const first = current.info.firstDeployed
  return withStatus({
    ...release,
    info: { ...info, ...first === undefined ? {} : { firstDeployed: first } },
    labels: mergedLabels(last.labels, options.labels),
    applyMethod: applyMethodOf(isServerSide(options.serverSide, last.applyMethod))
  }, 'pending-upgrade', 'Preparing upgrade')
}

/** Helm's own labels of a record that was found by its labels are taken over as well, as Helm does: they are set anew. */
function mergedLabels (before: ReadonlyMap<string, string>, given: ReadonlyMap<string, string>): Map<string, string> {
  return new Map([...new Map([...before, ...given])].filter(([, value]) => value !== 'null'))
}

/** From which objects to which an upgrade leads. */
interface Change {
  readonly release: Release
  readonly current: Release
  /** What is there, objects that the release takes over among them. */
  readonly original: readonly Resource[]
  readonly target: readonly Resource[]
  readonly conditions: readonly ConditionOn[]
}

interface Prepared {
  readonly base: Base
  readonly release: Release
  readonly crds: CrdPlan
}

/** Undefined while definitions that are still to come have kinds that the API does not know. */
async function changeIfKnown (context: ActionContext, options: UpgradeOptions, prepared: Prepared): Promise<Change | undefined> {
  try {
    return await changeOf(context, options, prepared)
  } catch (error) {
    if (prepared.crds.changes.length > 0 && isKubeError(error, 'no-match')) return undefined
    throw error
  }
}

/** Shows what would change to who wants to see it. That may take long: nobody else may have changed the release meanwhile. */
async function review (context: ActionContext, options: UpgradeOptions, { base, release, crds, change }: Prepared & { readonly change: Change | undefined }): Promise<void> {
  if (options.review === undefined) return
  const update = change === undefined ? undefined : { original: change.original, target: change.target, options: sending(options, change) }
  await options.review(previewOf(context, { before: base.current, after: release, update, hooks: options.hooks, crds: crds.changes }))
  if (options.dryRun !== 'none') return
  const { last } = await baseRevision(context, options.name)
  if (last.version === base.last.version && last.info.status === base.last.info.status) return
  throw new ActionError('conflict', `release ${quote(options.name)} was changed by another operation while its differences were looked at; nothing was done`)
}

async function changeOf (context: ActionContext, options: UpgradeOptions, { base: { current }, release }: Pick<Prepared, 'base' | 'release'>): Promise<Change> {
  const { kube } = context
  const built = await kube.build(release.manifest)
  const original = await requireBuilt(kube.buildRecorded(current.manifest), 'from current release manifest')
  const target = built.map(resource => owned(resource, release))
  const known = new Set(original.map(keyOf))
  const added = target.filter(resource => !known.has(keyOf(resource)))
  const taken = await existing(kube, added, options.takeOwnership ? undefined : release).catch((error: unknown) => {
    throw new ActionError('conflict', `unable to continue with update: ${messageOf(error)}`, { cause: error })
  })
  const conditions = await conditionsOn(context, options.waitFor ?? [], { resources: target, namespace: release.namespace })
  return { release, current, original: [...original, ...taken], target, conditions }
}

function keyOf ({ mapping, namespace, name }: Resource): string {
  return [apiVersionOf(mapping), mapping.kind, namespace, name].join('/')
}

async function perform (context: ActionContext, options: UpgradeOptions, change: Change): Promise<Release> {
  const underWay = new ReleaseUnderWay(context, change.release)
  const created: Resource[] = []
  try {
    await deploy(context, options, { ...change, underWay, created })
  } catch (error) {
    throw lossOf(context.signal) ?? await failedUpgrade(context, options, { underWay, created, error })
  }
  await supersede(context, change.current)
  const release = withStatus(underWay.release, 'deployed', options.description || 'Upgrade complete')
  await context.history.update(release)
  return release
}

interface Deployment extends Change {
  readonly underWay: ReleaseUnderWay
  /** Takes what was created. */
  readonly created: Resource[]
}

/** How the objects are brought from one revision's to the other's. */
function sending ({ forceConflicts, forceReplace }: UpgradeOptions, { release, current }: Change): UpdateOptions {
  const serverSide = release.applyMethod === 'ssa'
  return { serverSide, forceConflicts, forceReplace, migrateFieldManager: serverSide && current.applyMethod !== 'ssa' }
}

async function deploy (context: ActionContext, options: UpgradeOptions, change: Deployment): Promise<void> {
  const { underWay, original, target, conditions, created } = change
  const { timeout, wait } = options
  const serverSide = underWay.release.applyMethod === 'ssa'
  if (options.hooks) await hooks('pre-upgrade')
  throwIfCancelled(context.signal)
  await context.kube.update(original, target, { ...sending(options, change), onCreated: resource => created.push(resource), signal: context.signal })
  throwIfCancelled(context.signal)
  await waitUntilReady(context, { resources: target, conditions }, { wait, waitForJobs: options.waitForJobs, timeout })
  if (options.hooks) await hooks('post-upgrade')

  async function hooks (event: 'pre-upgrade' | 'post-upgrade'): Promise<void> {
    await runHooks(context, underWay, event, { timeout, wait, serverSide }).catch((error: unknown) => {
      throw new ActionError('hook-failed', `${event} hooks failed: ${messageOf(error)}`, { cause: error })
    })
  }
}
