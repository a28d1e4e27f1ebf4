import type { Surplus } from '../../catalog/catalog.js'
import type { Command } from '../command.js'
import { CliError } from '../errors.js'
import { columns } from '../output/columns.js'
import { outputFlag, outputFormat, writeOutput } from '../output/write-output.js'
import { retentionPolicy } from '../open-store.js'
import { settingFlags } from '../server-settings.js'
import { storeFlags, withStore } from '../store-command.js'

/** `portolan prune`: removes what a retention policy does not keep, or shows what it would. */
export const prune: Command = {
  name: 'prune',
  usage: '',
  summary: 'remove the versions that a retention policy does not keep',
  description: 'Removes of every chart the versions beyond --per-chart-limit, with their provenance files. The server does the same to a chart when a version of it is published; this command does it to all, or shows with --dry-run what would go. The server may run meanwhile.',
  arguments: { min: 0, max: 0 },
  standalone: true,
  flags: [
    ...storeFlags(),
    ...settingFlags(['perChartLimit', 'perChartOrder', 'perChartKeep']),
    { name: 'dry-run', type: 'bool', usage: 'show what would be removed, and remove nothing' },
    { name: 'repository', type: 'string', usage: 'only the charts of this repository (org1/repoa; an empty text is the one of depth 0); all when left out' },
    outputFlag
  ],
  run: async (context, _args, flags) => {
    const format = outputFormat(flags.string('output'))
    const dryRun = flags.bool('dry-run')
    const tenant = flags.changedNames().includes('repository') ? flags.string('repository') : undefined
    const surplus = await withStore(context, flags, async ({ catalog }, settings) => {
      const policy = retentionPolicy(settings)
      if (policy === undefined) throw new CliError('invalid-argument', 'nothing says how many versions to keep: --per-chart-limit, $PER_CHART_LIMIT or the configuration file does')
      return await (dryRun ? catalog.surplus(policy, tenant) : catalog.prune(policy, tenant))
    })
    writeOutput(context.stdout, format, { value: () => surplus.map(valueOf), table: () => tableOf(surplus, dryRun) })
  }
}

function valueOf ({ tenant, chart, version, fileName, created }: Surplus): Map<string, string> {
  return new Map([['repository', tenant], ['chart', chart], ['version', version], ['file', fileName], ['created', created.toISOString()]])
}

function tableOf (surplus: readonly Surplus[], dryRun: boolean): string {
  const total = `${surplus.length} versions ${dryRun ? 'would be' : 'were'} removed\n`
  if (surplus.length === 0) return total
  const rows = surplus.map(({ tenant, chart, version, created }) => [tenant === '' ? '-' : tenant, chart, version, created.toISOString()])
  return columns([['REPOSITORY', 'CHART', 'VERSION', 'CREATED'], ...rows]) + total
}
