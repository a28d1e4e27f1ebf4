import { resolve } from 'node:path'
import type { CliContext } from './command.js'
import type { Flags } from './flags.js'
import { warnTo } from './output/warning.js'
import { settingsOf } from './settings.js'
import { packageVersion } from '../db/package-root.js'
import type { RemoteContext } from '../remote/context.js'
import { createDispatchers } from '../remote/dispatchers.js'
import { HttpGetter } from '../remote/http.js'
import { createGetters } from '../remote/schemes.js'

/**
 * What the commands that look up and fetch charts work with: Helm's files, and getters made for this environment.
 *
 * @param context the command's
 * @param flags the call's, the global ones among them
 */
export function remoteContext (context: CliContext, flags: Flags): RemoteContext {
  const { repositoryConfig, repositoryCache, contentCache } = settingsOf(context, flags)
  const http = new HttpGetter(`Portolan/${packageVersion()}`, createDispatchers(context.env, context.cwd))
  return {
    getters: createGetters({ http }),
    repositoryConfig: resolve(context.cwd, repositoryConfig),
    repositoryCache: resolve(context.cwd, repositoryCache),
    contentCache: resolve(context.cwd, contentCache),
    cwd: context.cwd,
    clock: context.clock,
    warn: warnTo(context.stderr),
    signal: context.signal
  }
}
