import { DatabaseError } from 'pg'
import type { SqlConnection } from './sql-connection.js'

/** A step of the tables' making, under the id that it is noted by. */
interface Migration {
  readonly id: string
  readonly statements: readonly string[]
}

/**
 * Helm's tables, made as its SQL driver makes them and in its order (ids sorted as texts), so that whichever tool comes first, the other
 * finds what it would have made itself. Names without quotes are lower-case ones.
 */
const migrations: readonly Migration[] = [
  {
    id: 'custom_labels',
    statements: [
      'CREATE TABLE custom_labels_v1 (releaseKey VARCHAR(64), releaseNamespace VARCHAR(67), key VARCHAR(317), value VARCHAR(63))',
      'CREATE INDEX ON custom_labels_v1 (releaseKey, releaseNamespace)',
      'GRANT ALL ON custom_labels_v1 TO PUBLIC',
      'ALTER TABLE custom_labels_v1 ENABLE ROW LEVEL SECURITY'
    ]
  },
  {
    id: 'init',
    statements: [
      `CREATE TABLE releases_v1 (
        key VARCHAR(90), type VARCHAR(64) NOT NULL, body TEXT NOT NULL, name VARCHAR(64) NOT NULL, namespace VARCHAR(64) NOT NULL,
        version INTEGER NOT NULL, status TEXT NOT NULL, owner TEXT NOT NULL, createdAt INTEGER NOT NULL, modifiedAt INTEGER NOT NULL DEFAULT 0,
        PRIMARY KEY (key, namespace)
      )`,
      'CREATE INDEX ON releases_v1 (key, namespace)',
      ...['version', 'status', 'owner', 'createdAt', 'modifiedAt'].map(column => `CREATE INDEX ON releases_v1 (${column})`),
      'GRANT ALL ON releases_v1 TO PUBLIC',
      'ALTER TABLE releases_v1 ENABLE ROW LEVEL SECURITY'
    ]
  }
]

/** Where Helm's library for migrations (sql-migrate, over gorp) notes what was done. */
const notes = 'CREATE TABLE IF NOT EXISTS "gorp_migrations" ("id" text NOT NULL PRIMARY KEY, "applied_at" timestamp with time zone)'

/** What processes of this program hold while they make tables: any number that is nobody else's. */
const lock = 0x706f7274

/**
 * Makes the tables that are missing, each step in a transaction of its own; of several that come first at once, one makes them. Nothing is
 * written where nothing is missing, so that a user who may only read can read.
 *
 * @param connection to the database
 * @param now when a step is noted to be done
 * @throws {DatabaseError} what the server complains of
 */
export async function prepareSchema (connection: SqlConnection, now: () => Date): Promise<void> {
  if ((await missingMigrations(connection)).length === 0) return
  await alone(connection, async () => { await migrate(connection, now) })
}

/** Our own table, open to whom Helm's are open to: to its maker alone, unless there are policies for it. */
const leases = `DO $$ BEGIN
  CREATE TABLE portolan_leases_v1 (
    releaseKey VARCHAR(90), releaseNamespace VARCHAR(64), record TEXT NOT NULL, id TEXT NOT NULL, owner TEXT NOT NULL, process INTEGER NOT NULL,
    since TIMESTAMP WITH TIME ZONE NOT NULL, expires TIMESTAMP WITH TIME ZONE NOT NULL,
    PRIMARY KEY (releaseKey, releaseNamespace)
  );
  GRANT ALL ON portolan_leases_v1 TO PUBLIC;
  ALTER TABLE portolan_leases_v1 ENABLE ROW LEVEL SECURITY;
END $$`

/**
 * Makes the table that leases are kept in, where it is missing.
 *
 * @param connection to the database
 * @throws {DatabaseError} what the server complains of
 */
export async function prepareLeases (connection: SqlConnection): Promise<void> {
  const isThere = async (): Promise<boolean> => (await connection.query("SELECT to_regclass('portolan_leases_v1') AS found"))[0]?.['found'] !== null
  if (await isThere()) return
  await alone(connection, async () => {
    if (!await isThere()) await connection.query(leases)
  })
}

/** Has other processes of this program wait that would make tables. */
async function alone (connection: SqlConnection, work: () => Promise<void>): Promise<void> {
  await connection.query('SELECT pg_advisory_lock($1)', [lock])
  try {
    await work()
  } finally {
    await connection.query('SELECT pg_advisory_unlock($1)', [lock])
  }
}

async function migrate (connection: SqlConnection, now: () => Date): Promise<void> {
  const missing = await missingMigrations(connection)
  try {
    if (missing.length > 0) await connection.query(notes)
    for (const migration of missing) await apply(connection, migration, now())
  } catch (error) {
    // A Helm, which asks for no lock, may have been quicker.
    if ((await missingMigrations(connection)).length >= missing.length) throw error
    await migrate(connection, now)
  }
}

async function missingMigrations (connection: SqlConnection): Promise<Migration[]> {
  const done = await applied(connection)
  return migrations.filter(({ id }) => !done.has(id))
}

async function applied (connection: SqlConnection): Promise<ReadonlySet<unknown>> {
  try {
    return new Set((await connection.query('SELECT id FROM "gorp_migrations"')).map(row => row['id']))
  } catch (error) {
    if (error instanceof DatabaseError && error.code === undefinedTable) return new Set()
    throw error
  }
}

const undefinedTable = '42P01'

async function apply (connection: SqlConnection, { id, statements }: Migration, moment: Date): Promise<void> {
  await connection.query('BEGIN')
  try {
    for (const statement of statements) await connection.query(statement)
    await connection.query('INSERT INTO "gorp_migrations" ("id", "applied_at") VALUES ($1, $2)', [id, moment.toISOString()])
    await connection.query('COMMIT')
  } catch (error) {
    await connection.query('ROLLBACK')
    throw error
  }
}
