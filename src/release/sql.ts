import { DatabaseError } from 'pg'
import { messageOf } from '../errors.js'
import { decodeHead, decodeRelease, encodeRelease } from './codec.js'
import { connectionSettings, type Env } from './connection-settings.js'
import { recordLabels, systemLabels, userLabels, type ReleaseDriver } from './driver.js'
import { ReleaseError, releaseExists, releaseNotFound } from './errors.js'
import type { RecordEntry, RecordIndex, ReleaseHead } from './record-index.js'
import type { Release } from './release.js'
import { SqlConnection, sqlMessage, type Row } from './sql-connection.js'
import { SqlLeases } from './sql-leases.js'
import { prepareSchema } from './sql-schema.js'

/** What the driver needs of the world. */
export interface SqlDriverOptions {
  /** HELM_DRIVER_SQL_CONNECTION_STRING. */
  readonly connectionString: string
  /** For PGHOST and its kin, and HOME. */
  readonly env: Env
  /** Who runs this process. */
  readonly user: string
  /** Where the releases are; empty for those of all namespaces (to list only). */
  readonly namespace: string
  readonly now: () => Date
  /** Told of records that cannot be read. */
  readonly debug?: (message: string) => void
  /** Told once when there can be no leases. */
  readonly warn?: (message: string) => void
}

/**
 * Releases in tables of a PostgreSQL (HELM_DRIVER=sql), in those of Helm's SQL driver.
 *
 * Where Helm takes every failure to read a record for its absence, this one tells them apart; an update of nothing is an error, and labels
 * of the user's can be asked for.
 *
 * @param options the database
 * @throws {ReleaseError} invalid-connection, storage
 */
export async function openSqlDriver (options: SqlDriverOptions): Promise<SqlDriver> {
  try {
    const connection = await SqlConnection.open(connectionSettings(options.connectionString, options.env, options.user), options.env)
    await prepareSchema(connection, options.now).catch(async (error: unknown) => {
      await connection.close()
      throw error
    })
    return new SqlDriver(connection, options)
  } catch (error) {
    const code = error instanceof ReleaseError ? error.code : 'storage'
    throw new ReleaseError(code, `unable to instantiate SQL driver: ${sqlMessage(error)}`, { cause: error })
  }
}

/** The labels of a record, as one column. */
const labelsColumn = `(SELECT json_object_agg(label.key, label.value) FROM custom_labels_v1 label
  WHERE label.releaseKey = releases_v1.key AND label.releaseNamespace = releases_v1.namespace) AS labels`

const entryColumns = `key, namespace, name, version, status, ${labelsColumn}`

const selection = `SELECT ${entryColumns}, body FROM releases_v1`

/** How many records are asked for at once by lists. */
const atOnce = 100

