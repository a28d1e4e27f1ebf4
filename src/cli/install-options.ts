import type { InstallOptions } from '../action/install.js'
import type { Log } from '../action/log.js'
import type { Flags } from './flags.js'
import { refuseTogether } from './exclusive-flags.js'
import { waitOf } from './wait-flag.js'

/** What the flags of install and template say about how a release is installed. */
export type InstallFlagOptions = Omit<InstallOptions, 'chart' | 'values' | 'name' | 'namespace' | 'dryRun'>

/** What flags say that install, template and upgrade have in common. */
export type ReleaseFlagOptions = Omit<InstallFlagOptions, 'serverSide' | 'replace'>

/**
 * Reads the flags that install and template have in common, but for those that say what is installed.
 *
 * @param flags the call's
 * @param log for warnings about deprecated values
 * @throws {CliError} invalid-argument
 */
export function installOptions (flags: Flags, log: Log): InstallFlagOptions {
  return { ...releaseOptions(flags, log), serverSide: flags.bool('server-side'), replace: flags.bool('replace') }
}

/** The same, for those that upgrade has as well. */
export function releaseOptions (flags: Flags, log: Log): ReleaseFlagOptions {
  return {
    ...forceOptions(flags),
    hooks: !flags.bool('no-hooks'),
    wait: waitOf(flags, log),
    waitForJobs: flags.bool('wait-for-jobs'),
    timeout: flags.milliseconds('timeout'),
    createNamespace: flags.bool('create-namespace'),
    skipCrds: flags.bool('skip-crds'),
    skipSchemaValidation: flags.bool('skip-schema-validation'),
    takeOwnership: flags.bool('take-ownership'),
    rollbackOnFailure: flags.bool('rollback-on-failure') || flags.bool('atomic'),
    description: flags.string('description'),
    labels: flags.pairs('labels')
  }
}

/**
 * Reads the flags on how existing objects are updated.
 *
 * @param flags the call's
 * @throws {CliError} invalid-argument, for flags that exclude each other
 */
export function forceOptions (flags: Flags): Pick<InstallOptions, 'forceConflicts' | 'forceReplace'> {
  refuseTogether(flags, 'force-replace', 'force-conflicts')
  refuseTogether(flags, 'force', 'force-conflicts')
  return { forceConflicts: flags.bool('force-conflicts'), forceReplace: flags.bool('force-replace') || flags.bool('force') }
}
