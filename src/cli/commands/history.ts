import { history as releaseHistory } from '../../action/history.js'
import { JsonStruct } from '../../chart/json-struct.js'
import { GoTime } from '../../go/time.js'
import { int } from '../../go/value.js'
import type { ReleaseHead } from '../../release/record-index.js'
import { withCluster } from '../cluster.js'
import type { Command } from '../command.js'
import { appVersion, chartName } from '../output/chart-names.js'
import { columns } from '../output/columns.js'
import { outputFlag, outputFormat, writeOutput } from '../output/write-output.js'

/** `portolan history`: the revisions of a release. */
export const history: Command = {
  name: 'history',
  aliases: ['hist'],
  usage: 'RELEASE_NAME',
  summary: 'fetch release history',
  description: 'Prints the newest revisions of a release, oldest first: when each was deployed, of which chart, and what became of it.',
  arguments: { min: 1, max: 1 },
  flags: [
    { name: 'max', type: 'int', default: '256', usage: 'maximum number of revision to include in history' },
    { name: 'show-rollback-revision', type: 'bool', usage: 'show the rollback revision column in table output' },
    outputFlag
  ],
  run: async (context, [name = ''], flags) => {
    const format = outputFormat(flags.string('output'))
    const all = await withCluster({ context, flags, interruptible: true }, async ({ context: action }) => await releaseHistory(action, name))
    const revisions = all.slice(Math.max(0, all.length - Math.max(0, flags.int('max'))))
    writeOutput(context.stdout, format, {
      value: () => revisions.map(structOf),
      table: () => table(revisions, flags.bool('show-rollback-revision'))
    })
  }
}

function structOf ({ version, info, chart }: ReleaseHead): JsonStruct {
  return new JsonStruct('cmd.releaseInfo', [
    ['revision', int(version)],
    ['updated', info.lastDeployed?.rfc3339Nano()],
    ['status', info.status],
    ['chart', chartName(chart)],
    ['app_version', appVersion(chart)],
    ['rollback_revision', info.rollbackRevision === 0 ? undefined : int(info.rollbackRevision)],
    ['description', info.description]
  ])
}

function table (revisions: readonly ReleaseHead[], withRollback: boolean): string {
  const row = (start: readonly string[], rollback: string, description: string): string[] => [...start, ...withRollback ? [rollback] : [], description]
  return columns([
    row(['REVISION', 'UPDATED', 'STATUS', 'CHART', 'APP VERSION'], 'ROLLBACK', 'DESCRIPTION'),
    ...revisions.map(({ version, info, chart }) => row(
      [String(version), (info.lastDeployed ?? GoTime.zero).ansiC(), info.status, chartName(chart), appVersion(chart)],
      info.rollbackRevision > 0 ? String(info.rollbackRevision) : '',
      info.description))
  ])
}
