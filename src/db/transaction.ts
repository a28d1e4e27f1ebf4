import type { Database, Transaction } from './schema.js'

/**
 * Runs a transaction that writes. All of its changes are made and durable when it resolves, none when it rejects. It waits for nothing but
 * queries of its own: as long as it runs, other writers wait for it.
 *
 * @param work is given the transaction; what it rejects with undoes everything
 * @throws {DatabaseError} `busy` when other writers do not end, `full`, `failed`; what `work` throws
 */
export async function transact<Result> (database: Database, work: (transaction: Transaction) => Promise<Result>): Promise<Result> {
  return await database.transaction().setAccessMode('read write').execute(work)
}

/**
 * Runs queries that see one state of the database, whatever is written meanwhile.
 *
 * @param work is given the transaction, in which it must not write
 * @throws {DatabaseError} `failed`; what `work` throws
 */
export async function snapshot<Result> (database: Database, work: (transaction: Transaction) => Promise<Result>): Promise<Result> {
  return await database.transaction().setAccessMode('read only').setIsolationLevel('repeatable read').execute(work)
}
