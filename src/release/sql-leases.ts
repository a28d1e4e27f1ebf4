import { DatabaseError } from 'pg'
import { ReleaseError } from './errors.js'
import { HeldLeases } from './held-leases.js'
import type { Lease, Renewal } from './lease.js'
import { sqlMessage, type Row, type SqlConnection } from './sql-connection.js'
import { prepareLeases } from './sql-schema.js'

/** What leases in a database need. */
export interface SqlLeasesOptions {
  readonly namespace: string
  /** Told once that there can be no leases. */
  readonly warn?: (message: string) => void
}

/** A part of a statement that writes a record, which is `record` there: its key, namespace and body. */
export interface LeaseClause {
  /** A comma and a common table expression; empty where nothing is to be done. */
  readonly text: string
  readonly values: readonly unknown[]
}

const none: LeaseClause = { text: '', values: [] }

/** By what a lease knows its record: whoever writes that anew, a Helm too, ends the lease. */
const digest = "encode(sha256(convert_to(record.body, 'UTF8')), 'hex')"

const together = `lease.releaseKey = record.key AND lease.releaseNamespace = record.namespace AND lease.record = ${digest}`

/** What is refused to who may not: insufficient_privilege, and read_only_sql_transaction. */
const refusals = new Set(['42501', '25006'])
const undefinedTable = '42P01'

/** Leases in a table beside Helm's, which Helm does not look at. It is made when the first lease is written. */
export class SqlLeases extends HeldLeases {
  readonly #connection: SqlConnection
  readonly #options: SqlLeasesOptions
  /** Whether leases can be written; undefined before the first. */
  #usable: boolean | undefined

  /** @param connection to the database that has the records */
  constructor (connection: SqlConnection, options: SqlLeasesOptions) {
    super()
    this.#connection = connection
    this.#options = options
  }

  async read (key: string): Promise<Lease | undefined> {
    const statement = `SELECT id, lease.owner, process, since, expires FROM portolan_leases_v1 lease JOIN releases_v1 record ON ${together} WHERE record.key = $1 AND record.namespace = $2`
    try {
      const [row] = await this.#connection.query(statement, [key, this.#options.namespace])
      return row === undefined ? undefined : leaseOf(row)
    } catch (error) {
      if (isRefusal(error) || (error instanceof DatabaseError && error.code === undefinedTable)) return undefined
      throw new ReleaseError('storage', sqlMessage(error), { cause: error })
    }
  }

  protected async extend (key: string, { id, expires }: Lease): Promise<Renewal> {
    if (this.#usable !== true) return 'ended'
    const values = [key, this.#options.namespace]
    const statement = `UPDATE portolan_leases_v1 lease SET expires = $4 FROM releases_v1 record WHERE ${together} AND record.key = $1 AND record.namespace = $2 AND lease.id = $3 RETURNING id`
    if ((await this.#connection.query(statement, [...values, id, expires])).length > 0) return 'renewed'
    const records = await this.#connection.query('SELECT key FROM releases_v1 WHERE key = $1 AND namespace = $2', values)
    return records.length === 0 ? 'ended' : 'lost'
  }

  /**
   * What is to be done to the lease in the statement that writes its record, so that neither is ever there without the other.
   *
   * @param key the record's
   * @param status what it is to say
   * @param parameters how many the statement has already
   */
  async clause (key: string, status: string, parameters: number): Promise<LeaseClause> {
    const before = this.held(key)
    const lease = this.toWrite(key, status)
    if (before === undefined || !await this.#canWrite()) return none
    return lease === undefined ? removal : insertion(lease, parameters)
  }

  /** Goes on without leases where the user may not write them; gives whether that is so. */
  giveUp (error: unknown): boolean {
    if (!isRefusal(error)) return false
    if (this.#usable !== false) this.#options.warn?.(`no lease can be kept beside the release, others are not told that it is being worked on: ${sqlMessage(error)}`)
    this.#usable = false
    return true
  }

  async #canWrite (): Promise<boolean> {
    if (this.#usable !== undefined) return this.#usable
    try {
      await prepareLeases(this.#connection)
      this.#usable = true
    } catch (error) {
      if (!this.giveUp(error)) throw new ReleaseError('storage', sqlMessage(error), { cause: error })
    }
    return this.#usable === true
  }
}

function isRefusal (error: unknown): boolean {
  return error instanceof DatabaseError && refusals.has(error.code ?? '')
}

const columns = ['record', 'id', 'owner', 'process', 'since', 'expires']

function insertion ({ id, owner, process, since, expires }: Lease, parameters: number): LeaseClause {
  const values = [id, owner, process, since, expires]
  return {
    text: `, lease AS (INSERT INTO portolan_leases_v1 (releaseKey, releaseNamespace, ${columns.join(', ')})
      SELECT record.key, record.namespace, ${digest}, ${['text', 'text', 'integer', 'timestamptz', 'timestamptz'].map((type, i) => `$${parameters + i + 1}::${type}`).join(', ')} FROM record
      ON CONFLICT (releaseKey, releaseNamespace) DO UPDATE SET ${columns.map(column => `${column} = excluded.${column}`).join(', ')})`,
    values
  }
}

const removal: LeaseClause = {
  text: ', lease AS (DELETE FROM portolan_leases_v1 lease USING record WHERE lease.releaseKey = record.key AND lease.releaseNamespace = record.namespace)',
  values: []
}

function leaseOf ({ id, owner, process, since, expires }: Row): Lease | undefined {
  if (!(since instanceof Date && expires instanceof Date)) return undefined
  return { id: String(id), owner: String(owner), process: Number(process), since, expires }
}
