import { fetch } from 'undici'
import { Access } from '../access/access.js'
import { accessClaimRule, searchPathRule } from '../access/action-rule.js'
import { everyAction, type Action, type Policy } from '../access/decide.js'
import { parseHtpasswd } from '../access/htpasswd.js'
import { JwksFileKeys, parseJwks } from '../access/jwks-keys.js'
import { JwksUrlKeys } from '../access/jwks-url-keys.js'
import { PasswordCheck } from '../access/password-check.js'
import { parsePemKeys, PemTokenKeys } from '../access/pem-keys.js'
import type { TokenKeys } from '../access/token-keys.js'
import { Tokens } from '../access/tokens.js'
import { Users, type UserFile } from '../access/users.js'
import { WatchedFiles, type Files } from '../access/watched-files.js'
import type { ServerSettings } from '../config/definitions.js'
import { ConfigError } from '../config/errors.js'
import { fetchText } from '../server/fetch-text.js'
import { createPasswordThread } from '../server/password-thread.js'
import { openTlsFiles, type TlsFiles } from '../server/tls-files.js'
import { checkAccessSettings } from './check-access-settings.js'

/** What access and TLS are made with. */
export interface AccessSurroundings {
  readonly files: Files
  readonly clock: () => Date
  /** The absolute path of a setting's file. */
  readonly local: (path: string) => string
  /** Told when files or keys that changed cannot be used. */
  readonly onFault: (error: unknown) => void
}

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
  const tokens = settings.bearerAuth ? { reader: await openTokens(settings, openings), server: { realm: settings.authRealm, service: settings.authService } } : undefined
  const closed = users !== undefined || tokens !== undefined
  return {
    ...(closed && { access: new Access({ policy: policyOf(settings), users, tokens }) }),
    ...(tls && { tls }),
    looks: openings.looks,
    stop: () => thread.stop()
  }
}

/** Opens files and remembers how to look at them again. */
class Openings {
  readonly looks: Array<() => Promise<void>> = []
  readonly surroundings: AccessSurroundings

  constructor (surroundings: AccessSurroundings) {
    this.surroundings = surroundings
  }

  async file<T> (path: string, parse: (text: string, path: string) => T): Promise<WatchedFiles<T>> {
    const { files, local, onFault } = this.surroundings
    const place = local(path)
    try {
      const watched = await WatchedFiles.open({ paths: [place], parse: ([text = '']) => parse(text, place), files, onFault })
      this.looks.push(() => watched.refresh())
      return watched
    } catch (error) {
      throw error instanceof Error && 'code' in error && error.code === 'ENOENT' ? new ConfigError('unreadable-file', `${place} is not there`, { cause: error }) : error
    }
  }

  address (url: string): JwksUrlKeys {
    const { clock, onFault } = this.surroundings
    const keys = new JwksUrlKeys({ url, clock, onFault, fetchText: each => fetchText(each, { fetch, timeout: 5000, maxBytes: 1024 * 1024 }) })
    this.looks.push(() => keys.refresh())
    return keys
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

async function openTokens (settings: ServerSettings, openings: Openings): Promise<Tokens> {
  const keys: TokenKeys[] = []
  if (settings.authCertPath !== '') keys.push(new PemTokenKeys(await openings.file(settings.authCertPath, parsePemKeys)))
  if (settings.authJwksPath !== '') keys.push(new JwksFileKeys(await openings.file(settings.authJwksPath, parseJwks)))
  if (settings.authJwksUrl !== '') {
    const address = openings.address(settings.authJwksUrl)
    // The first requests need not wait for them; a server whose token server is away still starts.
    await address.refresh()
    keys.push(address)
  }
  return new Tokens({ keys, clock: openings.surroundings.clock, audience: settings.authAudience || undefined, issuer: settings.authIssuer || undefined })
}

async function openTls ({ tlsCert, tlsKey, tlsCaCert }: ServerSettings, { files, local, onFault }: AccessSurroundings): Promise<TlsFiles | undefined> {
  if (tlsCert === '') return undefined
  return await openTlsFiles({ cert: local(tlsCert), key: local(tlsKey), clientAuthority: tlsCaCert === '' ? undefined : local(tlsCaCert) }, { files, onFault })
}
