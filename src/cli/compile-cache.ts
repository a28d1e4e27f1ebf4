import { existsSync, mkdirSync } from 'node:fs'
import { dirname, join } from 'node:path'

/**
 * Where what was compiled of this program is kept for the next call. It is a folder of the user's own, not the shared one for temporary
 * files that Node would take: whoever can write there decides what runs. Node's own variables for its cache count for ours too.
 *
 * @param env the environment's variables
 * @param platform as Node names it
 * @returns the folder's path; undefined when the user has no place for such files, or wants none
 */
export function compileCacheFolder (env: Readonly<Record<string, string | undefined>>, platform: NodeJS.Platform): string | undefined {
  if (env['NODE_DISABLE_COMPILE_CACHE'] === '1') return undefined
  if (env['NODE_COMPILE_CACHE']) return env['NODE_COMPILE_CACHE']
  const folder = env['XDG_CACHE_HOME'] || systemFolder(env, platform)
  return folder === undefined ? undefined : join(folder, 'portolan', 'compiled')
}

function systemFolder (env: Readonly<Record<string, string | undefined>>, platform: NodeJS.Platform): string | undefined {
  if (platform === 'win32') return env['LOCALAPPDATA'] || undefined
  const home = env['HOME']
  return home === undefined || home === '' ? undefined : join(home, platform === 'darwin' ? 'Library/Caches' : '.cache')
}

/**
 * Makes a folder and those above it, one by one, for the user alone. Node's own way of making all of them never ends where the system says of a new folder that
 * it is not there although the one above it is, as it does below /proc: a home there would hang every call.
 *
 * @param path the folder's
 * @returns whether it is there now
 */
export function makeFolder (path: string): boolean {
  if (existsSync(path)) return true
  const above = dirname(path)
  if (above === path || !makeFolder(above)) return false
  try {
    mkdirSync(path, 0o700)
    return true
  } catch {
    // Another call may have made it meanwhile; if not, there is no place for what would only have saved time.
    return existsSync(path)
  }
}
