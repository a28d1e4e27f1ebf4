import { CodedError } from '../errors.js'

/** What a request can get wrong before the catalogue is asked. */
export type RequestErrorCode = 'not-found' | 'bad-request' | 'too-large' | 'timeout' | 'not-ready'

/** A request that cannot be served; the message is what the client reads. */
export class RequestError extends CodedError<RequestErrorCode> {}

/** A certificate or key that TLS cannot be spoken with; the message names the files. */
export class TlsError extends CodedError<'invalid-file'> {}
