import { mkdirSync, statSync } from 'node:fs'
import { stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import BetterSqlite3 from 'better-sqlite3'
import type { CompiledQuery as Query, DatabaseConnection, Dialect, Driver, QueryResult, TransactionSettings } from 'kysely'
import { CompiledQuery, SqliteDialect, SqliteDriver } from 'kysely'
import { messageOf } from '../errors.js'
import { DatabaseError } from './errors.js'
import type { AppliedMigration, Migration } from './migrate.js'
import { pendingMigrations } from './migrate.js'

/** Milliseconds that a query waits, and with it this process, for another process that is recovering or closing the file. */
const busyTimeout = 5000

/** Milliseconds between two looks whether the other writers have ended. */
const pollEvery = 2

/**
 * Opens an SQLite file. It is written ahead (WAL), so that readers and a writer do not wait for each other, and flushed at each commit.
 *
 * @param file a path, or `:memory:`; the file and its folder are made when they are not there
 * @throws {DatabaseError} `open-failed`
 */
export function openSqlite (file: string): BetterSqlite3.Database {
  try {
    if (file !== ':memory:') mkdirSync(dirname(file), { recursive: true })
    const sqlite = new BetterSqlite3(file, { timeout: busyTimeout })
    sqlite.pragma('journal_mode = wal')
    sqlite.pragma('synchronous = full')
    sqlite.pragma('foreign_keys = on')
    return sqlite
  } catch (error) {
    throw new DatabaseError('open-failed', `cannot open the database ${file}: ${messageOf(error)}`, { cause: error })
  }
}

/**
 * Remembers which file an open database is, to tell later whether it is still there. SQLite goes on with a file that was deleted or replaced; all that it
 * is given is gone when it is closed.
 *
 * @returns rejects with a `DatabaseError` (`failed`) when another file is in its place, or none
 */
export function watchFile ({ name, memory }: BetterSqlite3.Database): () => Promise<void> {
  if (memory) return async () => undefined
  const opened = statSync(name, { bigint: true })
  return async () => {
    const { dev, ino } = await stat(name, { bigint: true }).catch((error: unknown) => {
      throw new DatabaseError('failed', `${name}: the file of the database is gone: ${messageOf(error)}`, { cause: error })
    })
    if (dev !== opened.dev || ino !== opened.ino) throw new DatabaseError('failed', `${name}: another file is in the place of the database that is open`)
  }
}

/**
 * Brings the schema up to date: all that is pending in one transaction.
 *
 * @param migrations the program's, in order
 * @param now when they are applied
 * @throws {DatabaseError} see `pendingMigrations`; `migration-failed`
 */
export function migrateSqlite (sqlite: BetterSqlite3.Database, migrations: readonly Migration[], now: Date): void {
  const migrate = sqlite.transaction(() => {
    sqlite.exec('create table if not exists migrations (name text not null primary key, hash text not null, applied_at text not null) strict')
    const applied = sqlite.prepare<[], AppliedMigration>('select name, hash from migrations').all()
    const record = sqlite.prepare<[string, string, string]>('insert into migrations (name, hash, applied_at) values (?, ?, ?)')
    for (const { name, hash, sql } of pendingMigrations(migrations, applied, sqlite.name)) {
      run(sqlite, name, sql)
      record.run(name, hash, now.toISOString())
    }
  })
  try {
    migrate.immediate()
  } catch (error) {
    throw nameFault(error)
  }
}

function run (sqlite: BetterSqlite3.Database, name: string, sql: string): void {
  try {
    sqlite.exec(sql)
  } catch (error) {
    throw new DatabaseError('migration-failed', `${sqlite.name}: the migration ${name} failed: ${messageOf(error)}`, { cause: error })
  }
}

/** Kysely's dialect, with transactions that wait for other writers, and errors of our own. */
export class WaitingSqliteDialect extends SqliteDialect implements Dialect {
  readonly #sqlite: BetterSqlite3.Database
  readonly #writerTimeout: number

  /**
   * @param sqlite an open database
   * @param writerTimeout milliseconds that a transaction waits (and this process does not) for other writers
   */
  constructor (sqlite: BetterSqlite3.Database, writerTimeout: number) {
    super({ database: sqlite })
    this.#sqlite = sqlite
    this.#writerTimeout = writerTimeout
  }

  override createDriver (): Driver {
    return new WaitingSqliteDriver(this.#sqlite, this.#writerTimeout)
  }
}

class WaitingSqliteDriver extends SqliteDriver {
  readonly #sqlite: BetterSqlite3.Database
  readonly #writerTimeout: number
  readonly #connection: DatabaseConnection

  constructor (sqlite: BetterSqlite3.Database, writerTimeout: number) {
    super({ database: sqlite })
    this.#sqlite = sqlite
    this.#writerTimeout = writerTimeout
    this.#connection = new PreparedConnection(sqlite)
  }

  override async acquireConnection (): Promise<DatabaseConnection> {
    await super.acquireConnection()
    return this.#connection
  }

  /**
   * A transaction that writes takes the write lock as its first step: one that began by reading could not have it later if another had
   * written meanwhile. The wait for it leaves this process free, since the other writer may be a connection of this very process.
   */
  override async beginTransaction (connection: DatabaseConnection, { accessMode }: TransactionSettings = {}): Promise<void> {
    if (accessMode === 'read only') {
      await super.beginTransaction(connection)
      return
    }
    for (const deadline = performance.now() + this.#writerTimeout; !await this.#tryBegin(connection);) {
      if (performance.now() > deadline) throw new DatabaseError('busy', `${this.#sqlite.name}: another process has been writing for ${this.#writerTimeout} ms`)
      await setTimeout(pollEvery)
    }
  }

  /** SQLite has rolled back by itself after some failures, such as a full disk. */
  override async rollbackTransaction (connection: DatabaseConnection): Promise<void> {
    if (this.#sqlite.inTransaction) await super.rollbackTransaction(connection)
  }

  /** A transaction that could not be ended must not take in what the next one does. */
  override async releaseConnection (): Promise<void> {
    try {
      if (this.#sqlite.inTransaction) this.#sqlite.exec('rollback')
    } finally {
      await super.releaseConnection()
    }
  }

  async #tryBegin (connection: DatabaseConnection): Promise<boolean> {
    this.#sqlite.pragma('busy_timeout = 0')
    try {
      await connection.executeQuery(CompiledQuery.raw('begin immediate'))
      return true
    } catch (error) {
      if (error instanceof DatabaseError && error.code === 'busy') return false
      throw error
    } finally {
      this.#sqlite.pragma(`busy_timeout = ${busyTimeout}`)
    }
  }
}

/** How many prepared statements are kept. */
const maxStatements = 200

/** Runs queries as prepared statements, which are kept: SQLite takes longer to read a query than to answer it. Its errors are our own. */
class PreparedConnection implements DatabaseConnection {
  readonly #sqlite: BetterSqlite3.Database
  /** By their text, in the order in which they were last used. */
  readonly #statements = new Map<string, BetterSqlite3.Statement>()

  constructor (sqlite: BetterSqlite3.Database) {
    this.#sqlite = sqlite
  }

  async executeQuery<Row> ({ sql, parameters }: Query): Promise<QueryResult<Row>> {
    try {
      const statement = this.#prepare(sql)
      // Kysely types its rows itself.
      if (statement.reader) return { rows: statement.all(...parameters) as Row[] }
      const { changes, lastInsertRowid } = statement.run(...parameters)
      return { rows: [], numAffectedRows: BigInt(changes), insertId: BigInt(lastInsertRowid) }
    } catch (error) {
      throw nameFault(error)
    }
  }

  streamQuery (): never {
    throw new DatabaseError('failed', 'no query of the catalogue is streamed')
  }

  #prepare (sql: string): BetterSqlite3.Statement {
    const statement = this.#statements.get(sql) ?? this.#sqlite.prepare(sql)
    this.#statements.delete(sql)
    this.#statements.set(sql, statement)
    if (this.#statements.size > maxStatements) this.#statements.delete(this.#statements.keys().next().value ?? '')
    return statement
  }
}

function nameFault (thrown: unknown): unknown {
  if (!(thrown instanceof BetterSqlite3.SqliteError)) return thrown
  const options = { cause: thrown }
  if (thrown.code.startsWith('SQLITE_BUSY')) return new DatabaseError('busy', thrown.message, options)
  return thrown.code === 'SQLITE_FULL' ? new DatabaseError('full', thrown.message, options) : new DatabaseError('failed', thrown.message, options)
}
