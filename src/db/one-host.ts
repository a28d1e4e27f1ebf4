import { SqliteAdapter } from 'kysely'
import type { Database } from './schema.js'

/** Whether only processes of one host can use the database: an SQLite file that is written ahead cannot be shared over a network. */
export function isOneHost (database: Database): boolean {
  return database.getExecutor().adapter instanceof SqliteAdapter
}
