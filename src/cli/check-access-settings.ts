import type { SettingName, ServerSettings } from '../config/definitions.js'
import { definitions } from '../config/definitions.js'
import { ConfigError } from '../config/errors.js'

/** Settings of tokens that ChartMuseum does not have: nobody sets them without wanting tokens. */
const ours: readonly SettingName[] = ['authJwksUrl', 'authJwksPath', 'authAudience', 'authIssuer']

/**
 * Refuses settings that would leave a server open, or plain, whose owner meant otherwise: half of a pair, tokens without keys, keys without tokens.
 *
 * @throws {ConfigError} `invalid-value`, naming the flags
 */
export function checkAccessSettings (settings: ServerSettings): void {
  requirePair(settings, 'basicAuthUser', 'basicAuthPass')
  requirePair(settings, 'tlsCert', 'tlsKey')
  if (settings.tlsCaCert !== '' && settings.tlsCert === '') refuse('--tls-ca-cert asks clients for certificates, which needs TLS: set --tls-cert and --tls-key too')
  if (settings.bearerAuth) requireTokenSettings(settings)
  else for (const name of ours) if (settings[name] !== '') refuse(`${flagOf(name)} is set, but tokens are not taken: add --bearer-auth`)
}

/**
 * What is allowed, as ChartMuseum allows it, but may surprise: each is a line for the log.
 */
export function accessWarnings (settings: ServerSettings): string[] {
  const users = settings.basicAuthHtpasswd !== '' || settings.basicAuthHtpasswdRead !== ''
  const closed = users || settings.bearerAuth || settings.basicAuthUser !== ''
  return [
    ...(closed ? [] : ['Everybody who reaches this server may read, upload and delete charts: --basic-auth-user, --basic-auth-htpasswd or --bearer-auth asks who is there']),
    ...(settings.bearerAuth && settings.basicAuthUser !== '' ? ['--basic-auth-user does not count beside --bearer-auth, as in ChartMuseum; users of --basic-auth-htpasswd do'] : []),
    ...(!settings.bearerAuth && settings.authCertPath !== '' ? ['--auth-cert-path does not count without --bearer-auth'] : [])
  ]
}

function requirePair (settings: ServerSettings, one: SettingName, other: SettingName): void {
  if ((settings[one] === '') === (settings[other] === '')) return
  const [set, missing] = settings[one] === '' ? [other, one] : [one, other]
  refuse(`${flagOf(set)} is set and ${flagOf(missing)} is not: set both, or neither`)
}

/** The first three texts are ChartMuseum's. */
function requireTokenSettings ({ authRealm, authService, authCertPath, authJwksUrl, authJwksPath }: ServerSettings): void {
  if (authRealm === '') refuse('Missing Auth Realm (--auth-realm)')
  if (authService === '') refuse('Missing Auth Service (--auth-service)')
  if (authCertPath === '' && authJwksUrl === '' && authJwksPath === '') refuse('Missing Auth Server Public Cert Path (--auth-cert-path, --auth-jwks-url or --auth-jwks-path)')
  if (authJwksUrl !== '' && !/^https?:$/.test(URL.canParse(authJwksUrl) ? new URL(authJwksUrl).protocol : '')) refuse(`--auth-jwks-url: ${JSON.stringify(authJwksUrl)} is no http or https address`)
}

function flagOf (name: SettingName): string {
  return `--${definitions[name].flag}`
}

function refuse (message: string): never {
  throw new ConfigError('invalid-value', message)
}
