import { quote } from '../go/strconv.js'
import { CliError } from './errors.js'

/**
 * Reads the number of a revision, in Helm's words.
 *
 * @param text an argument
 * @throws {CliError} invalid-argument
 */
export function revisionArgument (text: string): number {
  if (/^[+-]?\d{1,15}$/.test(text)) return Number(text)
  throw new CliError('invalid-argument', `could not convert revision to a number: strconv.Atoi: parsing ${quote(text)}: invalid syntax`)
}
