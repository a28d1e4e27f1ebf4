import { mkdir } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import type { Operation } from '../../storage/checked.js'
import { openBackend } from '../../storage/open.js'
import type { RetentionPolicy } from '../catalog/catalog.js'
import { Catalog } from '../catalog/catalog.js'
import { parseKeepPatterns } from '../catalog/retention.js'
import type { TenantDepth } from '../catalog/store-files.js'
import type { ServerSettings } from '../config/definitions.js'
import { ConfigError } from '../config/errors.js'
import { openDatabase } from '../db/open.js'
import { packageRoot } from '../db/package-root.js'
import { messageOf } from '../errors.js'
import { normalizeContextPath } from '../server/path.js'
import type { CliContext } from './command.js'

/** The charts that settings name: their catalogue, over an open database and storage. */
export interface Store {
  readonly catalog: Catalog
  /** Which folders are tenants'. */
  readonly depth: TenantDepth
  readonly close: () => Promise<void>
}

/** Who is told of what goes on in a store. */
export interface StoreListeners {
  /** Of what went wrong without failing a call. */
  readonly onFault: (fault: unknown) => void
  /** Of each operation of the backend. */
  readonly onOperation?: ((operation: Operation) => void) | undefined
  /** Of versions that were removed since others were published. */
  readonly onTrimmed?: ((versions: number) => void) | undefined
}

/**
 * Opens database and storage as the settings say.
 *
 * @param listeners told of what goes on
 * @throws {ConfigError} for settings that would lose data, or cannot be used
 * @throws any error of the database or the storage, naming the file or address
 */
export async function openStore (settings: ServerSettings, { cwd, clock }: Pick<CliContext, 'cwd' | 'clock'>, { onFault, onOperation, onTrimmed }: StoreListeners): Promise<Store> {
  refuseLoss(settings)
  const retention = retentionPolicy(settings)
  const local = (path: string): string => resolve(cwd, path)
  const database = await openDatabase(await prepareDatabase(settings.database, local), { migrations: join(packageRoot(), 'migrations') })
  try {
    const rootDirectory = local(settings.storageLocalRootdir)
    const catalog = new Catalog({
      database,
      backend: await openBackend(settings.storage, { rootDirectory, ...(onOperation && { onOperation }) }),
      clock,
      spoolDirectory: join(dirname(rootDirectory), 'spool'),
      onFault,
      onTrimmed,
      ...(retention && { retention }),
      ...(settings.chartUrl !== '' && { chartUrl: settings.chartUrl }),
      contextPath: normalizeContextPath(settings.contextPath)
    })
    return { catalog, depth: settings.depthDynamic ? 'any' : settings.depth, close: () => database.close() }
  } catch (error) {
    await database.close()
    throw error
  }
}

/**
 * The retention policy that settings ask for.
 *
 * @returns undefined when everything is kept
 * @throws {ConfigError} for a pattern that is none
 */
export function retentionPolicy ({ perChartLimit, perChartOrder, perChartKeep }: Pick<ServerSettings, 'perChartLimit' | 'perChartOrder' | 'perChartKeep'>): RetentionPolicy | undefined {
  const keep = keepPatterns(perChartKeep)
  return perChartLimit === 0 ? undefined : { limit: perChartLimit, order: perChartOrder === 'age' ? 'age' : 'semver', keep }
}

function keepPatterns (text: string): string[] {
  try {
    return parseKeepPatterns(text)
  } catch (error) {
    throw new ConfigError('invalid-value', `--per-chart-keep ${text} cannot be used: ${messageOf(error)}`, { cause: error })
  }
}

/** Refuses pairs of storage and database of which one outlives the other. */
function refuseLoss ({ storage, database }: ServerSettings): void {
  const lasting = database !== 'sqlite::memory:'
  if (storage === 'memory' && lasting) {
    throw new ConfigError('invalid-value', 'with --storage memory the charts are gone at exit, and the database would name charts that are not there: add --database sqlite::memory:')
  }
  if (storage !== 'memory' && !lasting) {
    throw new ConfigError('invalid-value', `with --database sqlite::memory: the records are gone at exit, and the charts in --storage ${storage} with them: name a file, such as sqlite:./data/portolan.db`)
  }
}

/** Makes the folder of an SQLite file, and its path absolute. */
async function prepareDatabase (url: string, local: (path: string) => string): Promise<string> {
  const path = /^sqlite:(?!:memory:$)(.+)$/.exec(url)?.[1]
  if (path === undefined) return url
  await mkdir(dirname(local(path)), { recursive: true })
  return `sqlite:${local(path)}`
}
