import type { Against, Preview } from '../../action/diff/preview.js'
import type { ObjectChange } from '../../action/diff/object-change.js'
import type { CliContext, Command, Flag } from '../command.js'
import { againstFlag, againstOf, diffFlags, exitWords, liveWords, printDifferences } from '../diff-flags.js'
import { CliError } from '../errors.js'
import type { Flags } from '../flags.js'
import { releaseOptions } from '../install-options.js'
import { noProgressFlag } from '../progress-flag.js'
import { renderContext } from '../render-context.js'
import { requestChartAt } from '../request.js'
import { upgradeCrdsFlag } from '../review.js'
import { refuseTogether } from '../exclusive-flags.js'
import { upgradeFlags } from '../upgrade-flags.js'
import { waitForLockFlag } from '../wait-flag.js'
import { waitForFlag } from '../wait-for-flag.js'
import { absenceOf, installed, upgradedTo } from './upgrade.js'

/** What has no bearing on what an upgrade would change: taken all the same, so that `diff` can be put before the words of an upgrade. */
const irrelevant = new Set([
  'cleanup-on-fail', 'create-namespace', 'description', 'hide-notes', 'hide-secret', 'history-max', 'labels', 'render-subchart-notes',
  'rollback-on-failure', 'timeout', 'wait', 'wait-for-jobs', noProgressFlag.name, waitForFlag.name, waitForLockFlag.name
])

const usages: Readonly<Record<string, string>> = {
  install: 'if there is no release of this name, show what would be installed',
  'no-hooks': 'leave out hooks',
  'skip-crds': 'with --install, leave out the CRDs that would be installed'
}

const flags: readonly Flag[] = [...upgradeFlags, noProgressFlag, waitForFlag, waitForLockFlag].map(flag => ({
  ...flag, usage: usages[flag.name] ?? flag.usage, ...irrelevant.has(flag.name) ? { hidden: true } : {}
}))

/** `portolan diff upgrade`: what an upgrade would change. */
export const diffUpgrade: Command = {
  name: 'upgrade',
  usage: '[RELEASE] [CHART]',
  summary: 'show what an upgrade would change',
  description: [
    'Shows what an upgrade would change; it takes the arguments and flags of `portolan upgrade`.',
    '',
    liveWords,
    'With --against=stored, the manifest of the deployed revision is compared with the new one. Hooks are compared as they are recorded.',
    '',
    exitWords
  ].join('\n'),
  arguments: { min: 2, max: 2 },
  flags: [
    ...flags,
    ...diffFlags,
    againstFlag,
    { name: 'allow-unreleased', type: 'bool', usage: 'the same as --install' },
    { ...upgradeCrdsFlag, usage: "also show what --upgrade-crds would change in the CRDs of the chart's crds/ folders" }
  ],
  run: async (context, [name = '', reference = ''], flags) => {
    const against = againstOf(flags)
    refuseTogether(flags, 'upgrade-crds', 'skip-crds')
    if (flags.bool('hide-secret')) throw new CliError('invalid-argument', 'a diff shows Secrets without their values anyway: leave out --hide-secret')
    await printDifferences(context, flags, async () => await differences(context, flags, { name, reference, against }))
  }
}

interface Wanted {
  readonly name: string
  readonly reference: string
  readonly against: Against
}

/** A dry run of the upgrade, or of the installation, shows them. */
async function differences (context: CliContext, flags: Flags, { name, reference, against }: Wanted): Promise<readonly ObjectChange[]> {
  const rendering = renderContext(context, flags)
  const requesting = { context, flags, rendering }
  const absence = flags.bool('install') || flags.bool('allow-unreleased') ? await absenceOf(context, flags, name) : undefined
  const request = { name, ...await requestChartAt(reference, requesting) }
  let found: readonly ObjectChange[] = []
  const review = async (preview: Preview): Promise<void> => { found = [...preview.crds, ...await preview.changes(against)] }
  const options = { ...releaseOptions(flags, rendering.log), waitForLock: 0, upgradeCrds: flags.bool('upgrade-crds'), review }
  const change = { dryRun: 'server', options, request } as const
  await (absence === undefined ? upgradedTo(requesting, change) : installed(requesting, change, absence))
  return found
}
