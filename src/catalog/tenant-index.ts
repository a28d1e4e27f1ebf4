import { createHash } from 'node:crypto'
import type { ByteRange } from '../../storage/backend.js'
import { compareBytes } from '../go/bytes.js'
import { marshalJson } from '../go/json.js'
import type { Value } from '../go/value.js'
import { marshalYaml } from '../go/yaml.js'
import { compareKeys } from '../go/yaml/key-order.js'
import type { Deflated } from './block.js'
import type { FragmentOrder } from './fragments.js'
import type { Fragments } from './fragments.js'
import { gzipStream, stored } from './gzip-stream.js'
import type { IndexForm, IndexView, Page } from './index-view.js'
import { rfc3339Nano, roundedToSeconds } from './time.js'
import type { UrlOptions } from './urls.js'

/** What an index says beside its entries, and what its entity tag is made of. */
export interface IndexFacts {
  readonly tenant: string
  readonly revision: number
  readonly generated: Date
  readonly urls: UrlOptions
}

/** The order of charts in each form: YAML's keys are sorted naturally (2 before 10), JSON's by their bytes. */
export const fragmentOrders: Readonly<Record<IndexForm, FragmentOrder>> = {
  yaml: { compare: compareKeys, separator: Buffer.alloc(0) },
  json: { compare: compareBytes, separator: Buffer.from(',') }
}

/** The largest document that is kept in one piece too, in bytes: a socket takes it at once. */
const small = 1024 * 1024

/** A tenant's index in one form as of one revision: the fragments of its charts, and what stands around them. */
export class TenantIndex implements IndexView {
  readonly revision: bigint
  readonly etag: string
  readonly generated: Date
  readonly length: number
  readonly fragments: Fragments
  readonly #head: Buffer
  readonly #foot: Buffer
  #whole: Buffer | undefined

  /** @param fragments in the order of the form */
  constructor (facts: IndexFacts, form: IndexForm, fragments: Fragments) {
    this.revision = BigInt(facts.revision)
    this.generated = facts.generated
    this.etag = etagOf(facts)
    this.fragments = fragments
    const { head, foot } = form === 'json' ? aroundJson(facts) : aroundYaml(facts, fragments.charts)
    this.#head = Buffer.from(head)
    this.#foot = Buffer.from(foot)
    this.length = this.#head.length + fragments.length + this.#foot.length
  }

  get charts (): number {
    return this.fragments.charts
  }

  get versions (): number {
    return this.fragments.versions
  }

  /** How much memory it takes, in bytes, more or less: a small one may be kept twice, and compressed ones take a seventh. */
  get weight (): number {
    return this.length * (this.length <= small ? 2.2 : 1.2) + 200 * this.charts
  }

  parts ({ start, end = Infinity }: ByteRange = { start: 0 }): Iterable<Uint8Array> {
    if (this.length > small) return start === 0 && end >= this.length - 1 ? this.#all() : part(this.#all(), start, end)
    this.#whole ??= Buffer.concat([...this.#all()], this.length)
    return [this.#whole.subarray(start, end + 1)]
  }

  gzip (): AsyncIterable<Uint8Array> {
    return gzipStream(this.#deflated())
  }

  /** Only the entries, as a JSON object of name to array of versions; for an index in JSON. */
  * entries ({ offset, limit = Infinity }: Page = { offset: 0 }): Generator<Uint8Array> {
    yield open
    if (offset === 0 && limit >= this.charts) yield * this.#blocks()
    else yield * separated(this.fragments.slice(offset, limit), this.fragments.order.separator)
    yield close
  }

  * #all (): Generator<Uint8Array> {
    yield this.#head
    yield * this.#blocks()
    yield this.#foot
  }

  /** A separator of its own would be a write of its own to the socket. */
  #blocks (): Iterable<Uint8Array> {
    const { blocks } = this.fragments
    return blocks.map(({ bytes, separated }, i) => i < blocks.length - 1 ? separated : bytes)
  }

  async * #deflated (): AsyncGenerator<Deflated> {
    const { blocks, order: { separator } } = this.fragments
    yield stored(this.#head)
    for (const [i, block] of blocks.entries()) {
      if (i > 0 && separator.length > 0) yield stored(separator)
      yield await block.deflated()
    }
    yield stored(this.#foot)
  }
}

const open = Buffer.from('{')
const close = Buffer.from('}')

interface Around {
  readonly head: string
  readonly foot: string
}

/** The order of fields is sigs.k8s.io/yaml's: by name. */
function aroundYaml ({ generated, urls }: IndexFacts, charts: number): Around {
  const foot = new Map<string, Value>([['generated', rfc3339Nano(roundedToSeconds(generated))], ['serverInfo', serverInfo(urls)]])
  return { head: `apiVersion: v1\nentries:${charts === 0 ? ' {}' : ''}\n`, foot: marshalYaml(foot) }
}

/** The order of fields is that of ChartMuseum's struct. */
function aroundJson ({ generated, urls }: IndexFacts): Around {
  return {
    head: `{"apiVersion":"v1","generated":${marshalJson(rfc3339Nano(roundedToSeconds(generated)))},"entries":{`,
    foot: `},"serverInfo":${marshalJson(serverInfo(urls))}}`
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

function * separated (parts: Iterable<Buffer>, separator: Buffer): Generator<Buffer> {
  let first = true
  for (const each of parts) {
    if (!first && separator.length > 0) yield separator
    first = false
    yield each
  }
}

/** Bytes `start` to `end` of what parts make together. */
function * part (parts: Iterable<Uint8Array>, start: number, end: number): Generator<Uint8Array> {
  let position = 0
  for (const each of parts) {
    if (position > end) return
    const from = Math.max(start - position, 0)
    if (from < each.length) yield each.subarray(from, end - position + 1)
    position += each.length
  }
}
