import type { Readable } from 'node:stream'
import type { DatabaseConnection, Driver } from 'kysely'
import { Kysely } from 'kysely'
import type { Backend, ByteRange, ObjectInfo } from '../../storage/backend.js'
import { StorageFailed } from '../../storage/errors.js'
import { DatabaseError } from '../../src/db/errors.js'
import { readMigrations } from '../../src/db/migrate.js'
import { packageRoot } from '../../src/db/package-root.js'
import type { Database, Schema } from '../../src/db/schema.js'
import { migrateSqlite, openSqlite, WaitingSqliteDialect } from '../../src/db/sqlite.js'

/** How a step goes wrong: it is not done, or it is done and yet reported as failed; once, or from then on. */
export interface FaultMode {
  readonly done: boolean
  readonly lasting: boolean
}

/** Every way to go wrong. */
export const faultModes: readonly FaultMode[] = [false, true].flatMap(done => [false, true].map(lasting => ({ done, lasting })))

/** Lets the step with a given number go wrong, of all that backend and database make. */
export class FaultPlan {
  #left = Infinity
  #mode: FaultMode = { done: false, lasting: false }
  /** Whether anything went wrong since it was armed. */
  struck = false

  /** Lets the nth step from now on go wrong, counted from 1. */
  arm (nth: number, mode: FaultMode): void {
    this.#left = nth
    this.#mode = mode
    this.struck = false
  }

  disarm (): void {
    this.#left = Infinity
  }

  /** Runs a step, or lets it go wrong. */
  async step<Result> (fault: () => Error, run: () => Promise<Result>): Promise<Result> {
    this.#left--
    if (this.#left > 0 || (this.#left < 0 && !this.#mode.lasting)) return await run()
    this.struck = true
    if (this.#mode.done) await run()
    throw fault()
  }
}

/** A backend of which each operation is a step. */
export class FaultyBackend implements Backend {
  readonly name = 'faulty'
  readonly #inner: Backend
  readonly #plan: FaultPlan

  constructor (inner: Backend, plan: FaultPlan) {
    this.#inner = inner
    this.#plan = plan
  }

  async stat (key: string): Promise<ObjectInfo> {
    return await this.#step(key, () => this.#inner.stat(key))
  }

  async read (key: string, range?: ByteRange): Promise<Readable> {
    return await this.#step(key, () => this.#inner.read(key, range))
  }

  async create (key: string, body: Readable): Promise<ObjectInfo> {
    return await this.#step(key, () => this.#inner.create(key, body))
  }

  async put (key: string, body: Readable): Promise<ObjectInfo> {
    return await this.#step(key, () => this.#inner.put(key, body))
  }

  async delete (key: string): Promise<void> {
    await this.#step(key, () => this.#inner.delete(key))
  }

  list (prefix: string, after?: string): AsyncIterable<ObjectInfo> {
    return this.#inner.list(prefix, after)
  }

  #step<Result> (key: string, run: () => Promise<Result>): Promise<Result> {
    return this.#plan.step(() => new StorageFailed(key, `${key}: an injected fault`), run)
  }
}

/** An SQLite database in memory of which each query, the beginning and the end of a transaction included, is a step. */
export async function openFaulty (plan: FaultPlan): Promise<Database> {
  const sqlite = openSqlite(':memory:')
  migrateSqlite(sqlite, await readMigrations(`${packageRoot()}/migrations/sqlite`), new Date(0))
  return new Kysely<Schema>({ dialect: new FaultyDialect(sqlite, plan) })
}

class FaultyDialect extends WaitingSqliteDialect {
  readonly #plan: FaultPlan

  constructor (sqlite: ReturnType<typeof openSqlite>, plan: FaultPlan) {
    super(sqlite, 1000)
    this.#plan = plan
  }

  override createDriver (): Driver {
    const inner = super.createDriver()
    const plan = this.#plan
    return {
      init: () => inner.init(),
      acquireConnection: async () => faultyConnection(await inner.acquireConnection(), plan),
      beginTransaction: (connection, settings) => inner.beginTransaction(connection, settings),
      commitTransaction: connection => inner.commitTransaction(connection),
      rollbackTransaction: connection => inner.rollbackTransaction(connection),
      releaseConnection: connection => inner.releaseConnection(connection),
      destroy: () => inner.destroy()
    }
  }
}

function faultyConnection (inner: DatabaseConnection, plan: FaultPlan): DatabaseConnection {
  return {
    // A transaction that cannot be ended would stay open on the one connection that there is: that is another fault than these.
    executeQuery: query => query.sql === 'rollback'
      ? inner.executeQuery(query)
      : plan.step(() => new DatabaseError('failed', `an injected fault: ${query.sql}`), () => inner.executeQuery(query)),
    streamQuery: (query, size) => inner.streamQuery(query, size)
  }
}
