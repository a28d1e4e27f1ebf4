import { chartPathFlags, chartPathOptions, develFlag } from '../chart-path-flags.js'
import type { Command } from '../command.js'
import { verificationText } from '../output/verification-text.js'
import { remoteContext } from '../remote-context.js'
import { messageOf } from '../../errors.js'
import { pullChart } from '../../remote/pull.js'

/** `portolan pull`: fetches archives, and unpacks them if wanted. */
export const pull: Command = {
  name: 'pull',
  aliases: ['fetch'],
  usage: '[chart URL | repo/chartname] [...]',
  summary: 'download a chart from a repository and (optionally) unpack it in local directory',
  description: 'Downloads the archives of charts into a folder, or unpacks them into a folder of their own each. An archive whose digest is not the one in the index is refused.',
  arguments: { min: 1 },
  flags: [
    ...chartPathFlags,
    develFlag,
    { name: 'destination', short: 'd', type: 'string', default: '.', usage: 'the folder that gets the chart' },
    { name: 'prov', type: 'bool', usage: 'fetch the provenance file too, without checking it' },
    { name: 'untar', type: 'bool', usage: 'unpack the chart instead of keeping its archive' },
    { name: 'untardir', type: 'string', default: '.', usage: 'the folder to unpack into, below the destination' }
  ],
  run: async (context, references, flags) => {
    const remote = remoteContext(context, flags)
    for (const reference of references) {
      const { provenanceFailure, verification } = await pullChart(remote, reference, {
        ...chartPathOptions(flags, { devel: true }),
        destination: flags.string('destination'),
        untar: flags.bool('untar'),
        untarDir: flags.string('untardir'),
        provenance: flags.bool('prov')
      })
      if (verification !== undefined) context.stdout.write(verificationText(verification))
      if (provenanceFailure !== undefined) context.stdout.write(`WARNING: Verification not found for ${reference}: ${messageOf(provenanceFailure)}\n`)
    }
  }
}
