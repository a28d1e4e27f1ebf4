import type { Command } from '../command.js'
import { buildInfo, printBuildInfo, runVersionTemplate, shortVersion } from '../build-info.js'
import { packageVersion } from '../../db/package-root.js'

/** `portolan version`: which version this is, and which Helm it follows. */
export const version: Command = {
  name: 'version',
  usage: '',
  summary: 'print the version information',
  description: [
    'Prints which version this is. Version is the Helm release whose behaviour it follows, so that scripts which compare Helm\'s version go on working;',
    'PortolanVersion is its own.',
    '',
    'A template may print Version, GitCommit, GitTreeState, GoVersion, KubeClientVersion, PortolanVersion and NodeVersion, such as --template \'{{.PortolanVersion}}\'.'
  ].join('\n'),
  arguments: { min: 0, max: 0 },
  flags: [
    { name: 'client', short: 'c', type: 'bool', usage: 'ignored', hidden: true },
    { name: 'short', type: 'bool', usage: 'print the version number only' },
    { name: 'template', type: 'string', usage: 'print what this Go template makes of the version' }
  ],
  run: async (context, _args, flags) => {
    const info = buildInfo(packageVersion(), process.version)
    const template = flags.string('template')
    if (template !== '') context.stdout.write(runVersionTemplate(template, info))
    else context.stdout.write(`${flags.bool('short') ? shortVersion(info) : printBuildInfo(info)}\n`)
  }
}
