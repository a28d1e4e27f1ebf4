import { createHash } from 'node:crypto'
import { chartArchive } from '../helpers/chart-archive.js'

/** What a run of writers and readers did, and what went wrong. */
export interface Figures {
  readonly seconds: number
  readonly uploads: number
  readonly overwrites: number
  readonly refusals: number
  readonly deletions: number
  readonly races: number
  readonly indexes: number
  readonly downloads: number
  /** Milliseconds of an upload or overwrite, from the first byte to the answer: the middle one, and that of which one in a hundred took longer. */
  readonly uploadMedian: number
  readonly uploadP99: number
  /** Each is a broken promise. */
  readonly faults: readonly string[]
}

export interface StressOptions {
  readonly seconds: number
  readonly writers?: number
  readonly readers?: number
  readonly charts?: number
  /** A number from 0 up to 1, each time another. */
  readonly random?: () => number
}

/** A version of which one writer knows what the server must say. */
interface Expected {
  readonly chart: string
  readonly version: string
  /** The digest of what was last acknowledged; undefined when it is not there. */
  digest: string | undefined
  /** Every digest that was ever sent. */
  readonly sent: Set<string>
  /** Raised when a change begins and when it has ended. */
  changes: number
}

interface IndexEntry {
  readonly version: string
  readonly digest: string
  readonly urls: readonly string[]
}

const versionsOfChart = 6

/**
 * Writers that upload, overwrite, delete and race for versions, each for those of its own, and read their own writes; readers that check the
 * index and the archives meanwhile. At the end the index must be what was acknowledged.
 *
 * @param url of a server without charts
 * @param options how long, and how many of each
 */
export async function stress (url: string, { seconds, writers = 8, readers = 4, charts = 500, random = Math.random }: StressOptions): Promise<Figures> {
  const run = new Run(url, random)
  for (let i = 0; i < charts; i++) run.add(`boat-${i}`)
  const end = performance.now() + seconds * 1000
  const until = async (work: (i: number) => Promise<void>): Promise<void> => {
    for (let i = 0; performance.now() < end; i++) await work(i)
  }
  await Promise.all([
    ...Array.from({ length: writers }, (_, writer) => until(i => run.write(run.own(writer, writers), i))),
    ...Array.from({ length: readers }, () => until(() => run.read()))
  ])
  await run.checkAll()
  return run.figures(seconds)
}

/** Whether a server's index is what another run of `stress` left, as `figures` cannot say after a restart. */
export async function indexOf (url: string): Promise<Map<string, string>> {
  const { entries } = await (await fetch(`${url}/index.yaml`, { headers: { accept: 'application/json' } })).json() as { entries: Record<string, IndexEntry[]> }
  return new Map(Object.entries(entries).flatMap(([chart, versions]) => versions.map(({ version, digest }) => [`${chart} ${version}`, digest] as const)))
}

class Run {
  readonly #url: string
  readonly #random: () => number
  readonly #all: Expected[] = []
  readonly #byName = new Map<string, Expected>()
  readonly #faults: string[] = []
  readonly #times: number[] = []
  readonly #counts = { uploads: 0, overwrites: 0, refusals: 0, deletions: 0, races: 0, indexes: 0, downloads: 0 }
  #nonce = 0

  constructor (url: string, random: () => number) {
    this.#url = url
    this.#random = random
  }

  add (chart: string): void {
    for (let i = 0; i < versionsOfChart; i++) {
      const expected = { chart, version: `1.0.${i}`, digest: undefined, sent: new Set<string>(), changes: 0 }
      this.#all.push(expected)
      this.#byName.set(`${chart} ${expected.version}`, expected)
    }
  }

