import { messageOf } from '../errors.js'
import { quote } from '../go/strconv.js'
import { checkRepositoryUrl, refreshIndex } from '../remote/chart-repository.js'
import { defaultTimeout } from '../remote/getter.js'
import { redactedText } from '../remote/origin.js'
import type { Repository } from '../remote/repository.js'
import type { DependencyContext } from './context.js'
import { configured, type Requirement } from './requirement.js'

/** So many indexes are fetched at a time. */
const maxParallel = 8

/**
 * Fetches the indexes of the repositories that are not configured but needed, as `helm-manager-…`. One that cannot be fetched is told, and is no
 * failure yet: an older index may do.
 *
 * @param context for its getters and its cache
 * @param requirements what is needed
 * @throws {RemoteError} invalid-url, unsupported-scheme
 */
export async function refreshUnmanaged (context: DependencyContext, requirements: readonly Requirement[]): Promise<void> {
  const repositories = new Map<string, Repository>()
  for (const { source } of requirements) {
    if (source.kind === 'repository' && !source.managed) repositories.set(source.repository.name, source.repository)
  }
  if (repositories.size === 0) return
  context.say('Getting updates for unmanaged Helm repositories...')
  await refreshAll(context, [...repositories.values()], ({ url }) => ({ name: quote(redactedText(url)), at: '' }))
}

/**
 * Fetches the indexes of all configured repositories.
 *
 * @param context for its getters and files
 * @throws {RemoteError} invalid-url, unsupported-scheme, invalid-repositories-file
 */
export async function refreshManaged (context: DependencyContext): Promise<void> {
  const repositories = await configured(context)
  if (repositories.length === 0) return
  context.say('Hang tight while we grab the latest from your chart repositories...')
  await refreshAll(context, repositories, ({ name, url }) => ({ name: quote(name), at: ` (${redactedText(url)})` }))
  context.say('Update Complete. ⎈Happy Helming!⎈')
}

/** How a repository is called in what is said: its name, and where it is when that is not its name. */
interface Named {
  readonly name: string
  readonly at: string
}

async function refreshAll (context: DependencyContext, repositories: readonly Repository[], named: (repository: Repository) => Named): Promise<void> {
  for (const { url } of repositories) checkRepositoryUrl(context, url)
  const queue = [...repositories]
  const worker = async (): Promise<void> => {
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
      const { name, at } = named(next)
      try {
        await refreshIndex(context, next, defaultTimeout)
        context.say(`...Successfully got an update from the ${name} chart repository`)
      } catch (error) {
        context.say(`...Unable to get an update from the ${name} chart repository${at}:\n\t${messageOf(error)}`)
      }
    }
  }
  await Promise.all(Array.from({ length: maxParallel }, worker))
}
