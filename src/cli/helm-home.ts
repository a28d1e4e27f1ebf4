import { join } from 'node:path'

/** The three folders under which Helm keeps everything. */
export interface HelmHome {
  readonly cache: string
  readonly config: string
  readonly data: string
}

type Environment = Readonly<Record<string, string | undefined>>

/** Each folder's place below the user's home: on Linux and the BSDs, on macOS, on Windows below the folders that Windows names. */
const places = {
  cache: { unix: '.cache', darwin: 'Library/Caches', win32: 'TEMP' },
  config: { unix: '.config', darwin: 'Library/Preferences', win32: 'APPDATA' },
  data: { unix: '.local/share', darwin: 'Library', win32: 'APPDATA' }
} as const

/**
 * Where Helm keeps its files: `HELM_CACHE_HOME` (`_CONFIG_`, `_DATA_`), else `$XDG_CACHE_HOME/helm`, else `helm` in the system's place
 * for such files. A variable that is empty counts as unset.
 *
 * @param env the environment's variables
 * @param platform as Node names it
 */
export function helmHome (env: Environment, platform: NodeJS.Platform): HelmHome {
  const folder = (kind: keyof HelmHome): string => env[`HELM_${kind.toUpperCase()}_HOME`] || join(env[`XDG_${kind.toUpperCase()}_HOME`] || systemPlace(kind, env, platform), 'helm')
  return { cache: folder('cache'), config: folder('config'), data: folder('data') }
}

function systemPlace (kind: keyof HelmHome, env: Environment, platform: NodeJS.Platform): string {
  const place = places[kind]
  if (platform === 'win32') return env[place.win32] ?? ''
  return join(env['HOME'] ?? '', platform === 'darwin' ? place.darwin : place.unix)
}
