import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { ConnectionOptions } from 'node:tls'
import { Client, DatabaseError, type ClientConfig } from 'pg'
import { messageOf } from '../errors.js'
import type { ConnectionSettings, Env, SslMode } from './connection-settings.js'
import { ReleaseError } from './errors.js'

/** A row of an answer: columns by name, as their types are in PostgreSQL. */
export type Row = Readonly<Record<string, unknown>>

/** One connection to a PostgreSQL; statements wait for one another. */
export class SqlConnection {
  readonly #client: Client
  #last: Promise<unknown> = Promise.resolve()
  #broken: Error | undefined

  private constructor (client: Client) {
    this.#client = client
    // A connection that ends while nothing is asked says so here; the next statement tells of it.
    client.on('error', error => { this.#broken = error })
  }

  /**
   * Connects; `allow` and `prefer` try both with and without encryption, each in its order.
   *
   * @param settings where to, and as whom
   * @param env for HOME, where certificates may be
   * @throws {ReleaseError} storage
   */
  static async open (settings: ConnectionSettings, env: Env): Promise<SqlConnection> {
    const [first, ...others] = attempts[settings.sslMode]
    try {
      return await SqlConnection.#try(settings, env, first)
    } catch (error) {
      for (const mode of others) if (mayTryOtherwise(error, settings.sslMode)) return await SqlConnection.#try(settings, env, mode).catch(reject)
      return reject(error)
    }
  }

  static async #try (settings: ConnectionSettings, env: Env, mode: SslMode): Promise<SqlConnection> {
    const client = new Client(await configOf(settings, env, mode))
    const connection = new SqlConnection(client)
    await client.connect()
    return connection
  }

  /**
   * Sends one statement.
   *
   * @param text SQL, with `$1` and so on
   * @param values what stands for them
   * @returns its rows
   * @throws {DatabaseError} what the server complains of
   */
  async query (text: string, values: readonly unknown[] = []): Promise<readonly Row[]> {
    const answer = this.#last.then(async () => {
      if (this.#broken !== undefined) throw this.#broken
      return (await this.#client.query<Record<string, unknown>>(text, [...values])).rows
    })
    this.#last = answer.catch(() => {})
    return await answer
  }

  /** Hangs up, after what was asked is answered. */
  async close (): Promise<void> {
    await this.#last
    await this.#client.end()
  }
}

/** Which ways are tried, one after another. */
const attempts: Readonly<Record<SslMode, readonly [SslMode, ...SslMode[]]>> = {
  disable: ['disable'], allow: ['disable', 'require'], prefer: ['require', 'disable'], require: ['require'], 'verify-ca': ['verify-ca'], 'verify-full': ['verify-full']
}

const noEncryption = 'The server does not support SSL connections'

/** `prefer` gives encryption up where the server has none, `allow` takes it where the server refuses to do without. */
function mayTryOtherwise (error: unknown, mode: SslMode): boolean {
  return mode === 'prefer' ? messageOf(error) === noEncryption : error instanceof DatabaseError
}

function reject (error: unknown): never {
  throw new ReleaseError('storage', sqlMessage(error), { cause: error })
}

/**
 * What went wrong, in lib/pq's words.
 *
 * @param error what node-postgres raised
 */
export function sqlMessage (error: unknown): string {
  if (error instanceof DatabaseError) return `pq: ${error.message}${error.code === undefined ? '' : ` (${error.code})`}`
  if (messageOf(error) === noEncryption) return 'pq: SSL is not enabled on the server'
  const last: unknown = error instanceof AggregateError ? error.errors.at(-1) : error
  const refused = /^connect ECONNREFUSED (.*)$/.exec(messageOf(last))
  return refused === null ? messageOf(last) : `dial tcp ${refused[1] ?? ''}: connect: connection refused`
}

async function configOf (settings: ConnectionSettings, env: Env, mode: SslMode): Promise<ClientConfig> {
  const { host, port, user, database, options, applicationName, connectTimeout, password = '' } = settings
  return {
    host,
    port,
    user,
    database,
    options,
    application_name: applicationName,
    client_encoding: 'UTF8',
    sslnegotiation: 'postgres',
    // A function, or the variables of this process would be looked at for one that is empty.
    password: () => password,
    connectionTimeoutMillis: connectTimeout,
    ssl: mode === 'disable' ? false : await tlsOf(settings, env, mode)
  }
}

/** What is checked of the server, and what is shown to it; `require` checks the certificate where there is an authority to check it by, as libpq does. */
async function tlsOf (settings: ConnectionSettings, env: Env, mode: SslMode): Promise<ConnectionOptions> {
  const read = async (named: string | undefined, usual: string): Promise<Buffer | undefined> => await pemFile(named, join(env['HOME'] ?? '', '.postgresql', usual))
  const system = settings.sslRootCert === 'system'
  if (system && mode !== 'verify-full') throw new ReleaseError('invalid-connection', `pq: weak sslmode ${JSON.stringify(mode)} may not be used with sslrootcert=system (use "verify-full")`)
  const [ca, cert, key] = await Promise.all([system ? undefined : read(settings.sslRootCert, 'root.crt'), read(settings.sslCert, 'postgresql.crt'), read(settings.sslKey, 'postgresql.key')])
  const checked = mode.startsWith('verify') || ca !== undefined
  return {
    rejectUnauthorized: checked,
    ...mode === 'verify-full' ? {} : { checkServerIdentity: () => undefined },
    ...ca === undefined ? {} : { ca },
    ...cert === undefined ? {} : { cert },
    ...cert === undefined || key === undefined ? {} : { key }
  }
}

/** A file that was named must be there; the usual one may be. */
async function pemFile (named: string | undefined, usual: string): Promise<Buffer | undefined> {
  try {
    return await readFile(named ?? usual)
  } catch (error) {
    if (named === undefined) return undefined
    throw new ReleaseError('invalid-connection', messageOf(error), { cause: error })
  }
}