export class SqlDriver implements ReleaseDriver {
  readonly name = 'SQL'
  readonly index: RecordIndex = { entries: async () => await this.#entries(), heads: async entries => await this.#heads(entries) }
  readonly leases: SqlLeases
  readonly #connection: SqlConnection
  readonly #options: SqlDriverOptions

  /** @param connection to a database that has the tables */
  constructor (connection: SqlConnection, options: SqlDriverOptions) {
    this.leases = new SqlLeases(connection, options)
    this.#connection = connection
    this.#options = options
  }

  async get (key: string): Promise<Release> {
    const [row] = await this.#ask(`${selection} WHERE key = $1 AND namespace = $2`, [key, this.#options.namespace])
    if (row === undefined) throw releaseNotFound()
    const release = await decodeRelease(String(row['body']))
    return { ...release, labels: userLabels(labelsOf(row)) }
  }

  async list (accept: (release: Release) => boolean): Promise<Release[]> {
    return (await this.#releases(new Map([['owner', 'helm']]))).filter(accept)
  }

  async query (labels: ReadonlyMap<string, string>): Promise<Release[]> {
    const releases = await this.#releases(labels)
    if (releases.length === 0) throw releaseNotFound()
    return releases
  }

  async heads (labels: ReadonlyMap<string, string>): Promise<ReleaseHead[]> {
    const rows = await this.#select(labels)
    const heads = (await Promise.all(rows.map(row => this.#head(entryOfRow(row), String(row['body']))))).filter(head => head !== undefined)
    if (heads.length === 0) throw releaseNotFound()
    return heads
  }

  async create (key: string, release: Release): Promise<void> {
    const labels = userLabels(release.labels)
    const statement = (lease: string): string => `WITH record AS (
        INSERT INTO releases_v1 (key, type, body, name, namespace, version, status, owner, createdAt)
        VALUES ($1, 'helm.sh/release.v1', $2, $3, $4, $5, $6, 'helm', $7) RETURNING key, namespace, body
      )${lease} INSERT INTO custom_labels_v1 (releaseKey, releaseNamespace, key, value)
      SELECT record.key, record.namespace, label.key, label.value FROM record, unnest($8::text[], $9::text[]) AS label (key, value)`
    await this.#write({ key, status: release.info.status, statement }, [key, await encodeRelease(release), release.name, homeOf(release), release.version, release.info.status, this.#seconds(), [...labels.keys()], [...labels.values()]])
    this.leases.wrote(key)
  }

  async update (key: string, release: Release): Promise<void> {
    const statement = (lease: string): string => `WITH record AS (
        UPDATE releases_v1 SET body = $3, name = $4, version = $5, status = $6, owner = 'helm', modifiedAt = $7
        WHERE key = $1 AND namespace = $2 RETURNING key, namespace, body
      )${lease} SELECT key FROM record`
    const updated = await this.#write({ key, status: release.info.status, statement }, [key, homeOf(release), await encodeRelease(release), release.name, release.version, release.info.status, this.#seconds()])
    if (updated.length === 0) throw releaseNotFound()
    this.leases.wrote(key)
  }

  async delete (key: string): Promise<Release> {
    const release = await this.get(key)
    const statement = (lease: string): string => `WITH record AS (DELETE FROM releases_v1 WHERE key = $1 AND namespace = $2 RETURNING key, namespace)${lease}
      DELETE FROM custom_labels_v1 WHERE releaseKey = $1 AND releaseNamespace = $2`
    await this.#write({ key, status: 'uninstalled', statement }, [key, this.#options.namespace])
    this.leases.letGo(key)
    return release
  }

  /** Hangs up. */
  async close (): Promise<void> {
    await this.#connection.close()
  }

  /** Those that can be read of the records with these labels. */
  async #releases (labels: ReadonlyMap<string, string>): Promise<Release[]> {
    return (await Promise.all((await this.#select(labels)).map(row => this.#readable(row)))).flat()
  }

  /** The records with these labels. */
  async #select (labels: ReadonlyMap<string, string>): Promise<readonly Row[]> {
    const { namespace } = this.#options
    const values: string[] = []
    const parameter = (value: string): string => `$${values.push(value)}`
    const conditions = [...labels].map(([name, value]) => isSystemLabel(name)
      ? `${name}::text = ${parameter(value)}`
      : `EXISTS (SELECT FROM custom_labels_v1 label WHERE label.releaseKey = releases_v1.key AND label.releaseNamespace = releases_v1.namespace
          AND label.key = ${parameter(name)} AND label.value = ${parameter(value)})`)
    if (namespace !== '') conditions.push(`namespace = ${parameter(namespace)}`)
    return await this.#ask(`${selection}${conditions.length === 0 ? '' : ' WHERE '}${conditions.join(' AND ')}`, values)
  }

  async #entries (): Promise<RecordEntry[]> {
    const { namespace } = this.#options
    const rows = await this.#ask(`SELECT ${entryColumns} FROM releases_v1 WHERE owner = 'helm' AND $1 IN ('', namespace)`, [namespace])
    return rows.map(entryOfRow)
  }

  async #heads (entries: readonly RecordEntry[]): Promise<Array<ReleaseHead | undefined>> {
    const bodies = new Map<string, string>()
    for (let at = 0; at < entries.length; at += atOnce) {
      const part = entries.slice(at, at + atOnce)
      const rows = await this.#ask('SELECT key, namespace, body FROM releases_v1 WHERE (key, namespace) IN (SELECT * FROM unnest($1::text[], $2::text[]))', [part.map(({ key }) => key), part.map(({ namespace }) => namespace)])
      for (const { key, namespace, body } of rows) bodies.set(`${String(namespace)}/${String(key)}`, String(body))
    }
    return await Promise.all(entries.map(async entry => await this.#head(entry, bodies.get(`${entry.namespace}/${entry.key}`))))
  }

  async #head ({ key, namespace, version, labels }: RecordEntry, body: string | undefined): Promise<ReleaseHead | undefined> {
    if (body === undefined) return undefined
    try {
      return { ...await decodeHead(body), namespace, version, labels }
    } catch (error) {
      this.#options.debug?.(`failed to decode release ${key}: ${messageOf(error)}`)
      return undefined
    }
  }

  async #readable (row: Row): Promise<Release[]> {
    try {
      const release = await decodeRelease(String(row['body']))
      return [{ ...release, labels: recordLabels({ ...release, labels: userLabels(labelsOf(row)) }) }]
    } catch (error) {
      this.#options.debug?.(`failed to decode release ${String(row['key'])}: ${messageOf(error)}`)
      return []
    }
  }

  /** Writes a record, and beside it what becomes of its lease; without that where it is refused. */
  async #write ({ key, status, statement }: Writing, values: readonly unknown[]): Promise<readonly Row[]> {
    const lease = await this.leases.clause(key, status, values.length)
    try {
      return await this.#ask(statement(lease.text), [...values, ...lease.values])
    } catch (error) {
      if (lease.text === '' || !(error instanceof Error) || !this.leases.giveUp(error.cause)) throw error
      return await this.#ask(statement(''), values)
    }
  }

  async #ask (statement: string, values: readonly unknown[]): Promise<readonly Row[]> {
    try {
      return await this.#connection.query(statement, values)
    } catch (error) {
      if (error instanceof DatabaseError && error.code === uniqueViolation) throw releaseExists(error)
      throw new ReleaseError('storage', sqlMessage(error), { cause: error })
    }
  }

  #seconds (): number {
    return Math.floor(this.#options.now().getTime() / 1000)
  }
}

interface Writing {
  readonly key: string
  /** What the record is to say. */
  readonly status: string
  /** The statement with a further common table expression. */
  readonly statement: (lease: string) => string
}

const uniqueViolation = '23505'

function isSystemLabel (name: string): boolean {
  return systemLabels.some(system => system === name)
}

/** A release without a namespace lives in `default`. */
function homeOf ({ namespace }: Release): string {
  return namespace === '' ? 'default' : namespace
}

function entryOfRow (row: Row): RecordEntry {
  const { key, namespace, name, version, status } = row
  const labels = new Map([...userLabels(labelsOf(row)), ['name', String(name)], ['owner', 'helm'], ['status', String(status)], ['version', String(version)]])
  return { key: String(key), namespace: String(namespace), name: String(name), version: Number(version), status: String(status), labels }
}

function labelsOf (row: Row): Map<string, string> {
  const labels = row['labels']
  return new Map(typeof labels === 'object' && labels !== null ? Object.entries(labels).map(([name, value]) => [name, String(value)]) : [])
}
