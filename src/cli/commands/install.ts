import type { Command } from '../command.js'
import { dryRunFlag, dryRunOf } from '../dry-run-flag.js'
import { installFlags, shownFlags } from '../install-flags.js'
import { installOptions } from '../install-options.js'
import { writeRelease } from '../output/release-output.js'
import { statusText } from '../output/status-text.js'
import { outputFlag, outputFormat } from '../output/write-output.js'
import { noProgressFlag } from '../progress-flag.js'
import { renderContext } from '../render-context.js'
import { requestRelease } from '../request.js'
import { runInstall } from '../run-install.js'
import { waitForLockFlag } from '../wait-flag.js'
import { waitForFlag, waitForOf } from '../wait-for-flag.js'

/** `portolan install`: installs a chart as a release. */
export const install: Command = {
  name: 'install',
  usage: '[NAME] [CHART]',
  summary: 'install a chart',
  description: [
    'Installs a chart. The chart is a folder, an archive, a URL, repo/chart, or a name together with --repo.',
    '',
    'Values are merged in this order, later ones over earlier ones: -f, --set-json, --set, --set-string, --set-file, --set-literal.'
  ].join('\n'),
  arguments: { min: 1 },
  errorPrefix: 'INSTALLATION FAILED: ',
  flags: [
    ...installFlags,
    ...shownFlags,
    dryRunFlag,
    outputFlag,
    waitForLockFlag,
    waitForFlag,
    noProgressFlag
  ],
  run: async (context, args, flags) => {
    const format = outputFormat(flags.string('output'))
    const rendering = renderContext(context, flags)
    const dryRun = dryRunOf(flags, rendering.log, { template: false })
    const options = { ...installOptions(flags, rendering.log), waitForLock: flags.milliseconds('wait-for-lock'), waitFor: waitForOf(flags) }
    const request = await requestRelease(args, { context, flags, rendering })
    const release = await runInstall(context, flags, { dryRun, options, request, log: rendering.log })
    const text = (): string => statusText(release, { debug: flags.bool('debug'), hideNotes: flags.bool('hide-notes') })
    writeRelease(context.stdout, format, { release, text })
  }
}
