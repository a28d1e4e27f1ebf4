import type { Value } from '../go/value.js'
import type { ObjectName } from './condition.js'
import { KubeError } from './errors.js'
import { parseObject } from './json.js'
import type { Mapping } from './mapping.js'
import { apiVersionOf, at, listAt, textAt, type GroupVersionKind } from './objects.js'
import type { Transport } from './transport.js'

/** One group and version of the API, and what it holds. */
export interface ApiGroupVersion {
  /** `apps/v1`, or `v1`. */
  readonly name: string
  /** Kinds that have a path of their own. */
  readonly mappings: readonly Mapping[]
  /** All kinds, those of sub-resources (`Scale`) among them. */
  readonly kinds: readonly string[]
  /** Why its kinds are not known: an aggregated API whose server does not answer. */
  readonly failed?: string
  /** Whether that is so by what aggregated discovery says: then Helm does not speak of it. */
  readonly stale?: boolean
}

const aggregated = ['v2', 'v2beta1'].map(version => `application/json;g=apidiscovery.k8s.io;v=${version};as=APIGroupDiscoveryList`)
const accept = [...aggregated, 'application/json'].join(',')

/** What the cluster's API has, asked for once: client-go's discovery and REST mapper. */
export class Discovery {
  readonly #transport: Transport
  #groups: Promise<readonly ApiGroupVersion[]> | undefined

  constructor (transport: Transport) {
    this.#transport = transport
  }

  /**
   * Every group and version, in two requests where the server can (aggregated discovery, Kubernetes 1.26 and later), otherwise one for each.
   *
   * @throws {KubeError}
   */
  async groups (): Promise<readonly ApiGroupVersion[]> {
    this.#groups ??= Promise.all([this.#load('/api'), this.#load('/apis')]).then(lists => lists.flat())
    try {
      return await this.#groups
    } catch (error) {
      this.#groups = undefined
      throw error
    }
  }

  /** Forgets what was found, since CRDs were installed. */
  reset (): void {
    this.#groups = undefined
  }

  /**
   * Where a kind lives. A kind that is unknown is looked for once more, in a fresh list.
   *
   * @throws {KubeError} no-match, worded as client-go words it
   */
  async mapping (kind: GroupVersionKind): Promise<Mapping> {
    const found = await this.#find(kind)
    if (found !== undefined) return found
    this.reset()
    const retried = await this.#find(kind)
    if (retried !== undefined) return retried
    throw new KubeError('no-match', `no matches for kind "${kind.kind}" in version "${apiVersionOf(kind)}"${await this.#whyMissing(kind)}`)
  }

  /**
   * Where a kind lives that a user names: by kind or plural, in any case, of the first group that has it unless one is named. One that is
   * unknown is looked for once more, in a fresh list.
   *
   * @throws {KubeError} no-match, in kubectl's words
   */
  async named ({ kind, group }: Omit<ObjectName, 'name'>): Promise<Mapping> {
    const isMeant = (each: Mapping): boolean => (group === undefined || each.group === group) && [each.kind, each.plural].some(name => name.toLowerCase() === kind.toLowerCase())
    const find = async (): Promise<Mapping | undefined> => (await this.groups()).flatMap(each => each.mappings).find(isMeant)
    const found = await find()
    if (found !== undefined) return found
    this.reset()
    const retried = await find()
    if (retried !== undefined) return retried
    throw new KubeError('no-match', `the server doesn't have a resource type "${kind}${group === undefined ? '' : `.${group}`}"`)
  }

  async #find (kind: GroupVersionKind): Promise<Mapping | undefined> {
    const group = (await this.groups()).find(each => each.name === apiVersionOf(kind))
    return group?.mappings.find(each => each.kind === kind.kind)
  }

  async #whyMissing (kind: GroupVersionKind): Promise<string> {
    const group = (await this.groups()).find(each => each.name === apiVersionOf(kind))
    return group?.failed === undefined ? '' : ` (${group.failed})`
  }

  async #load (root: '/api' | '/apis'): Promise<ApiGroupVersion[]> {
    const list = parseObject((await this.#transport.request({ method: 'GET', path: root, accept })).text)
    if (textAt(list, ['kind']) === 'APIGroupDiscoveryList') return listAt(list, 'items').flatMap(readGroup)
    const names = root === '/api'
      ? listAt(list, 'versions').map(String)
      : listAt(list, 'groups').flatMap(group => listAt(group, 'versions').map(version => textAt(version, ['groupVersion'])))
    return await Promise.all(names.map(name => this.#loadGroup(root, name)))
  }

  async #loadGroup (root: string, name: string): Promise<ApiGroupVersion> {
    try {
      const list = parseObject((await this.#transport.request({ method: 'GET', path: `${root}/${name}` })).text)
      return readResources(name, listAt(list, 'resources'))
    } catch (error) {
      if (!(error instanceof KubeError) || error.status === undefined) throw error
      return { name, mappings: [], kinds: [], failed: error.message }
    }
  }
}

/** An APIGroupDiscovery of aggregated discovery. */
function readGroup (item: Value): ApiGroupVersion[] {
  const group = textAt(item, ['metadata', 'name'])
  return listAt(item, 'versions').map(each => {
    const version = textAt(each, ['version'])
    const name = apiVersionOf({ group, version, kind: '' })
    if (textAt(each, ['freshness']) === 'Stale') return { name, mappings: [], kinds: [], failed: `stale GroupVersion discovery: ${name}`, stale: true }
    const resources = listAt(each, 'resources')
    return {
      name,
      mappings: resources.flatMap(resource => mappingOf(resource, group, version)),
      kinds: resources.flatMap(resource => [resource, ...listAt(resource, 'subresources')]).map(kindName).filter(kind => kind !== '')
    }
  })
}

function mappingOf (resource: Value, group: string, version: string): Mapping[] {
  const kind = kindName(resource)
  if (kind === '') return []
  return [{ group, version, kind, plural: textAt(resource, ['resource']), namespaced: textAt(resource, ['scope']) === 'Namespaced' }]
}

function kindName (resource: Value): string {
  return textAt(resource, ['responseKind', 'kind'])
}

/** The APIResourceList of one group and version, as every server has it. */
function readResources (name: string, resources: readonly Value[]): ApiGroupVersion {
  const slash = name.indexOf('/')
  const [group, version] = [name.slice(0, Math.max(0, slash)), name.slice(slash + 1)]
  return {
    name,
    mappings: resources.filter(each => !textAt(each, ['name']).includes('/')).map(each => (
      { group, version, kind: textAt(each, ['kind']), plural: textAt(each, ['name']), namespaced: at(each, 'namespaced') === true })),
    kinds: resources.map(each => textAt(each, ['kind'])).filter(kind => kind !== '')
  }
}
