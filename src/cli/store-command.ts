import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import type { ServerSettings, SettingName } from '../config/definitions.js'
import { sqliteFileOf } from '../db/open.js'
import { messageOf } from '../errors.js'
import type { CliContext, Flag } from './command.js'
import { CliError } from './errors.js'
import type { Flags } from './flags.js'
import type { Store } from './open-store.js'
import { readSettings, settingFlags } from './server-settings.js'

/** The settings that say where the charts are. */
const storeSettings: readonly SettingName[] = ['config', 'storage', 'storageLocalRootdir', 'database', 'depth', 'depthDynamic']

/** The flags of a command that works on the server's charts: they, their variables and their file keys are the server's. */
export function storeFlags (): Flag[] {
  return settingFlags(storeSettings)
}

/**
 * Opens the charts that the server's settings name, which must be there; the server may run meanwhile.
 *
 * @param use what to do with them; they are closed when it has ended
 * @throws {CliError} invalid-argument when there is no database; any error of the settings, the database or the storage
 */
export async function withStore<Result> (context: CliContext, flags: Flags, use: (store: Store, settings: ServerSettings) => Promise<Result>): Promise<Result> {
  const settings = await readSettings(context, flags)
  databaseFile(settings, context)
  const { openStore } = await import('./open-store.js')
  const store = await openStore(settings, context, { onFault: fault => context.stderr.write(`Warning: ${messageOf(fault)}\n`) })
  try {
    return await use(store, settings)
  } finally {
    await store.close()
  }
}

/**
 * The file of the database that the settings name, which must be there.
 *
 * @throws {CliError} invalid-argument when it is not; {DatabaseError} unsupported-url when it is no file
 */
export function databaseFile ({ database }: ServerSettings, { cwd }: CliContext): string {
  const file = resolve(cwd, sqliteFileOf(database))
  if (!existsSync(file)) throw new CliError('invalid-argument', `there is no database ${file}: --database, $DATABASE or the configuration file names it`)
  return file
}
