import { RE2JS, RE2JSSyntaxException } from 're2js'
import type { RemoteContext } from './context.js'
import { RemoteError } from './errors.js'
import { readRepositories } from './repositories-file.js'
import { RepositoryCache } from './repository-cache.js'
import { messageOf } from '../errors.js'
import { compareBytes } from '../go/bytes.js'
import { Constraints, Version } from '../go/semver.js'
import type { ChartVersion, IndexFile } from '../repo/index-file.js'

/** What is searched for. */
export interface SearchOptions {
  /** A text that must occur; everything when empty. */
  readonly keyword: string
  /** Whether the keyword is a regular expression (RE2). */
  readonly regexp: boolean
  /** Every version instead of the newest. */
  readonly versions: boolean
  /** A constraint on the version; empty for every stable one. */
  readonly version: string
  /** Pre-releases too, when no constraint is given. */
  readonly devel: boolean
}

/** One chart found. */
export interface SearchResult {
  /** `repository/chart`. */
  readonly name: string
  readonly chart: ChartVersion
}

/** A candidate and what is searched of it. */
interface Line {
  readonly name: string
  readonly text: string
  readonly chart: ChartVersion
  readonly version: Version | undefined
}

interface Scored extends Line {
  readonly score: number
}

/** Between the columns of a searched line: a vertical tab. */
const separator = '\v'

/** Matches beyond that many columns do not count. */
const threshold = 25

/**
 * Searches the cached indexes of all configured repositories (`helm search repo`): over name, repository/name, description and
 * keywords; sorted by the column of the match, then name, then newest version.
 *
 * @param context for its files; repositories whose index is missing or broken are warned of and passed over
 * @param options what for
 * @throws {RemoteError} no-repositories, invalid-search (a bad expression or constraint)
 */
export async function searchRepositories (context: RemoteContext, options: SearchOptions): Promise<SearchResult[]> {
  const { repositories } = await readRepositories(context.repositoryConfig) ?? { repositories: [] }
  if (repositories.length === 0) throw new RemoteError('no-repositories', 'no repositories configured')
  const score = scorer(options)
  const lines = new Map<string, Line>()
  for (const { name } of repositories) {
    for (const line of linesOf(name, await loadOrWarn(context, name))) lines.set(`${line.name}\0${line.chart.version}`, line)
  }
  const found = [...lines.values()].flatMap(line => {
    const at = score(line.text)
    return at === undefined || at >= threshold ? [] : [{ ...line, score: at }]
  })
  return select(found.sort(compareScored), options).map(({ name, chart }) => ({ name, chart }))
}

async function loadOrWarn (context: RemoteContext, name: string): Promise<IndexFile | undefined> {
  try {
    return await new RepositoryCache(context.repositoryCache, context.warn).load(name)
  } catch (error) {
    context.warn('repo is corrupt or missing', { repo: name, error: messageOf(error) })
    return undefined
  }
}

function linesOf (repository: string, index: IndexFile | undefined): Line[] {
  return [...index?.entries ?? []].flatMap(([name, versions]) => versions.map(chart => ({
    name: repository === '' ? name : `${repository}/${name}`,
    text: [chart.name, `${repository}/${chart.name}`, chart.description ?? '', (chart.keywords ?? []).join(' ')].join(separator),
    chart,
    version: parseVersion(chart.version)
  })))
}

/** Gives the column of the first match in a line, or undefined when nothing matches. */
function scorer ({ keyword, regexp }: SearchOptions): (text: string) => number | undefined {
  if (keyword === '') return () => 0
  const find = regexp ? expression(keyword) : literal(keyword)
  return text => {
    const at = find(text)
    return at < 0 ? undefined : text.slice(0, at).split(separator).length - 1
  }
}

function literal (keyword: string): (text: string) => number {
  const wanted = keyword.toLowerCase()
  return text => text.toLowerCase().indexOf(wanted)
}

function expression (keyword: string): (text: string) => number {
  try {
    const compiled = RE2JS.compile(keyword)
    return text => {
      const matcher = compiled.matcher(text)
      return matcher.find() ? matcher.start() : -1
    }
  } catch (error) {
    if (!(error instanceof RE2JSSyntaxException)) throw error
    throw new RemoteError('invalid-search', messageOf(error), { cause: error })
  }
}

function compareScored (a: Scored, b: Scored): number {
  if (a.score !== b.score) return a.score - b.score
  if (a.name !== b.name) return compareBytes(a.name, b.name)
  if (a.version === undefined || b.version === undefined) return Number(a.version === undefined) - Number(b.version === undefined)
  return b.version.compare(a.version)
}

/** Those that satisfy the constraint; of each chart only the first, unless all versions are wanted. */
function select (sorted: readonly Scored[], { version, devel, versions }: SearchOptions): Scored[] {
  const constraints = parseConstraints(version !== '' ? version : devel ? '>0.0.0-0' : '>0.0.0')
  const seen = new Set<string>()
  return sorted.filter(line => {
    if (!versions && seen.has(line.name)) return false
    if (line.version === undefined || !constraints.check(line.version)) return false
    seen.add(line.name)
    return true
  })
}

function parseVersion (text: string): Version | undefined {
  try {
    return Version.parse(text)
  } catch {
    return undefined
  }
}

function parseConstraints (text: string): Constraints {
  try {
    return Constraints.parse(text)
  } catch (error) {
    throw new RemoteError('invalid-search', `an invalid version/constraint format: ${messageOf(error)}`, { cause: error })
  }
}
