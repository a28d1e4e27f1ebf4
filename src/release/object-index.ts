import { messageOf } from '../errors.js'
import { isKubeError } from '../kube/errors.js'
import { pathOf } from '../kube/mapping.js'
import { decodeHead } from './codec.js'
import { ReleaseError } from './errors.js'
import type { ObjectDriverOptions, RecordKind } from './record-kind.js'
import { entryOf, type RecordEntry, type RecordIndex, type ReleaseHead } from './record-index.js'

/** How many objects come with one answer, when they come without their data. */
const pageSize = 500

/** How many records are asked for at once. */
const atOnce = 16

/** Objects without their data; the whole ones from a server that cannot leave it out. */
const metadataOnly = 'application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1,application/json'

/** The part of an object that is looked at, as JSON has it. */
interface ObjectParts {
  readonly metadata?: { readonly name?: unknown, readonly namespace?: unknown, readonly labels?: Readonly<Record<string, unknown>> }
  readonly data?: { readonly release?: unknown }
}

/** Releases in objects of the cluster, by their labels. */
export class ObjectIndex implements RecordIndex {
  readonly #kind: RecordKind
  readonly #options: ObjectDriverOptions

  constructor (kind: RecordKind, options: ObjectDriverOptions) {
    this.#kind = kind
    this.#options = options
  }

  async entries (): Promise<RecordEntry[]> {
    const entries: RecordEntry[] = []
    for (let next = ''; ;) {
      const page = await this.#page(next)
      entries.push(...(page.items ?? []).flatMap(object => entryOfObject(object) ?? []))
      next = page.metadata?.continue ?? ''
      if (next === '') return entries
    }
  }

  async heads (entries: readonly RecordEntry[]): Promise<Array<ReleaseHead | undefined>> {
    const heads: Array<ReleaseHead | undefined> = []
    const waiting = entries.entries()
    const work = async (): Promise<void> => {
      for (const [place, entry] of waiting) heads[place] = await this.#head(entry)
    }
    await Promise.all(Array.from({ length: Math.min(atOnce, entries.length) }, work))
    return heads
  }

  async #page (next: string): Promise<{ readonly items?: readonly ObjectParts[], readonly metadata?: { readonly continue?: string } }> {
    const query = { labelSelector: 'owner=helm', limit: String(pageSize), ...next === '' ? {} : { continue: next } }
    try {
      const { text } = await this.#options.transport.request({ method: 'GET', path: pathOf(this.#kind.mapping, this.#options.namespace), query, accept: metadataOnly })
      return JSON.parse(text) as { items?: ObjectParts[] }
    } catch (error) {
      throw new ReleaseError('storage', `list: failed to list: ${messageOf(error)}`, { cause: error })
    }
  }

  async #head (entry: RecordEntry): Promise<ReleaseHead | undefined> {
    const data = await this.#data(entry)
    if (data === undefined) return undefined
    try {
      return { ...await decodeHead(this.#kind.unwrap(data)), namespace: entry.namespace, version: entry.version, labels: entry.labels }
    } catch (error) {
      this.#options.debug?.(`failed to decode release ${entry.key}: ${messageOf(error)}`)
      return undefined
    }
  }

  async #data ({ namespace, key }: RecordEntry): Promise<string | undefined> {
    try {
      const { text } = await this.#options.transport.request({ method: 'GET', path: pathOf(this.#kind.mapping, namespace, key) })
      const data = (JSON.parse(text) as ObjectParts).data?.release
      return typeof data === 'string' ? data : ''
    } catch (error) {
      if (isKubeError(error, 'not-found')) return undefined
      throw new ReleaseError('storage', `list: failed to list: ${messageOf(error)}`, { cause: error })
    }
  }
}

function entryOfObject ({ metadata = {} }: ObjectParts): RecordEntry | undefined {
  const { name, namespace, labels = {} } = metadata
  const texts = Object.entries(labels).flatMap(([label, value]): Array<[string, string]> => typeof value === 'string' ? [[label, value]] : [])
  return typeof name === 'string' && typeof namespace === 'string' ? entryOf(name, namespace, new Map(texts)) : undefined
}
