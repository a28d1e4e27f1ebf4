import type { LiveObjects } from './client.js'
import { KubeError } from './errors.js'
import { parseObject } from './json.js'
import { pathOf, type Mapping } from './mapping.js'
import { itemsOf, textsAt, type KubeObject } from './objects.js'
import type { Resource } from './resource.js'
import type { Transport } from './transport.js'

const pods: Mapping = { group: '', version: 'v1', kind: 'Pod', plural: 'pods', namespaced: true }
/** The API's own tables, for people. */
const tableType = ['application/json;as=Table;v=v1;g=meta.k8s.io', 'application/json;as=Table;v=v1beta1;g=meta.k8s.io', 'application/json'].join(',')

/**
 * The live objects of a release and the Pods that their selectors name, as Helm's status shows them (kube.Client.Get). An object that is
 * absent is left out; one that cannot be read, too, and that is told.
 *
 * @param transport to the cluster
 * @param resources in the release's order
 * @param options whether the API's tables are wanted; who is told of what cannot be read
 */
export async function describe (transport: Transport, resources: readonly Resource[], options: DescribeOptions): Promise<LiveObjects> {
  const found = new Map<string, KubeObject[]>()
  const selectors = new Set<string>()
  for (const resource of resources) {
    const { mapping, namespace, name } = resource
    const live = await read(transport, options, { path: pathOf(mapping, namespace, name), query: {} })
    if (live === undefined) continue
    add(found, `${mapping.version}/${mapping.kind}`, [live])
    const selector = selectorOf(resource)
    if (selector === '' || selectors.has(selector)) continue
    selectors.add(selector)
    const list = await read(transport, options, { path: pathOf(pods, namespace), query: { labelSelector: selector } })
    if (list !== undefined) add(found, 'v1/Pod(related)', [options.tables ? list : new Map([...list, ['items', itemsOf(list)]])])
  }
  return found
}

/** How objects are wanted. */
export interface DescribeOptions {
  readonly tables: boolean
  readonly warn?: (message: string) => void
}

interface Place {
  readonly path: string
  readonly query: Readonly<Record<string, string>>
}

async function read (transport: Transport, { tables, warn }: DescribeOptions, { path, query }: Place): Promise<KubeObject | undefined> {
  try {
    const { text } = tables
      ? await transport.request({ method: 'GET', path, query: { ...query, includeObject: 'Object' }, accept: tableType })
      : await transport.request({ method: 'GET', path, query })
    return parseObject(text)
  } catch (error) {
    if (!(error instanceof KubeError) || error.status === undefined) throw error
    if (error.code !== 'not-found') warn?.(`unable to get ${path}: ${error.message}`)
    return undefined
  }
}

function add (to: Map<string, KubeObject[]>, key: string, objects: readonly KubeObject[]): void {
  to.set(key, [...to.get(key) ?? [], ...objects])
}

/** The Pods that an object of a release looks after; Helm knows these kinds. */
function selectorOf ({ mapping, object }: Resource): string {
  const path = selectorPath(mapping.kind)
  return path === undefined ? '' : [...textsAt(object, ...path)].map(([name, value]) => `${name}=${value}`).sort().join(',')
}

function selectorPath (kind: string): string[] | undefined {
  switch (kind) {
    case 'ReplicaSet':
    case 'Deployment':
    case 'StatefulSet':
    case 'DaemonSet':
    case 'Job': return ['spec', 'selector', 'matchLabels']
    case 'ReplicationController': return ['spec', 'selector']
    default: return undefined
  }
}
