import { CodedError } from '../../../errors.js'

/** A text is not of a format: what is wrong with it, worded as santhosh-tekuri/jsonschema words it. */
export class FormatError extends CodedError<'format'> {
  constructor (message: string, options?: ErrorOptions) {
    super('format', message, options)
  }
}
