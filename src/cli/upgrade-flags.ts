import type { CliContext, Flag } from './command.js'
import type { Flags } from './flags.js'
import { releaseFlags, shownFlags } from './install-flags.js'
import { settingsOf } from './settings.js'

/** `--server-side` of upgrade and rollback. */
export const serverSideFlag: Flag = {
  name: 'server-side',
  type: 'string',
  default: 'auto',
  usage: 'must be "true", "false" or "auto". Object updates run in the server instead of the client ("auto" defaults the value from the previous chart release\'s method)'
}

/** `--history-max` of the same commands; HELM_MAX_HISTORY unless given. */
export const maxHistoryFlag: Flag = { name: 'history-max', type: 'int', usage: 'limit the maximum number of revisions saved per release; 10 unless HELM_MAX_HISTORY says otherwise. Use 0 for no limit' }

/**
 * How many revisions are kept.
 *
 * @param context for the environment
 * @param flags the call's
 */
export function maxHistoryOf (context: CliContext, flags: Flags): number {
  return flags.changed('history-max') ? flags.int('history-max') : settingsOf(context, flags).maxHistory
}

/** What a flag that upgrade shares with install is to upgrade. */
const usages: Readonly<Record<string, string>> = {
  'create-namespace': 'if --install is set, create the release namespace if not present',
  'hide-notes': 'if set, do not show notes in upgrade output. Does not affect presence in chart metadata',
  labels: 'Labels that would be added to release metadata. Should be separated by comma. Original release labels will be merged with upgrade labels. You can unset label using null.',
  'no-hooks': 'disable pre/post upgrade hooks',
  'rollback-on-failure': 'if set, the upgrade is rolled back to the previous successful release upon failure. The --wait flag will be defaulted to "watcher" if --rollback-on-failure is set',
  'skip-crds': 'if set, no CRDs will be installed when an upgrade is performed with install flag enabled. By default, CRDs are installed if not already present, when an upgrade is performed with install flag enabled',
  'take-ownership': 'if set, upgrade will ignore the check for helm annotations and take ownership of the existing resources'
}

/** The flags of upgrade, but for those on its output. */
export const upgradeFlags: readonly Flag[] = [
  ...[...releaseFlags, ...shownFlags].map(flag => ({ ...flag, usage: usages[flag.name] ?? flag.usage })),
  serverSideFlag,
  maxHistoryFlag,
  { name: 'cleanup-on-fail', type: 'bool', usage: 'allow deletion of new resources created in this upgrade when upgrade fails' },
  { name: 'install', short: 'i', type: 'bool', usage: "if a release by this name doesn't already exist, run an install" },
  { name: 'reset-then-reuse-values', type: 'bool', usage: "when upgrading, reset the values to the ones built into the chart, apply the last release's values and merge in any overrides from the command line via --set and -f. If '--reset-values' or '--reuse-values' is specified, this is ignored" },
  { name: 'reset-values', type: 'bool', usage: 'when upgrading, reset the values to the ones built into the chart' },
  { name: 'reuse-values', type: 'bool', usage: "when upgrading, reuse the last release's values and merge in any overrides from the command line via --set and -f. If '--reset-values' is specified, this is ignored" }
]
