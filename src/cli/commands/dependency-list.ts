import { posix } from 'node:path'
import { chartLog } from '../../action/chart-log.js'
import { listDependencies, type ListedDependency, type Stray } from '../../action/dependency-list.js'
import type { Command } from '../command.js'
import { chartFolder } from '../dependency-context.js'
import { columns } from '../output/columns.js'
import { renderContext } from '../render-context.js'
import { quote } from '../../go/strconv.js'

/** `portolan dependency list`: how things stand with a chart's dependencies. */
export const dependencyList: Command = {
  name: 'list',
  aliases: ['ls'],
  usage: 'CHART',
  summary: 'list the dependencies for the given chart',
  description: 'Shows what a chart (a folder or an archive) declares to depend on, and whether charts/ has it.',
  arguments: { min: 0, max: 1 },
  flags: [{ name: 'max-col-width', type: 'uint', default: '80', usage: 'how wide a column of the table may be; 0 for any width' }],
  run: async (context, args, flags) => {
    const folder = chartFolder(context, args)
    const { dependencies, strays } = await listDependencies(folder, chartLog(renderContext(context, flags).log))
    const charts = posix.join(folder.shown, 'charts')
    if (dependencies === undefined) context.stdout.write(`WARNING: no dependencies at ${charts}\n`)
    else context.stdout.write(`${table(dependencies, flags.int('max-col-width'))}\n${strays.map(stray => warning(charts, stray)).join('')}`)
  }
}

function table (dependencies: readonly ListedDependency[], width: number): string {
  const rows = dependencies.map(({ name, version = '', repository, status }) => [name, version, repository, status])
  return columns([['NAME', 'VERSION', 'REPOSITORY', 'STATUS'], ...rows], width)
}

function warning (charts: string, { name, isChart }: Stray): string {
  return `WARNING: ${quote(posix.join(charts, name))} is not ${isChart ? 'in Chart.yaml' : 'a chart'}.\n`
}
