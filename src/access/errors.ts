import { CodedError } from '../errors.js'

/** What can be wrong with who may do what. */
export type AccessErrorCode = 'invalid-file' | 'invalid-expression' | 'keys-unavailable' | 'busy'

/** Access that cannot be decided, or a file or setting of access that cannot be used; the message names the file and line, never a secret. */
export class AccessError extends CodedError<AccessErrorCode> {}
