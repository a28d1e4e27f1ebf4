import { ask, type LiveObject, type Scene } from '../lifecycle/scene.js'

/** What Kubernetes itself makes for other objects, without naming them as owners. */
const madeForOthers: ReadonlySet<string> = new Set(['componentstatuses', 'endpoints', 'events', 'ipaddresses', 'leases', 'persistentvolumes'])

/** A kind that can be listed. */
interface Kind {
  readonly name: string
  readonly kind: string
  readonly namespaced: boolean
  /** `/apis/apps/v1` */
  readonly base: string
}

/** An object, and where it is found. */
export interface FoundObject {
  readonly object: LiveObject
  readonly path: string
  readonly namespaced: boolean
}

/**
 * Every object in the scene's namespace, and every one that is in none, of all kinds that the API has at this moment.
 *
 * @param scene where
 * @returns the objects by `KIND.GROUP/NAME`
 */
export async function everything (scene: Scene): Promise<Map<string, FoundObject>> {
  const found = await Promise.all((await kinds(scene)).map(async kind => await objectsOf(scene, kind)))
  return new Map(found.flat())
}

async function objectsOf (scene: Scene, { name, kind, namespaced, base }: Kind): Promise<Array<[string, FoundObject]>> {
  const path = namespaced ? `${base}/namespaces/${scene.namespace}/${name}` : `${base}/${name}`
  const { items } = await ask(scene, { method: 'GET', path }) as { items?: LiveObject[] }
  // A kind that has just gone has no items.
  return (items ?? []).filter(object => !isAutomatic(object)).map(object =>
    [`${kind}/${object.metadata.name}`, { object: { ...object, kind }, path: `${path}/${object.metadata.name}`, namespaced }])
}

/** The registrations of groups that a definition of kinds brings along. */
function isAutomatic ({ metadata }: LiveObject): boolean {
  return metadata.labels?.['kube-aggregator.kubernetes.io/automanaged'] !== undefined
}

async function kinds (scene: Scene): Promise<Kind[]> {
  const { groups } = await ask(scene, { method: 'GET', path: '/apis' }) as { groups: Array<{ name: string, preferredVersion: { groupVersion: string } }> }
  const bases = [{ name: '', base: '/api/v1' }, ...groups.map(({ name, preferredVersion }) => ({ name, base: `/apis/${preferredVersion.groupVersion}` }))]
  return (await Promise.all(bases.map(async ({ name, base }) => await kindsOf(scene, name, base)))).flat()
}

async function kindsOf (scene: Scene, group: string, base: string): Promise<Kind[]> {
  const { resources } = await ask(scene, { method: 'GET', path: base, mayFail: true }) as { resources?: Array<{ name: string, kind: string, namespaced: boolean, verbs: string[] }> }
  return (resources ?? [])
    .filter(({ name, verbs }) => verbs.includes('list') && verbs.includes('delete') && !madeForOthers.has(name))
    .map(({ name, kind, namespaced }) => ({ name, kind: group === '' ? kind : `${kind}.${group}`, namespaced, base }))
}
