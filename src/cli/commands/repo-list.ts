import type { Command } from '../command.js'
import { columns } from '../output/columns.js'
import { outputFlag, outputFormat, writeOutput } from '../output/write-output.js'
import { remoteContext } from '../remote-context.js'
import { readRepositories } from '../../remote/repositories-file.js'

/** `portolan repo list`: the configured repositories. */
export const repoList: Command = {
  name: 'list',
  aliases: ['ls'],
  usage: '',
  summary: 'list chart repositories',
  arguments: { min: 0, max: 0 },
  flags: [
    { name: 'no-headers', type: 'bool', usage: 'leave out the header' },
    outputFlag
  ],
  run: async (context, _args, flags) => {
    const format = outputFormat(flags.string('output'))
    const { repositories } = await readRepositories(remoteContext(context, flags).repositoryConfig) ?? { repositories: [] }
    if (repositories.length === 0 && format === 'table') {
      context.stderr.write('no repositories to show\n')
      return
    }
    const header = flags.bool('no-headers') ? [] : [['NAME', 'URL']]
    writeOutput(context.stdout, format, {
      value: () => repositories.map(({ name, url }) => new Map([['name', name], ['url', url]])),
      table: () => columns([...header, ...repositories.map(({ name, url }) => [name, url])])
    })
  }
}
