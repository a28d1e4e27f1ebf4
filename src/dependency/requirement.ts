import { createHash } from 'node:crypto'
import type { Dependency } from '../chart/dependency.js'
import { quote } from '../go/strconv.js'
import type { DependencyContext, ChartFolder } from './context.js'
import { readRepositories } from '../remote/repositories-file.js'
import type { Repository } from '../remote/repository.js'
import { DependencyError } from './errors.js'
import { isLocal, localPath } from './local-path.js'
import { sameUrl } from './same-url.js'

/** Where a chart that is depended on comes from. */
export type Source =
  /** It is in charts/ already. */
  | { readonly kind: 'charts' }
  /** A folder of this machine. */
  | { readonly kind: 'folder', readonly folder: ChartFolder }
  /** A repository, configured or known by its URL only. */
  | { readonly kind: 'repository', readonly repository: Repository, readonly managed: boolean }

/** A dependency, its repository's name replaced by the URL, and where it comes from. */
export interface Requirement {
  readonly dependency: Dependency
  readonly source: Source
}

/** What Helm names the indexes of repositories that are not configured. */
const unmanagedPrefix = 'helm-manager-'

/**
 * Finds out where the dependencies of a chart come from.
 *
 * @param context for repositories.yaml
 * @param chart the chart's folder
 * @param dependencies as Chart.yaml has them
 * @throws {DependencyError} invalid-name, not-supported (`oci://`), not-found (`file://`), no-repository
 * @throws {RemoteError} invalid-repositories-file
 */
export async function requirementsOf (context: DependencyContext, chart: ChartFolder, dependencies: readonly Dependency[]): Promise<Requirement[]> {
  const repositories = await configured(context)
  const requirements: Requirement[] = []
  const missing: string[] = []
  for (const dependency of dependencies) {
    requireName(dependency)
    const source = await sourceOf(context, chart, { dependency, repositories })
    if (source === undefined) missing.push(dependency.repository)
    else requirements.push({ dependency: withUrl(dependency, source), source })
  }
  if (missing.length > 0) throw unknown(missing)
  return requirements
}

/**
 * The same for the dependencies of a lock: their repositories must be configured.
 *
 * @throws {DependencyError} no-repository, naming all that are not; as requirementsOf
 */
export async function lockedRequirements (context: DependencyContext, chart: ChartFolder, locked: readonly Dependency[]): Promise<Requirement[]> {
  const requirements = await requirementsOf(context, chart, locked)
  const missing = requirements.filter(({ source }) => source.kind === 'repository' && !source.managed).map(({ dependency }) => dependency.repository)
  if (missing.length === 0) return requirements
  throw new DependencyError('no-repository', `no repository definition for ${missing.join(', ')}. Please add the missing repos via 'portolan repo add'`)
}

/** The configured repositories. */
export async function configured ({ repositoryConfig }: DependencyContext): Promise<readonly Repository[]> {
  return (await readRepositories(repositoryConfig))?.repositories ?? []
}

/** A name becomes a file's or a folder's: never a path. */
function requireName ({ name }: Dependency): void {
  if (name !== '' && name !== '.' && name !== '..' && !/[/\\\0]/.test(name)) return
  throw new DependencyError('invalid-name', `dependency ${quote(name)} has a name that no chart can have: it is a path`)
}

interface Unresolved {
  readonly dependency: Dependency
  readonly repositories: readonly Repository[]
}

async function sourceOf (context: DependencyContext, chart: ChartFolder, { dependency, repositories }: Unresolved): Promise<Source | undefined> {
  const { name, repository } = dependency
  if (repository === '') return { kind: 'charts' }
  if (isLocal(repository)) {
    const folder = await localPath(repository, chart)
    if (context.debug) context.say(`Repository from local path: ${repository}`)
    return { kind: 'folder', folder }
  }
  if (repository.startsWith('oci://')) {
    throw new DependencyError('not-supported', `dependency ${quote(name)} comes from a registry (${repository}), which is not supported yet`)
  }
  const known = repositories.find(each => isNamed(repository, each) || sameUrl(each.url, repository))
  if (known !== undefined) return { kind: 'repository', repository: known, managed: true }
  return isUri(repository) ? { kind: 'repository', repository: unmanaged(repository), managed: false } : undefined
}

function isNamed (text: string, { name }: Repository): boolean {
  return text === `@${name}` || text === `alias:${name}`
}

/** The dependency with the URL of the repository that it names. */
function withUrl (dependency: Dependency, source: Source): Dependency {
  if (source.kind !== 'repository' || !isNamed(dependency.repository, source.repository)) return dependency
  return { ...dependency, repository: source.repository.url }
}

/** Go's url.ParseRequestURI: something with a scheme, or an absolute path. */
function isUri (text: string): boolean {
  return !/[\x00-\x20\x7f]/.test(text) && /^(?:[a-z][a-z0-9+.-]*:.|\/)/i.test(text) && !text.startsWith('alias:')
}

function unmanaged (url: string): Repository {
  return {
    name: unmanagedPrefix + createHash('sha256').update(url).digest('hex'),
    url,
    username: '',
    password: '',
    certFile: '',
    keyFile: '',
    caFile: '',
    insecureSkipTlsVerify: false,
    passCredentialsAll: false
  }
}

function unknown (missing: readonly string[]): DependencyError {
  const message = `no repository definition for ${missing.join(', ')}. Please add them via 'portolan repo add'`
  const note = '\nNote that repositories must be URLs or aliases. For example, to refer to the "example"\n' +
    'repository, use "https://charts.example.com/" or "@example" instead of\n' +
    '"example". Don\'t forget to add the repo, too (\'portolan repo add\').'
  const named = missing.some(text => !text.includes('//') && !text.startsWith('@') && !text.startsWith('alias:'))
  return new DependencyError('no-repository', named ? message + note : message)
}
