import { createHash } from 'node:crypto'
import { compareBytes } from '../go/bytes.js'
import { marshalJson } from '../go/json.js'
import type { Value } from '../go/value.js'
import { marshalYaml } from '../go/yaml.js'
import { compareKeys } from '../go/yaml/key-order.js'
import type { Fragment } from './fragment.js'
import type { IndexView, Page } from './index-view.js'
import { rfc3339Nano, roundedToSeconds } from './time.js'
import type { UrlOptions } from './urls.js'

/** What an index says beside its entries, and what its entity tag is made of. */
export interface IndexFacts {
  readonly tenant: string
  readonly revision: number
  readonly generated: Date
  readonly urls: UrlOptions
}

/** How large the parts of an answer are at least, but for the last: many charts are small. */
const chunkSize = 64 * 1024

const comma = Buffer.from(',')

/** A tenant's index as of one revision: the fragments of its charts, and what stands around them. */
export class TenantIndex implements IndexView {
  readonly revision: bigint
  readonly etag: string
  readonly generated: Date
  readonly versions: number
  readonly yamlLength: number
  readonly jsonLength: number
  /** How much memory it takes, in bytes, more or less. */
  readonly weight: number
  readonly #byName: ReadonlyMap<string, Fragment>
  /** YAML's keys are sorted naturally (2 before 10), JSON's by their bytes. */
  readonly #yaml: Parts
  readonly #json: Parts

  constructor (facts: IndexFacts, fragments: Iterable<Fragment>) {
    const all = [...fragments]
    this.revision = BigInt(facts.revision)
    this.generated = facts.generated
    this.etag = etagOf(facts)
    this.#byName = new Map(all.map(fragment => [fragment.name, fragment]))
    this.versions = all.reduce((sum, { versions }) => sum + versions, 0)
    this.#yaml = yamlParts(facts, all)
    this.#json = jsonParts(facts, all)
    this.yamlLength = lengthOf(this.#yaml, 0)
    this.jsonLength = lengthOf(this.#json, comma.length)
    this.weight = this.yamlLength + this.jsonLength + 500 * all.length
  }

  get charts (): number {
    return this.#byName.size
  }

  /** Its fragments, by the names of their charts. */
  get fragments (): ReadonlyMap<string, Fragment> {
    return this.#byName
  }

  yaml (): Iterable<Uint8Array> {
    return chunks(wrap(this.#yaml.head, this.#yaml.fragments, this.#yaml.foot))
  }

  json (): Iterable<Uint8Array> {
    return chunks(wrap(this.#json.head, separated(this.#json.fragments), this.#json.foot))
  }

  entriesJson ({ offset, limit }: Page = { offset: 0 }): Iterable<Uint8Array> {
    const wanted = this.#json.fragments.slice(offset, limit === undefined ? undefined : offset + limit)
    return chunks(wrap(Buffer.from('{'), separated(wanted), Buffer.from('}')))
  }
}

interface Parts {
  readonly head: Buffer
  readonly fragments: readonly Buffer[]
  readonly foot: Buffer
}

/** The order of fields is sigs.k8s.io/yaml's: by name. */
function yamlParts ({ generated, urls }: IndexFacts, fragments: readonly Fragment[]): Parts {
  const foot = new Map<string, Value>([['generated', rfc3339Nano(roundedToSeconds(generated))], ['serverInfo', serverInfo(urls)]])
  return {
    head: Buffer.from(`apiVersion: v1\nentries:${fragments.length === 0 ? ' {}' : ''}\n`),
    fragments: [...fragments].sort((a, b) => compareKeys(a.name, b.name)).map(({ yaml }) => yaml),
    foot: Buffer.from(marshalYaml(foot))
  }
}

/** The order of fields is that of ChartMuseum's struct. */
function jsonParts ({ generated, urls }: IndexFacts, fragments: readonly Fragment[]): Parts {
  return {
    head: Buffer.from(`{"apiVersion":"v1","generated":${marshalJson(rfc3339Nano(roundedToSeconds(generated)))},"entries":{`),
    fragments: [...fragments].sort((a, b) => compareBytes(a.name, b.name)).map(({ json }) => json),
    foot: Buffer.from(`},"serverInfo":${marshalJson(serverInfo(urls))}}`)
  }
}

function serverInfo ({ contextPath = '' }: UrlOptions): Map<string, string> {
  return new Map(contextPath === '' ? [] : [['contextPath', contextPath]])
}

/** The revision alone would not do: it starts again when a database is made anew, and says nothing of settings. */
function etagOf ({ tenant, revision, generated, urls }: IndexFacts): string {
  const facts = [tenant, revision, generated.toISOString(), urls.chartUrl ?? '', urls.contextPath ?? '']
  return createHash('sha256').update(JSON.stringify(facts)).digest('base64url').slice(0, 22)
}

function lengthOf ({ head, fragments, foot }: Parts, separator: number): number {
  const between = separator * Math.max(fragments.length - 1, 0)
  return fragments.reduce((sum, { length }) => sum + length, head.length + foot.length + between)
}

function * wrap (head: Buffer, fragments: Iterable<Buffer>, foot: Buffer): Generator<Buffer> {
  yield head
  yield * fragments
  yield foot
}

function * separated (fragments: Iterable<Buffer>): Generator<Buffer> {
  let first = true
  for (const fragment of fragments) {
    if (!first) yield comma
    first = false
    yield fragment
  }
}

/** Puts small parts together, so that a socket is not given thousands of them. */
function * chunks (parts: Iterable<Buffer>): Generator<Buffer> {
  let gathered: Buffer[] = []
  let size = 0
  for (const part of parts) {
    gathered.push(part)
    size += part.length
    if (size < chunkSize) continue
    yield gathered.length === 1 ? part : Buffer.concat(gathered, size)
    gathered = []
    size = 0
  }
  if (size > 0) yield Buffer.concat(gathered, size)
}
