import { updateDependencies } from '../../action/dependency-update.js'
import type { Command } from '../command.js'
import { chartFolder, dependencyContext, verifying } from '../dependency-context.js'
import { dependencyFlags } from '../dependency-flags.js'

/** `portolan dependency update`: brings charts/ up to date with Chart.yaml. */
export const dependencyUpdate: Command = {
  name: 'update',
  aliases: ['up'],
  usage: 'CHART',
  summary: 'update charts/ based on the contents of Chart.yaml',
  description: [
    'Finds the newest version of each dependency that Chart.yaml admits, brings its archive into charts/, removes archives there that are no dependency',
    'any more, and writes Chart.lock. When something fails, charts/ and Chart.lock stay as they were.'
  ].join('\n'),
  arguments: { min: 0, max: 1 },
  flags: dependencyFlags,
  run: async (context, args, flags) => {
    await updateDependencies(verifying(dependencyContext(context, flags), flags, { required: true }), chartFolder(context, args), { refresh: !flags.bool('skip-refresh') })
  }
}
