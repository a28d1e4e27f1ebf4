import { status as releaseStatus } from '../../action/status.js'
import { withCluster } from '../cluster.js'
import type { Command } from '../command.js'
import { writeRelease } from '../output/release-output.js'
import { statusText } from '../output/status-text.js'
import { outputFlag, outputFormat } from '../output/write-output.js'
import { revisionFlag } from '../revision-flag.js'

/** `portolan status`: how a release is. */
export const status: Command = {
  name: 'status',
  usage: 'RELEASE_NAME',
  summary: 'display the status of the named release',
  description: "Shows a release's state, when it was last deployed, its objects in the cluster, its tests' last runs, and its notes.",
  arguments: { min: 1, max: 1 },
  flags: [outputFlag, { ...revisionFlag, usage: 'if set, display the status of the named release with revision' }],
  run: async (context, [name = ''], flags) => {
    const format = outputFormat(flags.string('output'))
    const { release, resources } = await withCluster({ context, flags, interruptible: true }, async ({ context: action, reader }) =>
      await releaseStatus(action, { name, revision: flags.int('revision'), tables: format === 'table' }, reader))
    const { chart: _, ...shown } = release
    writeRelease(context.stdout, format, { release: shown, resources, text: () => statusText(release, { resources }) })
  }
}
