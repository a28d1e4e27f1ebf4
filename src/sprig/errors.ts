import { CodedError } from '../errors.js'

/**
 * A function of a template could not do what it was asked. The message is worded as Go's runtime, Sprig or the library behind it words it,
 * so that the template engine's `error calling NAME: ` in front of it makes Helm's text.
 *
 * - `type`: an argument is of a kind that the function does not take
 * - `bounds`: a position lies outside of a string or list
 * - `nil`: Go would follow a nil pointer, or write to a nil map
 * - `arithmetic`: division by zero, a number that is none
 * - `syntax`: a text could not be read (pattern, URL, version, JSON)
 * - `limit`: the result would be larger than we let a template make it
 * - `failed`: the template asked for it (`fail`)
 */
export class SprigError extends CodedError<'type' | 'bounds' | 'nil' | 'arithmetic' | 'syntax' | 'limit' | 'failed'> {}
