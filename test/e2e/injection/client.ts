import { createHash } from 'node:crypto'
import type { Test } from 'tap'
import { Agent, fetch } from 'undici'

/** One connection to each server: requests after a failed upload come over the same as the upload, and none stands idle until the server closes it. */
const dispatcher = new Agent({ connections: 1 })

/** What a server answered; when the connection broke, the status is 0, and the body why. */
export interface Answer {
  readonly status: number
  readonly body: unknown
}

/** The digests of published files, by their names. */
export type Shown = Readonly<Record<string, string>>

interface IndexEntry {
  readonly digest: string
  readonly urls: readonly string[]
}

/** SHA-256 in hex. */
export function sha256 (bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}

/** A repository of a server, as a client has it. */
export class Client {
  readonly #base: string
  readonly #api: string

  /** @param repository '' for the root */
  constructor (url: string, repository = '') {
    this.#base = repository === '' ? url : `${url}/${repository}`
    this.#api = repository === '' ? `${url}/api` : `${url}/api/${repository}`
  }

  /** @throws when there is no connection */
  async upload (archive: Uint8Array, { force = false } = {}): Promise<Answer> {
    try {
      const answer = await fetch(`${this.#api}/charts${force ? '?force' : ''}`, { method: 'POST', body: archive, dispatcher })
      return { status: answer.status, body: await answer.json() }
    } catch (error) {
      if (isRefused(error)) throw error
      return { status: 0, body: String(error instanceof Error ? error.cause : error) }
    }
  }

  /** @returns the status */
  async remove (name: string, version: string): Promise<number> {
    const answer = await fetch(`${this.#api}/charts/${name}/${version}`, { method: 'DELETE', dispatcher })
    await answer.arrayBuffer()
    return answer.status
  }

  /** @returns the digest of what is served; nothing for 404 */
  async download (path: string): Promise<string | undefined> {
    const answer = await fetch(`${this.#base}/${path}`, { dispatcher })
    const bytes = Buffer.from(await answer.arrayBuffer())
    if (answer.status === 404) return undefined
    return answer.status === 200 ? sha256(bytes) : `status ${answer.status}`
  }

  /**
   * What is published: all that the index lists, each of which must be served with the digest that stands there. One file that is not listed must not
   * be served.
   *
   * @param what says what was tried, for messages
   */
  async shown (t: Test, fileName: string, what: string): Promise<Shown> {
    const { entries } = await (await fetch(`${this.#base}/index.yaml`, { headers: { accept: 'application/json' }, dispatcher })).json() as { entries: Record<string, IndexEntry[]> }
    const shown: Record<string, string> = {}
    for (const { digest, urls: [path = ''] } of Object.values(entries).flat()) {
      t.equal(await this.download(path), digest, `${what}: ${path} is served as indexed`)
      shown[path.replace('charts/', '')] = digest
    }
    if (shown[fileName] === undefined) t.equal(await this.download(`charts/${fileName}`), undefined, `${what}: what is not indexed is not served`)
    return shown
  }
}

function isRefused (error: unknown): boolean {
  return error instanceof Error && error.cause instanceof Error && 'code' in error.cause && error.cause.code === 'ECONNREFUSED'
}
