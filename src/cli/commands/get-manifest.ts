import { get } from '../../action/get.js'
import { withCluster } from '../cluster.js'
import type { CliContext, Command } from '../command.js'
import type { Flags } from '../flags.js'
import type { Release } from '../../release/release.js'
import { revisionFlag } from '../revision-flag.js'

/** `portolan get manifest`: the objects of a release, as they were rendered. */
export const getManifest: Command = {
  name: 'manifest',
  usage: 'RELEASE_NAME',
  summary: 'download the manifest for a named release',
  description: "Prints the objects that were rendered from a release's charts, as they stand in its record.",
  arguments: { min: 1, max: 1 },
  flags: [revisionFlag],
  run: async (context, [name = ''], flags) => {
    const { manifest } = await recorded(context, flags, name)
    context.stdout.write(`${manifest}\n`)
  }
}

/**
 * The record of a release, of the revision that `--revision` asks for.
 *
 * @throws {KubeError|ReleaseError|ActionError}
 */
export async function recorded (context: CliContext, flags: Flags, name: string): Promise<Release> {
  return await withCluster({ context, flags, interruptible: true }, async ({ context: action }) => await get(action, name, flags.int('revision')))
}
