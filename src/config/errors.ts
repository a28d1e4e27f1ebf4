import { CodedError } from '../errors.js'

/** What can be wrong with settings. */
export type ConfigErrorCode = 'invalid-value' | 'unknown-key' | 'unreadable-file'

/** A setting that cannot be used; the message names the flag, variable or file key it came from. */
export class ConfigError extends CodedError<ConfigErrorCode> {}
