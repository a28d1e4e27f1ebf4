import type { Chart } from '../chart/chart.js'
import { processDependencies } from '../chart/process-dependencies.js'
import type { Capabilities } from '../engine/capabilities.js'
import { crdsOf, type CustomResourceFile } from '../engine/crds.js'
import { messageOf } from '../errors.js'
import { decode } from '../go/bytes.js'
import type { Dict } from '../go/value.js'
import type { UpdateOptions } from '../kube/client.js'
import { isKubeError } from '../kube/errors.js'
import { apiVersionOf, at, kindOf, listAt, textAt, type GroupVersionKind, type KubeObject } from '../kube/objects.js'
import type { Resource } from '../kube/resource.js'
import { comparable, comparedResource } from './diff/comparable.js'
import { compareLive } from './diff/compare-live.js'
import { changeOf, type ObjectChange } from './diff/object-change.js'
import type { ActionContext } from './context.js'
import { ActionError } from './errors.js'
import { patience } from './install-crds.js'

/** Whose definitions, and how they are sent. */
export interface CrdOptions {
  readonly chart: Chart
  readonly values: Dict
  readonly forceConflicts: boolean
  /** Whether definitions that are there already are updated; otherwise they stay as they are. */
  readonly update: boolean
}

/** What is to become of the definitions in crds/ of a chart. */
export interface CrdPlan {
  readonly changes: readonly ObjectChange[]
  /** What the API will have by them, such as `example.com/v1` and `example.com/v1/Ship`. */
  readonly apiVersions: readonly string[]
  /** Creates and updates them, and waits until the API has their kinds; nothing is ever deleted. */
  readonly apply: () => Promise<void>
}

/** No definitions are touched. */
export const noCrds: CrdPlan = { changes: [], apiVersions: [], apply: async () => {} }

/** What the cluster can do once the definitions are there: what is rendered for it can be looked at before they are. */
export function withCrds (capabilities: Capabilities, { apiVersions }: CrdPlan): Capabilities {
  return capabilities.with({ apiVersions: apiVersions.filter(version => !capabilities.apiVersions.has(version)) })
}

/**
 * Works out what becomes of the definitions in crds/ of a chart and its sub-charts; nothing is changed yet.
 *
 * @param context the cluster
 * @param options whose definitions, and how
 * @throws {ActionError} stored-version: a definition lacks a version in which objects are stored; manifest: a file cannot be read
 * @throws {KubeError}
 */
export async function planCrds (context: ActionContext, options: CrdOptions): Promise<CrdPlan> {
  const files = crdsOf(processDependencies(options.chart, options.values))
  const planned: PlannedFile[] = []
  for (const file of files) planned.push(await planFile(context, options, file))
  const pending = planned.filter(({ changes }) => changes.length > 0)
  const kinds = planned.flatMap(({ resources }) => resources.flatMap(servedKinds))
  return {
    changes: pending.flatMap(({ changes }) => changes),
    apiVersions: [...new Set(kinds.flatMap(kind => [apiVersionOf(kind), `${apiVersionOf(kind)}/${kind.kind}`]))],
    apply: async () => {
      for (const file of pending) await applyFile(context, sending(options), file)
      if (pending.length > 0) await awaitKinds(context, pending.flatMap(({ resources }) => resources))
    }
  }
}

/** The definitions of a file that are to change. */
interface PlannedFile {
  readonly file: CustomResourceFile
  readonly resources: readonly Resource[]
  readonly changes: readonly ObjectChange[]
}

/** By server-side apply whatever the release does: as install sends them, and the only way that leaves what others set in them. */
function sending ({ forceConflicts }: CrdOptions): UpdateOptions {
  return { serverSide: true, forceConflicts, migrateFieldManager: true }
}

async function planFile (context: ActionContext, options: CrdOptions, file: CustomResourceFile): Promise<PlannedFile> {
  const resources = await context.kube.build(decode(file.data)).catch((error: unknown) => {
    throw new ActionError('manifest', `CRD file ${file.path} cannot be read: ${messageOf(error)}`, { cause: error })
  })
  const changes: ObjectChange[] = []
  const changing: Resource[] = []
  for (const resource of resources) {
    const change = await planResource(context, options, { file, resource })
    if (change === undefined) continue
    changes.push(change)
    changing.push(resource)
  }
  return { file, resources: changing, changes }
}

async function planResource (context: ActionContext, options: CrdOptions, { file, resource }: { readonly file: CustomResourceFile, readonly resource: Resource }): Promise<ObjectChange | undefined> {
  const name = comparedResource(resource)
  const live = await context.kube.get(resource).catch((error: unknown) => {
    if (isKubeError(error, 'not-found')) return undefined
    throw error
  })
  if (live === undefined) return changeOf(name, undefined, name.object)
  if (!options.update) return undefined
  requireStoredVersions(resource, live, file)
  const compared = await compareLive(context, { original: resource.object, target: resource, live }, sending(options))
  // What only some fields say may miss one that is to go: then all of it counts.
  return changeOf(name, compared.exact ? compared.live : comparable(live), compared.wanted)
}

/** A version in which objects are stored must stay: without it nobody can read them any more. */
function requireStoredVersions ({ object, name, mapping }: Resource, live: KubeObject, { path }: CustomResourceFile): void {
  if (mapping.kind !== 'CustomResourceDefinition') return
  const versions = versionNames(object)
  const missing = listAt(live, 'status', 'storedVersions').filter(version => typeof version === 'string').filter(version => !versions.includes(version))
  if (missing.length === 0) return
  throw new ActionError('stored-version',
    `CRD ${name} cannot be updated: ${path} lacks version ${missing.join(', ')}, in which objects are still stored (status.storedVersions of the CRD). ` +
    'Keep the version in the chart until every object was written anew in another one, and the old one was taken out of status.storedVersions')
}

function versionNames (definition: KubeObject): string[] {
  return [...listAt(definition, 'spec', 'versions').map(version => textAt(version, ['name'])), textAt(definition, ['spec', 'version'])]
}

async function applyFile ({ kube, signal }: ActionContext, options: UpdateOptions, { file, resources }: PlannedFile): Promise<void> {
  try {
    await kube.update(resources, resources, { ...options, signal })
  } catch (error) {
    throw new ActionError('upgrade-failed', `failed to upgrade CRD ${file.name}: ${messageOf(error)}`, { cause: error })
  }
}

async function awaitKinds ({ kube, signal }: ActionContext, resources: readonly Resource[]): Promise<void> {
  await kube.wait(resources, 'ready', { timeout: patience, signal })
  await kube.waitForKinds(resources.flatMap(servedKinds), { timeout: patience, signal })
}

/** The kinds that a definition gives the API. */
function servedKinds ({ object }: Resource): GroupVersionKind[] {
  if (kindOf(object).kind !== 'CustomResourceDefinition') return []
  const [group, kind] = [textAt(object, ['spec', 'group']), textAt(object, ['spec', 'names', 'kind'])]
  return listAt(object, 'spec', 'versions').filter(version => at(version, 'served') === true).map(version => ({ group, version: textAt(version, ['name']), kind }))
}
