import { CodedError } from '../errors.js'

/** What an action refuses, or could not finish; failures of what it uses (cluster, records, charts) keep their own classes as causes. */
export type ActionErrorCode =
  | 'invalid-name' | 'name-in-use' | 'locked' | 'not-locked' | 'not-found' | 'no-deployed' | 'pending' | 'already-uninstalled' | 'invalid-option'
  | 'reserved-label' | 'missing-dependencies' | 'write-failed' | 'conflict' | 'manifest' | 'lint-failed' | 'hook-failed' | 'install-failed'
  | 'upgrade-failed' | 'stored-version' | 'rollback-failed' | 'uninstall-failed' | 'post-render-failed' | 'unreachable' | 'cancelled'

/** A failure of a use case, worded as Helm words it. */
export class ActionError extends CodedError<ActionErrorCode> {}
