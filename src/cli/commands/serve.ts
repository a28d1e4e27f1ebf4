import { unusedSettings } from '../../config/load.js'
import { announcement } from '../announcement.js'
import type { Command } from '../command.js'
import { readSettings, settingFlags } from '../server-settings.js'

/** `portolan serve`: runs the chart repository server until it is told to stop. */
export const serve: Command = {
  name: 'serve',
  usage: '',
  summary: 'run the chart repository server',
  description: 'Runs the chart repository server. Each setting is a flag, an environment variable (named in brackets), or a key of the file that --config names.',
  arguments: { min: 0, max: 0 },
  standalone: true,
  flags: [
    ...settingFlags(),
    { name: 'announce', type: 'bool', usage: 'print what a newcomer types next' }
  ],
  run: async (context, _args, flags) => {
    const settings = await readSettings(context, flags)
    // The server's parts are loaded only here: the other commands start sooner without them.
    const { openServerLog } = await import('../server-log.js')
    const { logger, logAnswer } = openServerLog(settings, context)
    for (const { flag, why } of unusedSettings(settings)) logger.warn(`${flag} does nothing here: ${why}`)
    if (settings.genIndex && settings.depth === 0) {
      const { printIndex } = await import('../print-index.js')
      await printIndex(settings, context, fault => logger.warn({ err: fault }, 'Something is left to be mended'))
      return
    }
    if (settings.genIndex) logger.warn('--gen-index does nothing with a --depth: the server starts')
    const { startServer } = await import('../start-server.js')
    const server = await startServer(settings, { context, logger, logAnswer })
    logger.info({ address: server.url, storage: settings.storage, database: settings.database }, 'Portolan is ready')
    if (flags.bool('announce')) context.stdout.write(announcement(server.url))
    await aborted(context.signal)
    logger.info('Stopping: requests under way are finished first')
    await server.stop()
    logger.info('Stopped')
  }
}

async function aborted (signal: AbortSignal): Promise<void> {
  if (signal.aborted) return
  await new Promise<void>(resolve => signal.addEventListener('abort', () => resolve(), { once: true }))
}
