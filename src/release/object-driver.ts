import { marshalJson } from '../go/json.js'
import type { Dict, Value } from '../go/value.js'
import { KubeError } from '../kube/errors.js'
import { parseObject } from '../kube/json.js'
import { listAt, textAt, textsAt, type KubeObject } from '../kube/objects.js'
import { pathOf } from '../kube/mapping.js'
import { messageOf } from '../errors.js'
import { decodeHead, decodeRelease, encodeRelease } from './codec.js'
import { recordLabels, userLabels, type ReleaseDriver } from './driver.js'
import { ReleaseError, releaseExists, releaseNotFound } from './errors.js'
import { ObjectIndex } from './object-index.js'
import { ObjectLeases } from './object-leases.js'
import { entryOf, type RecordIndex, type ReleaseHead } from './record-index.js'
import type { ObjectDriverOptions, RecordKind } from './record-kind.js'
import type { Release } from './release.js'
import { sizeHint } from './too-large.js'

/** How many records come with one answer of the API. */
const pageSize = 100

/** Releases as objects of the cluster, one for each revision: what Helm's Secret and ConfigMap drivers have in common. */
export class ObjectDriver implements ReleaseDriver {
  readonly name: string
  readonly index: RecordIndex
  readonly leases: ObjectLeases
  readonly #kind: RecordKind
  readonly #options: ObjectDriverOptions

  constructor (kind: RecordKind, options: ObjectDriverOptions) {
    this.name = kind.mapping.kind
    this.index = new ObjectIndex(kind, options)
    this.leases = new ObjectLeases(kind, options)
    this.#kind = kind
    this.#options = options
  }

  async get (key: string): Promise<Release> {
    const object = await this.#request('GET', `get: failed to get "${key}"`, { key })
    try {
      const release = await this.#release(object)
      return { ...release, labels: userLabels(release.labels) }
    } catch (error) {
      throw new ReleaseError('invalid-record', `get: failed to decode data "${key}": ${messageOf(error)}`, { cause: error })
    }
  }

  async list (accept: (release: Release) => boolean): Promise<Release[]> {
    const releases = await this.#select(new Map([['owner', 'helm']]), 'list: failed to list', async object => await this.#release(object))
    return releases.filter(accept)
  }

  async query (labels: ReadonlyMap<string, string>): Promise<Release[]> {
    return await this.#query(labels, async object => await this.#release(object))
  }

  async heads (labels: ReadonlyMap<string, string>): Promise<ReleaseHead[]> {
    return await this.#query(labels, async object => await this.#head(object))
  }

  async create (key: string, release: Release): Promise<void> {
    await this.#request('POST', 'create: failed to create', { body: await this.#object(key, release, 'createdAt'), release })
    this.leases.wrote(key)
  }

  async update (key: string, release: Release): Promise<void> {
    await this.#request('PUT', 'update: failed to update', { key, body: await this.#object(key, release, 'modifiedAt'), release })
    this.leases.wrote(key)
  }

  async delete (key: string): Promise<Release> {
    const release = await this.get(key)
    await this.#request('DELETE', `delete: failed to delete "${key}"`, { key })
    this.leases.letGo(key)
    return release
  }

  async #query<Read> (labels: ReadonlyMap<string, string>, read: Reader<Read>): Promise<Read[]> {
    const found = await this.#select(labels, 'query: failed to query with labels', read)
    if (found.length === 0) throw releaseNotFound()
    return found
  }

  /** Those that can be read of the records with these labels, page by page. */
  async #select<Read> (labels: ReadonlyMap<string, string>, failure: string, read: Reader<Read>): Promise<Read[]> {
    const query: Record<string, string> = { labelSelector: selector(labels), limit: String(pageSize) }
    const found: Read[] = []
    for (;;) {
      const page = await this.#request('GET', failure, { query })
      found.push(...(await Promise.all(listAt(page, 'items').map(item => this.#readable(item, read)))).flat())
      query['continue'] = textAt(page, ['metadata', 'continue'])
      if (query['continue'] === '') return found
    }
  }

  async #readable<Read> (item: Value, read: Reader<Read>): Promise<Read[]> {
    try {
      return item instanceof Map ? [await read(item)] : []
    } catch (error) {
      this.#options.debug?.(`failed to decode release ${textAt(item, ['metadata', 'name'])}: ${messageOf(error)}`)
      return []
    }
  }

  async #release (object: KubeObject): Promise<Release> {
    const release = await decodeRelease(this.#kind.unwrap(textAt(object, ['data', 'release'])))
    return { ...release, labels: textsAt(object, 'metadata', 'labels') }
  }

  /** What lists show of it; of the whole when its labels do not say which release and revision it is. */
  async #head (object: KubeObject): Promise<ReleaseHead> {
    const entry = entryOf(textAt(object, ['metadata', 'name']), textAt(object, ['metadata', 'namespace']), textsAt(object, 'metadata', 'labels'))
    if (entry === undefined) return await this.#release(object)
    const { namespace, version, labels } = entry
    return { ...await decodeHead(this.#kind.unwrap(textAt(object, ['data', 'release']))), namespace, version, labels }
  }

  async #object (key: string, release: Release, stamp: 'createdAt' | 'modifiedAt'): Promise<Dict> {
    const labels = new Map([...release.labels, [stamp, String(Math.floor(this.#options.now().getTime() / 1000))], ...recordLabels(release)])
    const annotations = this.leases.annotations(key, release.info.status)
    const { mapping, type, wrap } = this.#kind
    return new Map<string, Value>([
      ['kind', mapping.kind],
      ['apiVersion', mapping.version],
      ['metadata', new Map<string, Value>([['name', key], ['labels', labels], ...annotations.size === 0 ? [] : [['annotations', annotations] as const]])],
      ...type === undefined ? [] : [['type', type] as const],
      ['data', new Map([['release', wrap(await encodeRelease(release))]])]
    ])
  }

  async #request (method: 'GET' | 'POST' | 'PUT' | 'DELETE', failure: string, { key, query, body, release }: RequestParts): Promise<KubeObject> {
    try {
      const { text } = await this.#options.transport.request({
        method,
        path: pathOf(this.#kind.mapping, this.#options.namespace, key),
        ...query === undefined ? {} : { query },
        ...body === undefined ? {} : { body: marshalJson(body, { escapeHtml: false }) },
        idempotent: method !== 'POST'
      })
      return parseObject(text)
    } catch (error) {
      if (error instanceof KubeError && error.code === 'not-found' && key !== undefined && method !== 'PUT') throw releaseNotFound()
      if (error instanceof KubeError && error.code === 'already-exists') throw releaseExists(error)
      throw new ReleaseError('storage', `${failure}: ${messageOf(error)}${release === undefined ? '' : sizeHint(error, release)}`, { cause: error })
    }
  }
}

type Reader<Read> = (object: KubeObject) => Promise<Read>

interface RequestParts {
  readonly key?: string
  readonly query?: Readonly<Record<string, string>>
  readonly body?: Dict
  /** What the body holds. */
  readonly release?: Release
}

/** A label selector that asks for all of the labels. */
function selector (labels: ReadonlyMap<string, string>): string {
  return [...labels].map(([name, value]) => {
    if (value.length > 63 || !/^(?:[A-Za-z0-9](?:[-A-Za-z0-9_.]*[A-Za-z0-9])?)?$/.test(value)) {
      throw new ReleaseError('invalid-label', `invalid label value: ${JSON.stringify(value)}`)
    }
    return `${name}=${value}`
  }).join(',')
}
