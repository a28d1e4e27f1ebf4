import type { ReleaseDriver } from './driver.js'
import { recordLabels } from './driver.js'
import { releaseExists, ReleaseError, releaseNotFound } from './errors.js'
import type { Release } from './release.js'

/** Releases in this process only (HELM_DRIVER=memory). */
export class MemoryDriver implements ReleaseDriver {
  readonly name = 'Memory'
  readonly #records = new Map<string, Map<string, Release>>()
  readonly #namespace: string

  /**
   * @param namespace which namespace's releases are seen; empty for all of them
   * @param releases what is there at the start
   */
  constructor (namespace: string, releases: readonly Release[] = []) {
    this.#namespace = namespace
    for (const release of releases) this.#home(release).set(`sh.helm.release.v1.${release.name}.v${release.version}`, release)
  }

  async get (key: string): Promise<Release> {
    checkKey(key)
    for (const records of this.#seen()) {
      const found = records.get(key)
      if (found !== undefined) return found
    }
    throw releaseNotFound()
  }

  async list (accept: (release: Release) => boolean): Promise<Release[]> {
    return this.#seen().flatMap(records => [...records.values()].filter(accept))
  }

  async query (labels: ReadonlyMap<string, string>): Promise<Release[]> {
    const found = await this.list(release => {
      const own = recordLabels(release)
      return [...labels].every(([name, value]) => own.get(name) === value)
    })
    if (found.length === 0) throw releaseNotFound()
    return found
  }

  async create (key: string, release: Release): Promise<void> {
    const records = this.#home(release)
    if (records.has(key)) throw releaseExists()
    records.set(key, release)
  }

  async update (key: string, release: Release): Promise<void> {
    const records = this.#home(release)
    if (!records.has(key)) throw releaseNotFound()
    records.set(key, release)
  }

  async delete (key: string): Promise<Release> {
    const release = await this.get(key)
    this.#home(release).delete(key)
    return release
  }

  #seen (): Array<Map<string, Release>> {
    if (this.#namespace === '') return [...this.#records.values()]
    const records = this.#records.get(this.#namespace)
    return records === undefined ? [] : [records]
  }

  /** The records of a release's namespace; one without a namespace lives in `default`. */
  #home (release: Release): Map<string, Release> {
    const namespace = release.namespace === '' ? 'default' : release.namespace
    const records = this.#records.get(namespace) ?? new Map<string, Release>()
    this.#records.set(namespace, records)
    return records
  }
}

function checkKey (key: string): void {
  if (!/^(?:sh\.helm\.release\.v1\.)?(?:(?!\.v).)+\.v[+-]?\d+$/s.test(key)) throw new ReleaseError('invalid-key', 'release: invalid key')
}
