import { resolve } from 'node:path'
import { backupSqlite } from '../../db/backup.js'
import { packageVersion } from '../../db/package-root.js'
import type { Command } from '../command.js'
import { countsText } from '../output/counts-text.js'
import { readSettings, settingFlags } from '../server-settings.js'
import { databaseFile } from '../store-command.js'

/** `portolan backup`: copies the records while the server runs. */
export const backup: Command = {
  name: 'backup',
  usage: 'DIRECTORY',
  summary: 'copy the records of the server to a directory',
  description: 'Copies the database of records, as it is at one moment, to a new directory, with a manifest of what is in it. The server may run meanwhile. The charts themselves lie in the storage, and are copied by its own means: before the records or after them, since the server finds out what is in the one and not in the other.',
  arguments: { min: 1, max: 1 },
  standalone: true,
  flags: settingFlags(['config', 'database']),
  run: async (context, [directory = ''], flags) => {
    const settings = await readSettings(context, flags)
    const manifest = await backupSqlite(databaseFile(settings, context), resolve(context.cwd, directory), { now: context.clock(), program: packageVersion() })
    context.stdout.write(`Backed up ${countsText(manifest)} to ${directory}\n`)
  }
}
