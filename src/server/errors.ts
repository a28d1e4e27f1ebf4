import { CodedError } from '../errors.js'

/** What a request can get wrong before the catalogue is asked. */
export type RequestErrorCode = 'not-found' | 'bad-request' | 'too-large' | 'not-ready'

/** A request that cannot be served; the message is what the client reads. */
export class RequestError extends CodedError<RequestErrorCode> {}
