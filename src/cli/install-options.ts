import type { InstallOptions } from '../action/install.js'
import type { Log } from '../action/log.js'
import type { Flags } from './flags.js'
import { refuseTogether } from './unsupported-flags.js'
import { waitOf } from './wait-flag.js'

/** What the flags of install and template say about how a release is installed. */
export type InstallFlagOptions = Omit<InstallOptions, 'chart' | 'values' | 'name' | 'namespace' | 'dryRun'>

/**
 * Reads the flags that install and template have in common, but for those that say what is installed.
 *
 * @param flags the call's
 * @param log for warnings about deprecated values
 * @param options `dryRunOnly`: nothing will be installed
 * @throws {CliError} invalid-argument
 */
export function installOptions (flags: Flags, log: Log, { dryRunOnly = false } = {}): InstallFlagOptions {
  refuseTogether(flags, 'force-replace', 'force-conflicts')
  refuseTogether(flags, 'force', 'force-conflicts')
  return {
    hooks: !flags.bool('no-hooks'),
    wait: waitOf(flags, log, { unused: dryRunOnly }),
    waitForJobs: flags.bool('wait-for-jobs'),
    timeout: flags.milliseconds('timeout'),
    createNamespace: flags.bool('create-namespace'),
    skipCrds: flags.bool('skip-crds'),
    skipSchemaValidation: flags.bool('skip-schema-validation'),
    serverSide: flags.bool('server-side'),
    forceConflicts: flags.bool('force-conflicts'),
    takeOwnership: flags.bool('take-ownership'),
    replace: flags.bool('replace'),
    rollbackOnFailure: flags.bool('rollback-on-failure') || flags.bool('atomic'),
    description: flags.string('description'),
    labels: flags.pairs('labels')
  }
}
