import { join } from 'node:path'
import type { KyselyConfig } from 'kysely'
import { Kysely } from 'kysely'
import { DatabaseError } from './errors.js'
import { readMigrations } from './migrate.js'
import { packageRoot } from './package-root.js'
import type { Database, Schema } from './schema.js'
import { migrateSqlite, openSqlite, WaitingSqliteDialect, watchFile } from './sqlite.js'

export interface DatabaseOptions {
  /** The folder with a folder of migrations for each dialect; the package's own when left out. */
  readonly migrations?: string
  readonly clock?: () => Date
  /** Milliseconds that a transaction waits for writers of other processes; 10 seconds when left out. */
  readonly writerTimeout?: number
}

/** What a database needs beside Kysely. */
interface OutsideKysely {
  /** Rejects when what is written would not last, as in a file that was deleted. */
  readonly isThere: () => Promise<void>
  /** Closes what Kysely does not: it leaves alone what no query was ever sent to. */
  readonly end: () => void
}

/** A database that somebody has to close. */
export class OpenDatabase extends Kysely<Schema> {
  readonly #sides: OutsideKysely

  /**
   * @param config Kysely's
   * @param sides what Kysely does not do
   */
  constructor (config: KyselyConfig, sides: OutsideKysely) {
    super(config)
    this.#sides = sides
  }

  /**
   * Resolves when what is written will last.
   *
   * @throws {DatabaseError} `failed` for a file that was deleted or replaced
   */
  async isThere (): Promise<void> {
    await this.#sides.isThere()
  }

  /** Ends all connections; running queries first. */
  async close (): Promise<void> {
    await this.destroy()
    this.#sides.end()
  }
}

/**
 * Resolves when a database can be read, and is what was opened.
 *
 * @throws {DatabaseError} `failed`
 */
export async function checkDatabase (database: Database): Promise<void> {
  await database.selectFrom('tenants').select('name').limit(1).execute()
  if (database instanceof OpenDatabase) await database.isThere()
}

/** Every kind of database there is, by the scheme of its URL. */
const openers: ReadonlyMap<string, (rest: string, options: Required<DatabaseOptions>) => Promise<OpenDatabase>> = new Map([
  ['sqlite', openSqliteDatabase]
])

/**
 * Opens a database and brings its schema up to date.
 *
 * @param url `sqlite:FILE` (a path, relative to the working folder or absolute) or `sqlite::memory:`
 * @throws {DatabaseError} `unsupported-url`, `open-failed`, `newer-database`, `migration-edited`, `migration-failed`
 */
export async function openDatabase (url: string, options: DatabaseOptions = {}): Promise<OpenDatabase> {
  const { scheme = '', rest = '' } = /^(?<scheme>[a-z][a-z0-9+.-]*):(?<rest>.*)$/i.exec(url)?.groups ?? {}
  const open = openers.get(scheme.toLowerCase())
  // The URL of another database may hold a password: only its scheme is shown.
  if (open === undefined) {
    throw new DatabaseError('unsupported-url', `${scheme === '' ? 'the database URL has no scheme' : `there is no support for ${scheme} databases`}: supported are sqlite:FILE and sqlite::memory:`)
  }
  return await open(rest, { migrations: join(packageRoot(), 'migrations'), clock: () => new Date(), writerTimeout: 10_000, ...options })
}

/**
 * The file of an SQLite database.
 *
 * @param url `sqlite:FILE`
 * @throws {DatabaseError} `unsupported-url` for a database that is no file
 */
export function sqliteFileOf (url: string): string {
  const rest = /^sqlite:(?!:memory:$)(.+)$/i.exec(url)?.[1]
  if (rest === undefined) throw new DatabaseError('unsupported-url', 'only a database in a file (sqlite:FILE) can be backed up and restored: others have tools of their own')
  return fileOf(rest)
}

/** `sqlite:///data/x.db` is another way to write `sqlite:/data/x.db`. */
function fileOf (rest: string): string {
  return rest.replace(/^\/\/(?=\/)/, '')
}

async function openSqliteDatabase (rest: string, { migrations, clock, writerTimeout }: Required<DatabaseOptions>): Promise<OpenDatabase> {
  const file = fileOf(rest)
  if (file === '') throw new DatabaseError('unsupported-url', 'the database URL names no file: write sqlite:FILE')
  const steps = await readMigrations(join(migrations, 'sqlite'))
  const sqlite = openSqlite(file)
  try {
    migrateSqlite(sqlite, steps, clock())
    return new OpenDatabase({ dialect: new WaitingSqliteDialect(sqlite, writerTimeout) }, { isThere: watchFile(sqlite), end: () => { sqlite.close() } })
  } catch (error) {
    sqlite.close()
    throw error
  }
}
