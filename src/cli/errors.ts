import { CodedError } from '../errors.js'

/** What a command line can get wrong; `silent` is for failures that were already told, `difference` for a difference that was, which is none. */
export type CliErrorCode = 'unknown-command' | 'unknown-flag' | 'invalid-argument' | 'arguments' | 'silent' | 'difference'

/** A mistake in the command line, worded as Helm (cobra and pflag) words it. */
export class CliError extends CodedError<CliErrorCode> {}
