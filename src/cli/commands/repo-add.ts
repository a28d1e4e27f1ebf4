import { text } from 'node:stream/consumers'
import type { CliContext, Command } from '../command.js'
import type { Flags } from '../flags.js'
import { readPassword } from '../read-password.js'
import { remoteContext } from '../remote-context.js'
import { quote } from '../../go/strconv.js'
import { addRepository } from '../../remote/add-repository.js'

/** `portolan repo add`: remembers a repository and fetches its index. */
export const repoAdd: Command = {
  name: 'add',
  usage: '[NAME] [URL]',
  summary: 'add a chart repository',
  arguments: { min: 2, max: 2 },
  flags: [
    { name: 'allow-deprecated-repos', type: 'bool', usage: 'take the official repositories that are gone for good' },
    { name: 'ca-file', type: 'string', usage: 'check the server against the certificate authorities in this file' },
    { name: 'cert-file', type: 'string', usage: 'show this TLS certificate to the server' },
    { name: 'force-update', type: 'bool', usage: 'replace a repository of the same name' },
    { name: 'insecure-skip-tls-verify', type: 'bool', usage: "do not check the server's TLS certificate" },
    { name: 'key-file', type: 'string', usage: 'the key of the TLS certificate' },
    { name: 'no-update', type: 'bool', usage: 'ignored', hidden: true, deprecated: 'it has no effect: a repository is only replaced with --force-update' },
    { name: 'pass-credentials', type: 'bool', usage: 'show name, password and certificate to every host, not only to the repository' },
    { name: 'password', type: 'string', usage: "the repository's password" },
    { name: 'password-stdin', type: 'bool', usage: 'read the password from standard input' },
    { name: 'timeout', type: 'duration', default: '2m0s', usage: 'how long the index may take' },
    { name: 'username', type: 'string', usage: "the repository's user name" }
  ],
  run: async (context, [name = '', url = ''], flags) => {
    const added = await addRepository(remoteContext(context, flags), {
      name,
      url,
      username: flags.string('username'),
      password: await passwordOf(context, flags),
      certFile: flags.string('cert-file'),
      keyFile: flags.string('key-file'),
      caFile: flags.string('ca-file'),
      insecureSkipTlsVerify: flags.bool('insecure-skip-tls-verify'),
      passCredentialsAll: flags.bool('pass-credentials')
    }, {
      forceUpdate: flags.bool('force-update'),
      allowDeprecatedRepos: flags.bool('allow-deprecated-repos'),
      timeout: flags.milliseconds('timeout')
    })
    context.stdout.write(added === 'added'
      ? `${quote(name)} has been added to your repositories\n`
      : `${quote(name)} already exists with the same configuration, skipping\n`)
  }
}

/** The password given; asked for when there is only a user name. */
async function passwordOf (context: CliContext, flags: Flags): Promise<string> {
  const given = flags.string('password')
  if (flags.string('username') === '' || given !== '') return given
  if (!flags.bool('password-stdin')) return await readPassword(context)
  return (await text(context.stdin)).replace(/\n$/, '').replace(/\r$/, '')
}
