import { resolve } from 'node:path'
import type { Command } from '../command.js'
import { warnTo } from '../output/warning.js'
import { writeIndex } from '../../remote/write-index.js'

/** `portolan repo index`: writes the index.yaml of a folder of archives. */
export const repoIndex: Command = {
  name: 'index',
  usage: '[DIR]',
  summary: 'generate an index file given a directory containing packaged charts',
  description: 'Writes an index.yaml that lists the archives in a folder and in its sub-folders, so that the folder can be served as a chart repository.',
  arguments: { min: 1, max: 1 },
  flags: [
    { name: 'json', type: 'bool', usage: 'write the index as JSON' },
    { name: 'merge', type: 'string', usage: 'add the entries of this index that the folder has not' },
    { name: 'url', type: 'string', usage: 'where the archives will be found' }
  ],
  run: async (context, [folder = ''], flags) => {
    const merge = flags.string('merge')
    await writeIndex(resolve(context.cwd, folder), {
      url: flags.string('url'),
      json: flags.bool('json'),
      ...(merge === '' ? {} : { merge: resolve(context.cwd, merge) }),
      now: context.clock(),
      warn: warnTo(context.stderr)
    })
  }
}
