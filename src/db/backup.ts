import { createHash } from 'node:crypto'
import { createReadStream, existsSync } from 'node:fs'
import { copyFile, mkdir, open, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import BetterSqlite3 from 'better-sqlite3'
import { messageOf } from '../errors.js'
import { DatabaseError } from './errors.js'
import type { AppliedMigration, Migration } from './migrate.js'
import { pendingMigrations } from './migrate.js'

/** What a backup says of itself, in `manifest.json`. */
export interface BackupManifest {
  readonly format: 1
  /** RFC 3339. */
  readonly createdAt: string
  /** The program's version. */
  readonly program: string
  readonly migrations: readonly AppliedMigration[]
  readonly counts: Readonly<Record<CountedTable, number>>
  readonly database: { readonly file: string, readonly size: number, readonly sha256: string }
}

const countedTables = ['tenants', 'charts', 'versions', 'provenances'] as const

/** A table whose rows a manifest counts. */
export type CountedTable = typeof countedTables[number]

const databaseFile = 'portolan.db'
const manifestFile = 'manifest.json'

/**
 * Copies a database while it is used: the copy is its state at one moment. Beside it stands a manifest.
 *
 * @param file of the database
 * @param folder for the backup; made when it is not there
 * @param facts the present time, and the program's version
 * @throws {DatabaseError} `open-failed`, `backup-exists`, `failed`
 */
export async function backupSqlite (file: string, folder: string, { now, program }: { readonly now: Date, readonly program: string }): Promise<BackupManifest> {
  const target = join(folder, databaseFile)
  if (existsSync(target) || existsSync(join(folder, manifestFile))) throw new DatabaseError('backup-exists', `${folder} holds a backup already`)
  const source = openExisting(file, { readonly: true })
  try {
    await mkdir(folder, { recursive: true })
    await source.backup(target)
    const manifest = { format: 1, createdAt: now.toISOString(), program, ...seal(target), database: { file: databaseFile, size: (await stat(target)).size, sha256: await sha256(target) } } as const
    await flush(target)
    await writeFile(join(folder, manifestFile), `${JSON.stringify(manifest, undefined, 2)}\n`, { flag: 'wx', flush: true })
    await flush(folder)
    return manifest
  } catch (error) {
    await rm(target, { force: true })
    throw error instanceof DatabaseError ? error : new DatabaseError('failed', `cannot back up ${file} to ${folder}: ${messageOf(error)}`, { cause: error })
  } finally {
    source.close()
  }
}

/**
 * Puts a backup in the place of a database that nobody uses. What was there stays beside it, under another name.
 *
 * @param folder of the backup
 * @param file of the database
 * @param facts the present time, and the program's migrations
 * @returns the manifest, and where the former database is now, if there was one
 * @throws {DatabaseError} `invalid-backup`, `newer-database`, `migration-edited`, `in-use`, `open-failed`, `failed`
 */
export async function restoreSqlite (folder: string, file: string, { now, migrations }: { readonly now: Date, readonly migrations: readonly Migration[] }): Promise<{ manifest: BackupManifest, former?: string }> {
  const manifest = await readManifest(folder)
  const source = join(folder, manifest.database.file)
  if (await sha256(source).catch(() => '') !== manifest.database.sha256) throw new DatabaseError('invalid-backup', `${source} is not the file that the manifest describes`)
  pendingMigrations(migrations, manifest.migrations, folder)
  try {
    await mkdir(dirname(file), { recursive: true })
    const former = existsSync(file) ? `${file}.before-${now.toISOString().replaceAll(/[:.]/g, '-')}` : undefined
    if (former !== undefined) refuseUsed(file)
    const staged = `${file}.restoring`
    await copyFile(source, staged)
    await flush(staged)
    if (former !== undefined) await rename(file, former)
    await rename(staged, file)
    await flush(dirname(file))
    return { manifest, ...(former !== undefined && { former }) }
  } catch (error) {
    throw error instanceof DatabaseError ? error : new DatabaseError('failed', `cannot restore ${folder} to ${file}: ${messageOf(error)}`, { cause: error })
  }
}

/** Makes a copy a file of its own, checks it, and looks what is in it. */
function seal (file: string): Pick<BackupManifest, 'migrations' | 'counts'> {
  const sqlite = openExisting(file)
  try {
    sqlite.pragma('journal_mode = delete')
    const check: unknown = sqlite.pragma('quick_check', { simple: true })
    if (check !== 'ok') throw new DatabaseError('failed', `the database is damaged: ${String(check)}`)
    const count = (table: CountedTable): number => sqlite.prepare<[], { n: number }>(`select count(*) as n from ${table}`).get()?.n ?? 0
    return {
      migrations: sqlite.prepare<[], AppliedMigration>('select name, hash from migrations order by name').all(),
      counts: { tenants: count('tenants'), charts: count('charts'), versions: count('versions'), provenances: count('provenances') }
    }
  } finally {
    sqlite.close()
  }
}

/** Who has a database open that is written ahead holds a lock on it, without which it cannot be taken out of that mode. */
function refuseUsed (file: string): void {
  const sqlite = openExisting(file)
  try {
    sqlite.pragma('journal_mode = delete')
  } catch (error) {
    throw new DatabaseError('in-use', `${file} is in use: stop the server first (${messageOf(error)})`, { cause: error })
  } finally {
    sqlite.close()
  }
}

function openExisting (file: string, options: BetterSqlite3.Options = {}): BetterSqlite3.Database {
  try {
    return new BetterSqlite3(file, { fileMustExist: true, timeout: 0, ...options })
  } catch (error) {
    throw new DatabaseError('open-failed', `cannot open the database ${file}: ${messageOf(error)}`, { cause: error })
  }
}

async function readManifest (folder: string): Promise<BackupManifest> {
  const path = join(folder, manifestFile)
  const fault = (reason: string, cause?: unknown): DatabaseError => new DatabaseError('invalid-backup', `${path}: ${reason}`, { cause })
  let manifest: unknown
  try {
    manifest = JSON.parse(await readFile(path, 'utf8'))
  } catch (error) {
    throw fault(messageOf(error), error)
  }
  if (!isManifest(manifest)) throw fault('it is no manifest of a backup that this version knows')
  return manifest
}

function isManifest (value: unknown): value is BackupManifest {
  if (!isRecord(value) || value['format'] !== 1 || typeof value['createdAt'] !== 'string' || !Array.isArray(value['migrations'])) return false
  const { database, counts, migrations } = value
  return isRecord(database) && database['file'] === databaseFile && typeof database['sha256'] === 'string' &&
    isRecord(counts) && countedTables.every(table => typeof counts[table] === 'number') &&
    migrations.every((step: unknown) => isRecord(step) && typeof step['name'] === 'string' && typeof step['hash'] === 'string')
}

function isRecord (value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}

async function sha256 (file: string): Promise<string> {
  const hash = createHash('sha256')
  await pipeline(createReadStream(file), hash)
  return hash.digest('hex')
}

async function flush (path: string): Promise<void> {
  const handle = await open(path, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
