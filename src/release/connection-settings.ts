import { connectionWords, type ConnectionWords } from './connection-string.js'
import { ReleaseError } from './errors.js'

/** How a connection is encrypted, and what is checked of the server: libpq's words. */
export type SslMode = 'disable' | 'allow' | 'prefer' | 'require' | 'verify-ca' | 'verify-full'

const sslModes: readonly SslMode[] = ['disable', 'allow', 'prefer', 'require', 'verify-ca', 'verify-full']

/** Where a database is, and as whom to go there. */
export interface ConnectionSettings {
  /** A name, an address, or the folder of a Unix socket. */
  readonly host: string
  readonly port: number
  readonly user: string
  readonly database: string
  /** None is sent when it is absent. */
  readonly password?: string
  readonly sslMode: SslMode
  /** Files in PEM; the ones in ~/.postgresql where they are absent, and there. */
  readonly sslCert?: string
  readonly sslKey?: string
  readonly sslRootCert?: string
  readonly applicationName: string
  /** Milliseconds; 0 for no limit. */
  readonly connectTimeout: number
  /** Arguments for the server, settings such as search_path among them. */
  readonly options: string
}

/** What the environment of a process says. */
export type Env = Readonly<Record<string, string | undefined>>

/** Words and the variables that stand in for them. */
const variables: ReadonlyArray<readonly [word: string, variable: string]> = [
  ['host', 'PGHOST'], ['port', 'PGPORT'], ['dbname', 'PGDATABASE'], ['user', 'PGUSER'], ['password', 'PGPASSWORD'], ['options', 'PGOPTIONS'],
  ['application_name', 'PGAPPNAME'], ['sslmode', 'PGSSLMODE'], ['sslcert', 'PGSSLCERT'], ['sslkey', 'PGSSLKEY'], ['sslrootcert', 'PGSSLROOTCERT'],
  ['connect_timeout', 'PGCONNECT_TIMEOUT'], ['client_encoding', 'PGCLIENTENCODING'], ['datestyle', 'PGDATESTYLE'], ['timezone', 'PGTZ'], ['geqo', 'PGGEQO']
]

/** What lib/pq takes and this program does not: to pass it over could mean less security, or another server, than was asked for. */
const unsupported = [
  'hostaddr', 'service', 'passfile', 'sslinline', 'sslnegotiation', 'sslsni', 'ssl_min_protocol_version', 'ssl_max_protocol_version', 'krbsrvname', 'krbspn',
  'target_session_attrs', 'load_balance_hosts', 'min_protocol_version', 'max_protocol_version'
]

const known = new Set([...variables.map(([word]) => word).filter(word => word !== 'timezone' && word !== 'geqo'), 'fallback_application_name', 'binary_parameters', 'disable_prepared_binary_result'])

/**
 * Reads a connection string with lib/pq's rules and defaults: localhost, 5432, the user of this process, a database of the user's name, and
 * encryption required. Unknown words are settings of the session.
 *
 * @param text the connection string
 * @param env for PGHOST and its kin
 * @param user who runs this process
 * @throws {ReleaseError} invalid-connection
 */
export function connectionSettings (text: string, env: Env, user: string): ConnectionSettings {
  const words = new Map([...fromEnvironment(env), ...connectionWords(text)])
  for (const word of unsupported) if (words.has(word)) throw new ReleaseError('invalid-connection', `pq: ${word} in the connection string is not supported`)
  checkText(words)
  const host = words.get('host') || 'localhost'
  if (host.includes(',')) throw new ReleaseError('invalid-connection', 'pq: more than one host in the connection string is not supported')
  const socket = host.startsWith('/')
  const name = words.get('user') || user
  return {
    host,
    port: wholeNumber(words, 'port', 65535) ?? 5432,
    user: name,
    database: words.get('dbname') || name,
    ...optional('password', words.get('password')),
    sslMode: socket ? 'disable' : sslMode(words.get('sslmode')),
    ...optional('sslCert', words.get('sslcert')),
    ...optional('sslKey', words.get('sslkey')),
    ...optional('sslRootCert', words.get('sslrootcert')),
    applicationName: words.get('application_name') ?? words.get('fallback_application_name') ?? 'portolan',
    connectTimeout: 1000 * (wholeNumber(words, 'connect_timeout', 2 ** 31) ?? 0),
    options: optionsOf(words)
  }
}

function fromEnvironment (env: Env): Array<[string, string]> {
  return variables.flatMap(([word, variable]): Array<[string, string]> => {
    const value = env[variable] ?? ''
    return value === '' ? [] : [[word, value]]
  })
}

/** What is sent and read is UTF-8 with ISO dates, whatever is asked for; other wishes are refused, as lib/pq refuses them. */
function checkText (words: ConnectionWords): void {
  const encoding = words.get('client_encoding') ?? 'UTF8'
  if (!['utf8', 'unicode'].includes(encoding.toLowerCase().replace(/[^a-z0-9]/g, ''))) throw wrong('client_encoding', encoding, '"UTF8"')
  const style = words.get('datestyle') ?? 'ISO, MDY'
  if (style !== 'ISO, MDY') throw wrong('datestyle', style, '"ISO, MDY"')
}

function sslMode (text = 'require'): SslMode {
  const mode = sslModes.find(each => each === text)
  if (mode === undefined) throw wrong('sslmode', text, sslModes.map(each => `"${each}"`).join(', '))
  return mode
}

function wholeNumber (words: ConnectionWords, word: string, most: number): number | undefined {
  const text = words.get(word) ?? ''
  if (text === '') return undefined
  const number = Number(text)
  if (!/^\d+$/.test(text) || number > most) throw wrong(word, text, `a whole number up to ${most}`)
  return number
}

/** `-c name=value` for each setting of the session; a space or backslash has a backslash before it. */
function optionsOf (words: ConnectionWords): string {
  const settings = [...words].filter(([word]) => !known.has(word)).map(([word, value]) => `-c ${word}=${value.replace(/[\\\s]/g, '\\$&')}`)
  return [words.get('options') ?? '', ...settings].filter(part => part !== '').join(' ')
}

function wrong (word: string, value: string, right: string): ReleaseError {
  return new ReleaseError('invalid-connection', `pq: wrong value for ${JSON.stringify(word)}: ${JSON.stringify(value)} is not supported; supported values are ${right}`)
}

function optional<Name extends string> (name: Name, text: string | undefined): Partial<Record<Name, string>> {
  const found: Partial<Record<Name, string>> = {}
  if (text !== undefined && text !== '') found[name] = text
  return found
}
