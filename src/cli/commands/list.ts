import { list as listReleases } from '../../action/list.js'
import type { ReleaseHead } from '../../release/record-index.js'
import type { Status } from '../../release/release.js'
import { marshalJson } from '../../go/json.js'
import { formatTime, type GoTime } from '../../go/time.js'
import { marshalYaml } from '../../go/yaml.js'
import { JsonStruct } from '../../chart/json-struct.js'
import { withCluster } from '../cluster.js'
import type { Command } from '../command.js'
import type { Flags } from '../flags.js'
import { appVersion, chartName } from '../output/chart-names.js'
import { columns } from '../output/columns.js'
import { outputFlag, outputFormat, type OutputFormat } from '../output/write-output.js'

const stateFlags: ReadonlyArray<readonly [flag: string, states: readonly Status[], usage: string]> = [
  ['deployed', ['deployed'], 'show deployed releases'],
  ['failed', ['failed'], 'show failed releases'],
  ['pending', ['pending-install', 'pending-rollback', 'pending-upgrade'], 'show pending releases'],
  ['superseded', ['superseded'], 'show superseded releases'],
  ['uninstalled', ['uninstalled'], "show uninstalled releases (if 'helm uninstall --keep-history' was used)"],
  ['uninstalling', ['uninstalling'], 'show releases that are currently being uninstalled']
]

/** `portolan list`: the releases of a namespace. */
export const list: Command = {
  name: 'list',
  aliases: ['ls'],
  usage: '',
  summary: 'list releases',
  description: 'Lists the newest revision of each release of a namespace, in every state unless states are asked for, by name unless by date.',
  arguments: { min: 0, max: 0 },
  flags: [
    ...stateFlags.map(([name, , usage]) => ({ name, type: 'bool' as const, usage })),
    { name: 'all-namespaces', short: 'A', type: 'bool', usage: 'list releases across all namespaces' },
    { name: 'date', short: 'd', type: 'bool', usage: 'sort by release date' },
    { name: 'filter', short: 'f', type: 'string', usage: 'a regular expression (Perl compatible). Any releases that match the expression will be included in the results' },
    { name: 'max', short: 'm', type: 'int', default: '256', usage: 'maximum number of releases to fetch' },
    { name: 'no-headers', type: 'bool', usage: "don't print headers when using the default output format" },
    { name: 'offset', type: 'int', usage: 'next release index in the list, used to offset from start value' },
    { name: 'reverse', short: 'r', type: 'bool', usage: 'reverse the sort order' },
    { name: 'selector', short: 'l', type: 'string', usage: "Selector (label query) to filter on, supports '=', '==', and '!='.(e.g. -l key1=value1,key2=value2). Works only for secret(default) and configmap storage backends." },
    { name: 'short', short: 'q', type: 'bool', usage: 'output short (quiet) listing format' },
    { name: 'time-format', type: 'string', usage: 'format time using golang time formatter. Example: --time-format "2006-01-02 15:04:05Z0700"' },
    outputFlag
  ],
  run: async (context, _args, flags) => {
    const format = outputFormat(flags.string('output'))
    const call = { context, flags, interruptible: true, allNamespaces: flags.bool('all-namespaces') }
    const releases = await withCluster(call, async ({ context: action }) => await listReleases(action, {
      states: stateFlags.filter(([name]) => flags.bool(name)).flatMap(([, states]) => states),
      filter: flags.string('filter'),
      selector: flags.string('selector'),
      byDate: flags.bool('date'),
      reverse: flags.bool('reverse'),
      max: flags.int('max'),
      offset: flags.int('offset')
    }))
    context.stdout.write(flags.bool('short') ? names(releases, format) : listing(releases, format, flags))
  }
}

function names (releases: readonly ReleaseHead[], format: OutputFormat): string {
  const all = releases.map(({ name }) => name)
  switch (format) {
    case 'json': return `${marshalJson(all)}\n`
    case 'yaml': return marshalYaml(all)
    case 'table': return all.map(name => `${name}\n`).join('')
  }
}

const fields = ['name', 'namespace', 'revision', 'updated', 'status', 'chart', 'app_version'] as const

function listing (releases: readonly ReleaseHead[], format: OutputFormat, flags: Flags): string {
  const rows = releases.map(release => rowOf(release, flags.string('time-format')))
  const structs = (): JsonStruct[] => rows.map(row => new JsonStruct('cmd.releaseElement', fields.map((name, i) => [name, row[i] ?? ''])))
  switch (format) {
    case 'json': return `${marshalJson(structs())}\n`
    case 'yaml': return marshalYaml(structs())
    case 'table': {
      const header = flags.bool('no-headers') ? [] : [fields.map(name => name.replace('_', ' ').toUpperCase())]
      return columns([...header, ...rows]) || '\n'
    }
  }
}

function rowOf ({ name, namespace, version, info, chart }: ReleaseHead, timeFormat: string): string[] {
  return [name, namespace, String(version), timeText(info.lastDeployed, timeFormat), info.status, chartName(chart), appVersion(chart)]
}

function timeText (time: GoTime | undefined, format: string): string {
  if (time === undefined) return '-'
  return format === '' ? time.string() : formatTime(time, format)
}
