import type { CommandGroup } from '../command.js'
import { dependencyBuild } from './dependency-build.js'
import { dependencyList } from './dependency-list.js'
import { dependencyUpdate } from './dependency-update.js'

/** `portolan dependency`: the charts that a chart is made of. */
export const dependency: CommandGroup = {
  name: 'dependency',
  aliases: ['dep', 'dependencies'],
  summary: "manage a chart's dependencies",
  description: [
    'Brings the charts that Chart.yaml declares under dependencies into charts/. Each has a name, a version or a range of versions, and a repository:',
    'a URL, @name or alias:name for a configured one, file://../folder for a chart beside this one, or nothing for a chart that lies in charts/ already.'
  ].join('\n'),
  commands: [dependencyBuild, dependencyList, dependencyUpdate]
}
