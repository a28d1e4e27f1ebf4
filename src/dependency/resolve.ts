import type { Dependency } from '../chart/dependency.js'
import { SemverError } from '../go/errors.js'
import { Constraints, Version } from '../go/semver.js'
import { quote } from '../go/strconv.js'
import type { ChartFolder, DependencyContext } from './context.js'
import { DependencyError } from './errors.js'
import type { Indexes } from './indexes.js'
import { loadChartFolder } from './load-chart-folder.js'
import { localPath } from './local-path.js'
import type { Requirement } from './requirement.js'

/** What is resolved, for which chart, from which indexes. */
export interface Resolution {
  readonly chart: ChartFolder
  readonly requirements: readonly Requirement[]
  readonly indexes: Indexes
}

/**
 * Finds a version for each dependency: of a repository the highest that satisfies the constraint, of a folder the one that is there
 * (helm.sh/helm/v4 internal/resolver).
 *
 * @param context for warnings of loading
 * @param resolution what to resolve
 * @returns the same dependencies with name, version and repository only, as a lock has them
 * @throws {DependencyError} invalid-version, not-found, not-cached, chart-not-found; no-version naming all that have none
 */
export async function resolveVersions (context: DependencyContext, { chart, requirements, indexes }: Resolution): Promise<Dependency[]> {
  const locked: Dependency[] = []
  const missing: Dependency[] = []
  for (const requirement of requirements) {
    const version = await versionOf(context, requirement, { chart, indexes })
    const { dependency: { name, repository } } = requirement
    if (version === undefined) missing.push(requirement.dependency)
    else locked.push({ name, repository, version })
  }
  if (missing.length > 0) throw noVersion(missing)
  return locked
}

async function versionOf (context: DependencyContext, requirement: Requirement, { chart, indexes }: Omit<Resolution, 'requirements'>): Promise<string | undefined> {
  const { dependency, source } = requirement
  const constraint = constraintOf(dependency)
  switch (source.kind) {
    case 'charts':
      await localPath(`charts/${dependency.name}`, chart)
      return dependency.version ?? ''
    case 'folder': {
      const { metadata: { version } } = await loadChartFolder(source.folder, context)
      return constraint.check(Version.parse(version)) ? version : undefined
    }
    case 'repository': {
      const index = await indexes.load(source.repository.name)
      const versions = index.entries.get(dependency.name)
      if (versions === undefined) throw new DependencyError('chart-not-found', `${dependency.name} chart not found in repo ${dependency.repository}`)
      return versions.find(({ version, urls }) => urls.length > 0 && admits(constraint, version))?.version
    }
  }
}

/**
 * The versions that a dependency may have.
 *
 * @throws {DependencyError} invalid-version
 */
function constraintOf ({ name, version = '' }: Dependency): Constraints {
  return parseConstraint(version, reason => `dependency ${quote(name)} has an invalid version/constraint format: ${reason}`)
}

/**
 * Reads a constraint.
 *
 * @param text such as `^1.2`
 * @param message words the complaint from the reason
 * @throws {DependencyError} invalid-version
 */
export function parseConstraint (text: string, message: (reason: string) => string): Constraints {
  try {
    return Constraints.parse(text)
  } catch (error) {
    if (!(error instanceof SemverError)) throw error
    throw new DependencyError('invalid-version', message(error.message), { cause: error })
  }
}

/** Whether a text is a version that the constraint admits. */
export function admits (constraint: Constraints, text: string): boolean {
  try {
    return constraint.check(Version.parse(text))
  } catch (error) {
    if (error instanceof SemverError) return false
    throw error
  }
}

function noVersion (missing: readonly Dependency[]): DependencyError {
  const shown = missing.map(({ name, repository, version = '' }) => `${quote(name)} (repository ${quote(repository)}, version ${quote(version)})`)
  return new DependencyError('no-version',
    `can't get a valid version for ${missing.length} subchart(s): ${shown.join(', ')}. ` +
    'Make sure a matching chart version exists in the repo, or change the version constraint in Chart.yaml')
}
