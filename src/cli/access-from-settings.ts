import { Access } from '../access/access.js'
import { accessClaimRule, searchPathRule } from '../access/action-rule.js'
import { everyAction, type Action, type Policy } from '../access/decide.js'
import { parseHtpasswd } from '../access/htpasswd.js'
import { PasswordCheck } from '../access/password-check.js'
import type { Tokens } from '../access/tokens.js'
import { Users, type UserFile } from '../access/users.js'
import type { ServerSettings } from '../config/definitions.js'
import { createPasswordThread } from '../server/password-thread.js'
import { openTlsFiles, type TlsFiles } from '../server/tls-files.js'
import { checkAccessSettings } from './check-access-settings.js'
import { Openings, type AccessSurroundings } from './openings.js'

/** Who may do what and what TLS is spoken with, as settings say; nothing where they say nothing. */
export interface Protection {
  readonly access?: Access
  readonly tls?: TlsFiles
  /** Look whether files or keys have changed; none of them rejects. */
  readonly looks: ReadonlyArray<() => Promise<void>>
  stop (): Promise<void>
}

/**
 * Reads the files that settings name, and puts together who may do what.
 *
 * @throws {ConfigError} when settings would leave open what somebody meant to close
 * @throws {AccessError | TlsError} naming the file that cannot be used
 */
export async function openProtection (settings: ServerSettings, surroundings: AccessSurroundings): Promise<Protection> {
  checkAccessSettings(settings)
  const thread = createPasswordThread()
  const openings = new Openings(surroundings)
  const tls = await openTls(settings, surroundings)
  if (tls !== undefined) openings.looks.push(() => tls.refresh())
  const users = await openUsers(settings, openings, new PasswordCheck(thread.compare, surroundings.clock))
  const tokens = settings.bearerAuth ? { reader: await readerOfTokens(settings, openings), server: { realm: settings.authRealm, service: settings.authService } } : undefined
  const closed = users !== undefined || tokens !== undefined
  return {
    ...(closed && { access: new Access({ policy: policyOf(settings), users, tokens }) }),
    ...(tls && { tls }),
    looks: openings.looks,
    stop: () => thread.stop()
  }
}

function policyOf ({ authAnonymousGet, authActionsSearchPath, depthDynamic }: ServerSettings): Policy {
  return {
    anonymous: authAnonymousGet ? ['pull'] : [],
    rule: authActionsSearchPath === '' ? accessClaimRule : searchPathRule(authActionsSearchPath),
    dynamicDepth: depthDynamic
  }
}

/** With tokens, ChartMuseum's one user does not count, as there; users of files do. */
async function openUsers (settings: ServerSettings, openings: Openings, check: PasswordCheck): Promise<Users | undefined> {
  const listed: ReadonlyArray<readonly [string, readonly Action[]]> = [[settings.basicAuthHtpasswdRead, ['pull']], [settings.basicAuthHtpasswd, everyAction]]
  const files: UserFile[] = []
  for (const [path, actions] of listed) {
    if (path === '') continue
    const file = await openings.file(path, parseHtpasswd)
    files.push({ get current () { return file.current }, actions })
  }
  const single = settings.basicAuthUser === '' || settings.bearerAuth ? undefined : { name: settings.basicAuthUser, password: settings.basicAuthPass }
  return single === undefined && files.length === 0 ? undefined : new Users({ single, files, check })
}

/** What reads tokens takes its time to load, and most servers take none. */
async function readerOfTokens (settings: ServerSettings, openings: Openings): Promise<Tokens> {
  const { openTokens } = await import('./tokens-from-settings.js')
  return await openTokens(settings, openings)
}

async function openTls ({ tlsCert, tlsKey, tlsCaCert }: ServerSettings, { files, local, onFault }: AccessSurroundings): Promise<TlsFiles | undefined> {
  if (tlsCert === '') return undefined
  return await openTlsFiles({ cert: local(tlsCert), key: local(tlsKey), clientAuthority: tlsCaCert === '' ? undefined : local(tlsCaCert) }, { files, onFault })
}
