import { StrconvError } from '../go/errors.js'
import { parseInt } from '../go/strconv.js'
import { CliError } from './errors.js'

/**
 * The date that archives are to carry, so that they come out the same every time (reproducible-builds.org).
 *
 * @param env the environment's variables
 * @returns undefined when SOURCE_DATE_EPOCH is empty or not set
 * @throws {CliError} invalid-argument when it is no number of seconds
 */
export function sourceDateEpoch (env: Readonly<Record<string, string | undefined>>): Date | undefined {
  const text = env['SOURCE_DATE_EPOCH'] ?? ''
  if (text === '') return undefined
  const seconds = parse(text)
  if (seconds < 0) throw new CliError('invalid-argument', 'invalid SOURCE_DATE_EPOCH: must not be negative')
  return new Date(seconds * 1000)
}

function parse (text: string): number {
  try {
    return Number(parseInt(text, 10, 'ParseInt'))
  } catch (error) {
    if (!(error instanceof StrconvError)) throw error
    throw new CliError('invalid-argument', `invalid SOURCE_DATE_EPOCH: ${error.message}`, { cause: error })
  }
}
