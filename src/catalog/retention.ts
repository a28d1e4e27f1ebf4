import { BadPatternError } from '../go/errors.js'
import { match } from '../go/path.js'
import type { BulkRemover } from './remove-many.js'
import type { VersionKey } from './records.js'
import type { Records } from './records.js'
import { newestFirst } from './versions.js'

/** Which versions of a chart are kept. */
export interface RetentionPolicy {
  /** How many versions a chart may have, besides those that are always kept. At least 1. */
  readonly limit: number
  /** Which of them go first: the lowest by semver, or those that were published first. */
  readonly order: 'semver' | 'age'
  /** Versions that never go and do not count: `VERSION` or `CHART/VERSION`, with `*`, `?` and `[…]` as in path.Match. */
  readonly keep: readonly string[]
}

/** A pattern whose brackets are closed: `match` says so only when it comes as far. */
const wellFormed = /^(?:[^[\\]|\\.|\[\^?(?:[^\]\\-]|\\.)(?:[^\]\\]|\\.)*\])*$/

/** A version that a policy does not keep. */
export interface Surplus extends VersionKey {
  readonly tenant: string
  readonly chart: string
}

/**
 * The versions of a chart that a policy does not keep: all beyond its limit, however many those are.
 *
 * @param versions of one chart, in any order
 * @param spare the file of a version that stays whatever its place: the one that was just published
 * @returns the first to go last
 */
export function surplusOf (chart: string, versions: readonly VersionKey[], { policy, spare }: { readonly policy: RetentionPolicy, readonly spare?: string | undefined }): VersionKey[] {
  const counted = versions.filter(({ version }) => !isKept(chart, version, policy.keep))
  const sorted = policy.order === 'semver' ? newestFirst(counted) : [...newestFirst(counted)].sort((a, b) => b.created.getTime() - a.created.getTime())
  const spared = sorted.filter(({ fileName }) => fileName === spare)
  return [...spared, ...sorted.filter(({ fileName }) => fileName !== spare)].slice(policy.limit)
}

/**
 * Reads a list of patterns, as a setting has it.
 *
 * @param text patterns with commas between them
 * @throws {BadPatternError}
 */
export function parseKeepPatterns (text: string): string[] {
  const patterns = text.split(',').map(pattern => pattern.trim()).filter(pattern => pattern !== '')
  if (patterns.some(pattern => !wellFormed.test(pattern) || pattern.split('/').length > 2)) throw new BadPatternError()
  return patterns
}

/** Removes what a policy does not keep. */
export class Retention {
  readonly #records: Records
  readonly #remover: BulkRemover
  readonly #tell: (versions: number) => void

  /** @param tell told how many versions went, whenever some did */
  constructor (records: Records, remover: BulkRemover, tell: (versions: number) => void) {
    this.#records = records
    this.#remover = remover
    this.#tell = tell
  }

  /** What a policy would remove, by tenant and chart in the bytewise order of their names. */
  async plan (policy: RetentionPolicy, tenant?: string): Promise<Surplus[]> {
    const found: Surplus[] = []
    for (const each of tenant === undefined ? await this.#records.tenants() : [tenant]) {
      for (const chart of await this.#records.chartsAbove(each, policy.limit)) {
        for (const key of surplusOf(chart, await this.#records.versionKeys(each, chart), { policy })) found.push({ ...key, tenant: each, chart })
      }
    }
    return found
  }

  /**
   * Removes what a policy does not keep of a chart, with the provenance files.
   *
   * @param spare the file of a version that stays: the one that was just published
   * @returns how many versions
   * @throws {CatalogError} `storage-full`, `storage-failed`
   */
  async trim (policy: RetentionPolicy, { tenant, chart, spare }: { readonly tenant: string, readonly chart: string, readonly spare?: string }): Promise<number> {
    const choose = async (records: Records): Promise<Array<{ file_name: string, chart: string }>> =>
      surplusOf(chart, await records.versionKeys(tenant, chart), { policy, spare }).map(({ fileName }) => ({ file_name: fileName, chart }))
    // Most publishes have nothing to remove: no transaction is begun for them.
    if ((await choose(this.#records)).length === 0) return 0
    const { versions } = await this.#remover.removeVersions(tenant, choose)
    this.#tell(versions)
    return versions
  }
}

function isKept (chart: string, version: string, patterns: readonly string[]): boolean {
  return patterns.some(pattern => match(pattern.includes('/') ? pattern : `*/${pattern}`, `${chart}/${version}`))
}
