import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { messageOf } from '../errors.js'
import { DatabaseError } from './errors.js'

/** A step of the schema: a file of SQL statements. */
export interface Migration {
  /** The file's name without its ending, such as `0001_catalog`. */
  readonly name: string
  readonly sql: string
  /** SHA-256 of the statements, in hex. */
  readonly hash: string
}

/** A step that a database has made. */
export type AppliedMigration = Pick<Migration, 'name' | 'hash'>

/**
 * Reads the migrations of a folder.
 *
 * @param folder of one dialect, such as `migrations/sqlite`
 * @returns its `.sql` files in the order of their names
 * @throws {DatabaseError} `migration-failed` when the folder cannot be read or has none
 */
export async function readMigrations (folder: string): Promise<Migration[]> {
  try {
    const files = (await readdir(folder)).filter(file => file.endsWith('.sql')).sort()
    if (files.length === 0) throw new Error('there are no migrations in it')
    return await Promise.all(files.map(file => readMigration(join(folder, file))))
  } catch (error) {
    throw new DatabaseError('migration-failed', `${folder}: ${messageOf(error)}`, { cause: error })
  }
}

/**
 * What a database has still to make. Migrations only go forward: one that is released is never edited, and never gets a predecessor.
 *
 * @param known the program's, in order
 * @param applied the database's
 * @param database how messages call the database
 * @returns the known ones that are not applied, in order
 * @throws {DatabaseError} `newer-database` for one that the program does not know, `migration-edited` for one with another hash, or one that
 * is missing before one that is applied
 */
export function pendingMigrations (known: readonly Migration[], applied: readonly AppliedMigration[], database: string): Migration[] {
  const hashes = new Map(applied.map(({ name, hash }) => [name, hash]))
  const stranger = applied.find(({ name }) => !known.some(migration => migration.name === name))
  if (stranger !== undefined) {
    throw new DatabaseError('newer-database', `${database} was written by a newer version of Portolan: it has the migration ${stranger.name}, which this version does not know`)
  }
  const edited = known.find(({ name, hash }) => hashes.has(name) && hashes.get(name) !== hash)
  if (edited !== undefined) {
    throw new DatabaseError('migration-edited', `${database} was made with another text of the migration ${edited.name} than this version has`)
  }
  const pending = known.filter(({ name }) => !hashes.has(name))
  const late = pending.find(({ name }) => applied.some(other => other.name > name))
  if (late !== undefined) {
    throw new DatabaseError('migration-edited', `${database} lacks the migration ${late.name}, but has made later ones`)
  }
  return pending
}

async function readMigration (path: string): Promise<Migration> {
  // A checkout may have changed the line endings, which change nothing.
  const sql = (await readFile(path, 'utf8')).replaceAll('\r\n', '\n')
  return { name: basename(path, '.sql'), sql, hash: createHash('sha256').update(sql).digest('hex') }
}
