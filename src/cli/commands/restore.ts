import { join, resolve } from 'node:path'
import { restoreSqlite } from '../../db/backup.js'
import { readMigrations } from '../../db/migrate.js'
import { sqliteFileOf } from '../../db/open.js'
import { packageRoot } from '../../db/package-root.js'
import type { Command } from '../command.js'
import { countsText } from '../output/counts-text.js'
import { readSettings, settingFlags } from '../server-settings.js'

/** `portolan restore`: puts the records of a backup in their place. */
export const restore: Command = {
  name: 'restore',
  usage: 'DIRECTORY',
  summary: 'put the records of a backup in the place of those of the server',
  description: 'Puts the database of a backup where the server looks for it. The server must not run; a database that is there is kept beside it under another name; a backup of a newer version, and one that is damaged, are refused. At its next start the server records the charts that were published after the backup was made.',
  arguments: { min: 1, max: 1 },
  standalone: true,
  flags: settingFlags(['config', 'database']),
  run: async (context, [directory = ''], flags) => {
    const settings = await readSettings(context, flags)
    const file = resolve(context.cwd, sqliteFileOf(settings.database))
    const migrations = await readMigrations(join(packageRoot(), 'migrations', 'sqlite'))
    const { manifest, former } = await restoreSqlite(resolve(context.cwd, directory), file, { now: context.clock(), migrations })
    context.stdout.write(`Restored ${countsText(manifest)}, backed up at ${manifest.createdAt}, to ${file}\n`)
    if (former !== undefined) context.stdout.write(`The former database is now ${former}\n`)
  }
}
