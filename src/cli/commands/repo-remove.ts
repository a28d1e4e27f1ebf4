import type { Command } from '../command.js'
import { remoteContext } from '../remote-context.js'
import { quote } from '../../go/strconv.js'
import { removeRepositories } from '../../remote/remove-repositories.js'

/** `portolan repo remove`: forgets repositories. */
export const repoRemove: Command = {
  name: 'remove',
  aliases: ['rm'],
  usage: '[REPO1 [REPO2 ...]]',
  summary: 'remove one or more chart repositories',
  arguments: { min: 1 },
  flags: [],
  run: async (context, names, flags) => {
    await removeRepositories(remoteContext(context, flags), names, name => {
      context.stdout.write(`${quote(name)} has been removed from your repositories\n`)
    })
  }
}
