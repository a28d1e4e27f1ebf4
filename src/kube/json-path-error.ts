import { CodedError } from '../errors.js'

/** A JSONPath template that cannot be read, or does not fit the values it is run on. */
export class JsonPathError extends CodedError<'syntax' | 'execution'> {}
