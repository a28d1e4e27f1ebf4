import { compareBytes } from '../go/bytes.js'
import { Constraints, Version } from '../go/semver.js'
import { CatalogError } from './errors.js'

/** What versions are put in order by. */
export interface Versioned {
  readonly version: string
  readonly created: Date
}

/**
 * Puts versions in the index's order: the highest by semver first, what is no semver last. Of versions that differ only in build metadata, the
 * one published last comes first.
 *
 * @returns a new array
 */
export function newestFirst<Item extends Versioned> (items: readonly Item[]): Item[] {
  return items.map(item => ({ item, parsed: parse(item.version) })).sort(compare).map(({ item }) => item)
}

/**
 * Picks a version as ChartMuseum's API and Helm do: the one that is called exactly so, otherwise the first that meets the constraint.
 *
 * @param items of one chart, the highest first
 * @param name of the chart
 * @param reference `latest` for the highest that is no prerelease, a version, or a constraint
 * @throws {CatalogError} `chart-not-found` when there are no items, `version-not-found`, in ChartMuseum's words
 */
export function pickVersion<Item extends Versioned> (items: readonly Item[], name: string, reference: string): Item {
  if (items.length === 0) throw new CatalogError('chart-not-found', 'no chart name found')
  // ChartMuseum asks its index for the empty version, and names that in its message.
  const wanted = reference === 'latest' ? '' : reference
  const constraints = parseConstraints(wanted)
  const found = items.find(({ version }) => version === wanted) ?? items.find(({ version }) => meets(version, constraints))
  if (found === undefined) throw new CatalogError('version-not-found', `no chart version found for ${name}-${wanted}`)
  return found
}

interface Parsed<Item> {
  readonly item: Item
  readonly parsed: Version | undefined
}

function compare<Item extends Versioned> (a: Parsed<Item>, b: Parsed<Item>): number {
  if (a.parsed === undefined || b.parsed === undefined) return rank(b) - rank(a) || compareBytes(b.item.version, a.item.version)
  return b.parsed.compare(a.parsed) || b.item.created.getTime() - a.item.created.getTime() || compareBytes(b.item.version, a.item.version)
}

function rank ({ parsed }: Parsed<unknown>): number {
  return parsed === undefined ? 0 : 1
}

function parse (version: string): Version | undefined {
  try {
    return Version.parse(version)
  } catch {
    return undefined
  }
}

function parseConstraints (wanted: string): Constraints {
  try {
    return Constraints.parse(wanted === '' ? '*' : wanted)
  } catch (error) {
    throw new CatalogError('version-not-found', `improper constraint: ${wanted}`, { cause: error })
  }
}

function meets (version: string, constraints: Constraints): boolean {
  const parsed = parse(version)
  return parsed !== undefined && constraints.check(parsed)
}
