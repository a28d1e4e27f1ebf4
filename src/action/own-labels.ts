import { hasSystemLabel, systemLabels } from '../release/driver.js'
import { ActionError } from './errors.js'

/**
 * Refuses labels of a record that are Helm's own.
 *
 * @param labels the user's
 * @throws {ActionError} reserved-label, in Helm's words
 */
export function requireOwnLabels (labels: ReadonlyMap<string, string>): void {
  if (!hasSystemLabel(labels)) return
  throw new ActionError('reserved-label', `user supplied labels contains system reserved label name. System labels: [${systemLabels.join(' ')}]`)
}
