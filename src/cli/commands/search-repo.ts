import type { Command } from '../command.js'
import { CliError } from '../errors.js'
import { columns } from '../output/columns.js'
import { outputFlag, outputFormat, writeOutput } from '../output/write-output.js'
import { remoteContext } from '../remote-context.js'
import { JsonStruct } from '../../chart/json-struct.js'
import { searchRepositories, type SearchResult } from '../../remote/search.js'

/** `portolan search repo`: looks through the cached indexes of the configured repositories. */
export const searchRepo: Command = {
  name: 'repo',
  usage: '[keyword]',
  summary: 'search repositories for a keyword in charts',
  description: 'Looks for a word in the names, descriptions and keywords of the charts in all configured repositories, as their cached indexes have them. The newest stable version of each is shown.',
  arguments: { min: 0 },
  flags: [
    { name: 'devel', type: 'bool', usage: "show pre-releases too, as --version '>0.0.0-0' does; --version goes before it" },
    { name: 'fail-on-no-result', type: 'bool', usage: 'fail when nothing is found' },
    { name: 'max-col-width', type: 'uint', default: '50', usage: 'how wide a column of the table may be; 0 for any width' },
    outputFlag,
    { name: 'regexp', short: 'r', type: 'bool', usage: 'the keyword is a regular expression' },
    { name: 'version', type: 'string', usage: 'show the newest version that satisfies this constraint' },
    { name: 'versions', short: 'l', type: 'bool', usage: 'show every version, each on a line of its own' }
  ],
  run: async (context, args, flags) => {
    const format = outputFormat(flags.string('output'))
    const found = await searchRepositories(remoteContext(context, flags), {
      keyword: args.join(' '),
      regexp: flags.bool('regexp'),
      versions: flags.bool('versions'),
      version: flags.string('version'),
      devel: flags.bool('devel')
    })
    if (found.length === 0 && flags.bool('fail-on-no-result')) throw new CliError('arguments', 'no results found')
    const rows = found.map(fieldsOf)
    writeOutput(context.stdout, format, {
      value: () => rows.map(fields => new JsonStruct('cmd.repoChartElement', fields)),
      table: () => rows.length === 0 ? 'No results found\n' : columns([header, ...rows.map(fields => fields.map(([, value]) => value))], flags.int('max-col-width'))
    })
  }
}

const header = ['NAME', 'CHART VERSION', 'APP VERSION', 'DESCRIPTION']

/** What is shown of one chart, with the names it has in JSON. */
function fieldsOf ({ name, chart }: SearchResult): Array<[string, string]> {
  return [['name', name], ['version', chart.version], ['app_version', chart.appVersion ?? ''], ['description', chart.description ?? '']]
}
