import { releaseKey, type ReleaseDriver } from './driver.js'
import { isReleaseError, ReleaseError } from './errors.js'
import type { ReleaseHead } from './record-index.js'
import type { Release } from './release.js'

/** A store of releases by name and revision, over a driver: Helm's storage.Storage. */
export class History {
  readonly driver: ReleaseDriver
  readonly #maxHistory: number

  /**
   * @param driver keeps the records
   * @param maxHistory how many revisions of a release are kept at most; 0 for all
   */
  constructor (driver: ReleaseDriver, maxHistory = 0) {
    this.driver = driver
    this.#maxHistory = maxHistory
  }

  /**
   * The same store, which keeps so many revisions of a release at most.
   *
   * @param maxHistory 0 for all
   */
  limitedTo (maxHistory: number): History {
    return new History(this.driver, maxHistory)
  }

  /** @throws {ReleaseError} not-found */
  async get (name: string, version: number): Promise<Release> {
    return await this.driver.get(releaseKey(name, version))
  }

  /**
   * The revisions of a release, oldest first.
   *
   * @throws {ReleaseError} not-found, when there is none
   */
  async revisions (name: string): Promise<Release[]> {
    const found = await this.driver.query(revisionsOf(name))
    return found.sort((a, b) => a.version - b.version)
  }

  /**
   * What lists show of the revisions of a release, oldest first; their charts and manifests are not read where the driver can do without.
   *
   * @throws {ReleaseError} not-found, when there is none
   */
  async heads (name: string): Promise<ReleaseHead[]> {
    const { driver } = this
    const labels = revisionsOf(name)
    const found: ReleaseHead[] = driver.heads === undefined ? await driver.query(labels) : await driver.heads(labels)
    return found.sort((a, b) => a.version - b.version)
  }

  /**
   * The newest revision.
   *
   * @throws {ReleaseError} not-found
   */
  async last (name: string): Promise<Release> {
    const last = (await this.revisions(name)).at(-1)
    if (last === undefined) throw new ReleaseError('not-found', `no revision for release "${name}"`)
    return last
  }

  /** The revisions that are recorded as deployed (more than one where tools got into each other's way), oldest first. */
  async deployed (name: string): Promise<Release[]> {
    try {
      const found = await this.driver.query(new Map([['name', name], ['owner', 'helm'], ['status', 'deployed']]))
      return found.sort((a, b) => a.version - b.version)
    } catch (error) {
      if (isReleaseError(error, 'not-found')) return []
      throw error
    }
  }

  /**
   * Records a new revision; the oldest ones make room for it where a maximum is set, but never the deployed one.
   *
   * @throws {ReleaseError} already-exists
   */
  async create (release: Release): Promise<void> {
    if (this.#maxHistory > 0) await this.#prune(release.name, this.#maxHistory - 1)
    await this.driver.create(releaseKey(release.name, release.version), release)
  }

  async update (release: Release): Promise<void> {
    await this.driver.update(releaseKey(release.name, release.version), release)
  }

  async delete (name: string, version: number): Promise<Release> {
    return await this.driver.delete(releaseKey(name, version))
  }

  async #prune (name: string, keep: number): Promise<void> {
    const all = await this.#revisionsOrNone(name)
    const deployed = (await this.deployed(name)).at(-1)
    const spare = all.filter(release => release.version !== deployed?.version).slice(0, Math.max(0, all.length - keep))
    for (const { version } of spare) await this.delete(name, version)
  }

  async #revisionsOrNone (name: string): Promise<Release[]> {
    try {
      return await this.revisions(name)
    } catch (error) {
      if (isReleaseError(error, 'not-found')) return []
      throw error
    }
  }
}

/** The labels of every revision of a release. */
function revisionsOf (name: string): Map<string, string> {
  return new Map([['name', name], ['owner', 'helm']])
}
