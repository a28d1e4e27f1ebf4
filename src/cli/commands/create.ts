import { join } from 'node:path'
import type { Command } from '../command.js'
import { CliError } from '../errors.js'
import { helmHome } from '../helm-home.js'
import { createChart, createFromStarter, type CreateContext } from '../../action/create.js'

/** `portolan create`: makes a chart to begin with. */
export const create: Command = {
  name: 'create',
  usage: 'NAME',
  summary: 'create a new chart with the given name',
  description: 'Makes a chart to begin with, in a new folder of its name: one that can be linted, rendered and installed as it is. NAME may be a path, whose last part is the chart\'s name. Files of a folder that is there already are overwritten if the chart has them, too.',
  arguments: { min: 1, max: 1 },
  flags: [
    { name: 'chart-api-version', type: 'string', default: 'v2', hidden: true, usage: 'the apiVersion of the chart' },
    { name: 'starter', short: 'p', type: 'string', usage: 'begin with this chart: a name in the folder of starters, or an absolute path' }
  ],
  run: async (context, [path = ''], flags) => {
    context.stdout.write(`Creating ${path}\n`)
    checkApiVersion(flags.string('chart-api-version'))
    const starter = flags.string('starter')
    const surroundings: CreateContext = {
      cwd: context.cwd,
      clock: context.clock,
      starters: join(helmHome(context.env, process.platform).data, 'starters'),
      note: line => { context.stdout.write(`${line}\n`) }
    }
    if (starter === '') await createChart(surroundings, path)
    else await createFromStarter(surroundings, path, starter)
  }
}

function checkApiVersion (version: string): void {
  if (version === 'v2' || version === '') return
  if (version === 'v3') throw new CliError('invalid-argument', "charts of API version v3 are an experiment of Helm's: only v2 is supported")
  throw new CliError('invalid-argument', `unsupported chart API version: ${version} (supported: v2)`)
}
