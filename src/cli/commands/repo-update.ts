import type { Command } from '../command.js'
import { remoteContext } from '../remote-context.js'
import { messageOf } from '../../errors.js'
import { quote } from '../../go/strconv.js'
import { redactedText } from '../../remote/origin.js'
import { updateRepositories } from '../../remote/update-repositories.js'

/** `portolan repo update`: fetches the indexes of the repositories anew. */
export const repoUpdate: Command = {
  name: 'update',
  aliases: ['up'],
  usage: '[REPO1 [REPO2 ...]]',
  summary: 'update information of available charts locally from chart repositories',
  description: 'Fetches the indexes of the named repositories, or of all of them, into the cache that search and install read.',
  arguments: { min: 0 },
  flags: [
    { name: 'fail-on-repo-update-fail', type: 'bool', usage: 'ignored', hidden: true, deprecated: 'it has no effect: a failed update is always an error' },
    { name: 'timeout', type: 'duration', default: '2m0s', usage: 'how long one index may take' }
  ],
  run: async (context, names, flags) => {
    const { stdout } = context
    await updateRepositories(remoteContext(context, flags), names, {
      timeout: flags.milliseconds('timeout'),
      onStart: () => stdout.write('Hang tight while we grab the latest from your chart repositories...\n'),
      onDone: ({ name, url }, error) => stdout.write(error === undefined
        ? `...Successfully got an update from the ${quote(name)} chart repository\n`
        : `...Unable to get an update from the ${quote(name)} chart repository (${redactedText(url)}):\n\t${messageOf(error)}\n`)
    })
    stdout.write('Update Complete. ⎈Happy Helming!⎈\n')
  }
}
