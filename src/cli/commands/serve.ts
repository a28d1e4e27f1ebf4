import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import type { Logger } from 'pino'
import type { Definition, ServerSettings } from '../../config/definitions.js'
import { definitions } from '../../config/definitions.js'
import { loadSettings, unusedSettings } from '../../config/load.js'
import { announcement } from '../announcement.js'
import type { CliContext, Command, Flag } from '../command.js'
import type { Flags } from '../flags.js'
import { logText } from '../output/log-text.js'

const flagTypes: Readonly<Record<Definition['type'], Flag['type']>> = {
  string: 'string', bool: 'bool', int: 'int', count: 'int', port: 'int', seconds: 'int', bytes: 'int', duration: 'duration', pairs: 'stringArray'
}

/** `portolan serve`: runs the chart repository server until it is told to stop. */
export const serve: Command = {
  name: 'serve',
  usage: '',
  summary: 'run the chart repository server',
  description: 'Runs the chart repository server. Each setting is a flag, an environment variable (named in brackets), or a key of the file that --config names.',
  arguments: { min: 0, max: 0 },
  standalone: true,
  flags: [
    ...Object.values<Definition>(definitions).map(flagOf),
    { name: 'announce', type: 'bool', usage: 'print what a newcomer types next' }
  ],
  run: async (context, _args, flags) => {
    const readConfig = (path: string): Promise<string> => readFile(resolve(context.cwd, path), 'utf8')
    const settings = await loadSettings({ flags: givenSettings(flags), env: context.env, readFile: readConfig })
    const logger = await loggerFor(settings, context)
    for (const { flag, why } of unusedSettings(settings)) logger.warn(`${flag} does nothing here: ${why}`)
    const { startServer } = await import('../start-server.js')
    const server = await startServer(settings, { context, logger })
    logger.info({ address: server.url, storage: settings.storage, database: settings.database }, 'Portolan is ready')
    if (flags.bool('announce')) context.stdout.write(announcement(server.url))
    await aborted(context.signal)
    logger.info('Stopping: requests under way are finished first')
    await server.stop()
    logger.info('Stopped')
  }
}

function flagOf ({ flag, short, type, default: initial, help, env }: Definition): Flag {
  return { name: flag, ...(short !== undefined && { short }), type: flagTypes[type], default: initial, usage: `${help} [$${env}]` }
}

/** What the command line says of settings, by flag name. */
function givenSettings (flags: Flags): Map<string, string> {
  const settings = new Map(Object.values<Definition>(definitions).map(({ flag, type }) => [flag, type]))
  return new Map(flags.changedNames().filter(name => settings.has(name)).map(name => [name, settings.get(name) === 'pairs' ? flags.list(name).join('\n') : flags.string(name)]))
}

// JSON has the names that ChartMuseum gives its fields. The server's parts are loaded only here: the other commands start sooner without them.
async function loggerFor ({ debug, logJson }: ServerSettings, { stderr, clock }: CliContext): Promise<Logger> {
  const { pino } = await import('pino')
  const level = debug ? 'debug' : 'info'
  if (!logJson) return pino({ level }, logText(stderr))
  return pino({ level, base: {}, messageKey: 'M', timestamp: () => `,"T":"${clock().toISOString()}"`, formatters: { level: label => ({ L: label.toUpperCase() }) } }, stderr)
}

async function aborted (signal: AbortSignal): Promise<void> {
  if (signal.aborted) return
  await new Promise<void>(resolve => signal.addEventListener('abort', () => resolve(), { once: true }))
}
