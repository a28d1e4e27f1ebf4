import { resolve } from 'node:path'
import type { CliContext } from './command.js'
import type { Flags } from './flags.js'
import { gnupgHome } from './gnupg-home.js'
import { warnTo } from './output/warning.js'
import { settingsOf } from './settings.js'
import { packageVersion } from '../db/package-root.js'
import type { RemoteContext } from '../remote/context.js'
import type { Getter } from '../remote/getter.js'
import { createGetters } from '../remote/schemes.js'

/**
 * What the commands that look up and fetch charts work with: Helm's files, and getters made for this environment.
 *
 * @param context the command's
 * @param flags the call's, the global ones among them
 */
export function remoteContext (context: CliContext, flags: Flags): RemoteContext {
  const { repositoryConfig, repositoryCache, contentCache } = settingsOf(context, flags)
  return {
    getters: createGetters({ http: httpGetter(context) }),
    repositoryConfig: resolve(context.cwd, repositoryConfig),
    repositoryCache: resolve(context.cwd, repositoryCache),
    contentCache: resolve(context.cwd, contentCache),
    gnupgHome: gnupgHome(context.env),
    cwd: context.cwd,
    clock: context.clock,
    warn: warnTo(context.stderr),
    signal: context.signal
  }
}

/** HTTP is loaded when something is fetched: a chart that is at hand does not wait for it. */
function httpGetter ({ env, cwd }: CliContext): Getter {
  let getter: Promise<Getter> | undefined
  const load = async (): Promise<Getter> => {
    const [{ HttpGetter }, { createDispatchers }] = await Promise.all([import('../remote/http.js'), import('../remote/dispatchers.js')])
    return new HttpGetter(`Portolan/${packageVersion()}`, createDispatchers(env, cwd))
  }
  return {
    get: async (url, options) => {
      getter ??= load()
      return await (await getter).get(url, options)
    }
  }
}