  /** A version that only this writer changes; some much more often than others, so that there is something to overwrite and to delete. */
  own (writer: number, writers: number): Expected {
    const mine = Math.floor(this.#random() ** 3 * Math.floor(this.#all.length / writers)) * writers + writer
    const expected = this.#all[mine]
    if (expected === undefined) throw new Error(`there is no version ${mine}`)
    return expected
  }

  async write (expected: Expected, i: number): Promise<void> {
    expected.changes++
    if (expected.digest === undefined) await (i % 10 === 9 ? this.#race(expected) : this.#upload(expected, false))
    else if (this.#random() < 0.3) await this.#delete(expected)
    else await this.#upload(expected, this.#random() < 0.8)
    await this.#readOwn(expected)
    expected.changes++
  }

  /** Reads the index, and then an archive of it. */
  async read (): Promise<void> {
    const before = this.#all.map(({ changes, digest }) => ({ changes, digest }))
    const { entries } = await (await fetch(`${this.#url}/index.yaml`, { headers: { accept: 'application/json' } })).json() as { entries: Record<string, IndexEntry[]> }
    this.#counts.indexes++
    const listed = this.#checkIndex(entries)
    for (const [i, expected] of this.#all.entries()) {
      const was = before[i]
      // Odd while it is being changed: what it should be is known only when nobody did so from before the request to after the answer.
      if (was === undefined || was.changes % 2 === 1 || was.changes !== expected.changes) continue
      const found = listed.get(`${expected.chart} ${expected.version}`)
      if (found?.digest !== was.digest) this.#fault(`the index has ${expected.chart} ${expected.version} as ${found?.digest ?? 'absent'}, acknowledged was ${was.digest ?? 'its removal'}`)
    }
    const some = [...listed.values()][Math.floor(this.#random() * listed.size)]
    if (some !== undefined) await this.#download(some)
  }

  /** That the index is what was acknowledged, with every digest that of the bytes. */
  async checkAll (): Promise<void> {
    const listed = await indexOf(this.#url)
    for (const { chart, version, digest } of this.#all) {
      if (listed.get(`${chart} ${version}`) !== digest) this.#fault(`at the end ${chart} ${version} is ${listed.get(`${chart} ${version}`) ?? 'absent'}, acknowledged was ${digest ?? 'its removal'}`)
      if (digest === undefined) continue
      const response = await fetch(`${this.#url}/charts/${chart}-${version}.tgz`)
      if (sha256(new Uint8Array(await response.arrayBuffer())) !== digest) this.#fault(`at the end ${chart} ${version} has other bytes`)
    }
  }

  figures (seconds: number): Figures {
    const sorted = this.#times.sort((a, b) => a - b)
    const at = (share: number): number => Math.round((sorted[Math.floor(sorted.length * share)] ?? 0) * 10) / 10
    return { seconds, ...this.#counts, uploadMedian: at(0.5), uploadP99: at(0.99), faults: this.#faults }
  }

  #checkIndex (entries: Record<string, IndexEntry[]>): Map<string, IndexEntry> {
    const listed = new Map<string, IndexEntry>()
    for (const [chart, versions] of Object.entries(entries)) {
      for (const entry of versions) {
        const name = `${chart} ${entry.version}`
        if (listed.has(name)) this.#fault(`the index has ${name} twice`)
        if (this.#byName.get(name)?.sent.has(entry.digest) !== true) this.#fault(`the index has ${name} with a digest that nobody sent`)
        listed.set(name, entry)
      }
    }
    return listed
  }

  async #download ({ urls: [path = ''] }: IndexEntry): Promise<void> {
    const response = await fetch(`${this.#url}/${path}`)
    const bytes = new Uint8Array(await response.arrayBuffer())
    this.#counts.downloads++
    // It may have been deleted since; what is given must be whole, and what its tag says.
    if (response.status === 404) return
    if (response.status !== 200 || response.headers.get('etag') !== `"${sha256(bytes)}"`) this.#fault(`${path} answered ${response.status} with bytes of another digest than its tag`)
  }

  async #upload (expected: Expected, force: boolean): Promise<void> {
    const { digest, status } = await this.#post(expected, force)
    if (expected.digest !== undefined && !force) {
      this.#counts.refusals++
      if (status !== 409) this.#fault(`an upload of ${expected.chart} ${expected.version}, which is there, answered ${status}`)
      return
    }
    this.#counts[expected.digest === undefined ? 'uploads' : 'overwrites']++
    if (status === 201) expected.digest = digest
    else this.#fault(`an upload of ${expected.chart} ${expected.version} answered ${status}`)
  }

  /** Two uploads of one version at once: one is published. */
  async #race (expected: Expected): Promise<void> {
    const both = await Promise.all([this.#post(expected, false), this.#post(expected, false)])
    const won = both.filter(({ status }) => status === 201)
    this.#counts.races++
    if (won.length !== 1 || both.filter(({ status }) => status === 409).length !== 1) this.#fault(`two uploads of ${expected.chart} ${expected.version} answered ${both.map(({ status }) => status).join(' and ')}`)
    expected.digest = won[0]?.digest
  }

  async #post (expected: Expected, force: boolean): Promise<{ digest: string, status: number }> {
    const archive = await chartArchive(expected.chart, expected.version, { 'values.yaml': `nonce: ${this.#nonce++}\n` })
    const digest = sha256(archive)
    expected.sent.add(digest)
    const began = performance.now()
    const response = await fetch(`${this.#url}/api/charts${force ? '?force' : ''}`, { method: 'POST', body: new Uint8Array(archive) })
    await response.arrayBuffer()
    if (response.status === 201) this.#times.push(performance.now() - began)
    return { digest, status: response.status }
  }

  async #delete (expected: Expected): Promise<void> {
    const response = await fetch(`${this.#url}/api/charts/${expected.chart}/${expected.version}`, { method: 'DELETE' })
    await response.arrayBuffer()
    this.#counts.deletions++
    if (response.status === 200) expected.digest = undefined
    else this.#fault(`the removal of ${expected.chart} ${expected.version} answered ${response.status}`)
  }

  async #readOwn ({ chart, version, digest }: Expected): Promise<void> {
    const response = await fetch(`${this.#url}/api/charts/${chart}/${version}`)
    const found = await response.json() as { digest?: string, version?: string }
    const exact = response.status === 200 && found.version === version ? found.digest : undefined
    if (exact !== digest) this.#fault(`${chart} ${version} is ${exact ?? 'absent'} right after ${digest ?? 'its removal'} was acknowledged`)
  }

  #fault (text: string): void {
    this.#faults.push(text)
  }
}

function sha256 (bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}
