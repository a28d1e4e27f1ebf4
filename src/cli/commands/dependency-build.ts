import { buildDependencies } from '../../action/dependency-build.js'
import type { Command } from '../command.js'
import { chartFolder, dependencyContext, verifying } from '../dependency-context.js'
import { dependencyFlags } from '../dependency-flags.js'

/** `portolan dependency build`: brings into charts/ what Chart.lock says. */
export const dependencyBuild: Command = {
  name: 'build',
  usage: 'CHART',
  summary: 'rebuild the charts/ directory based on the Chart.lock file',
  description: [
    'Brings into charts/ exactly the versions that Chart.lock says. Without a Chart.lock it does what update does; one that does not belong to Chart.yaml is',
    'refused.'
  ].join('\n'),
  arguments: { min: 0, max: 1 },
  flags: dependencyFlags,
  run: async (context, args, flags) => {
    await buildDependencies(verifying(dependencyContext(context, flags), flags, { required: false }), chartFolder(context, args), { refresh: !flags.bool('skip-refresh') })
  }
}
