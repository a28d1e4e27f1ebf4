import { quote } from '../go/strconv.js'
import { ActionError } from './errors.js'

const pattern = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/
const maxLength = 53

/** Whether a text may be the name of a release (Helm's ValidateReleaseName). */
export function isReleaseName (name: string): boolean {
  return name.length <= maxLength && pattern.test(name)
}

/**
 * Refuses a name that a release cannot have.
 *
 * @throws {ActionError} invalid-name, in Helm's words
 */
export function requireReleaseName (name: string): void {
  if (isReleaseName(name)) return
  const complaint = name === ''
    ? 'no name provided'
    : `invalid release name, must match regex ${pattern.source} and the length must not be longer than 53`
  throw new ActionError('invalid-name', `release name ${quote(name)}: ${complaint}`)
}
