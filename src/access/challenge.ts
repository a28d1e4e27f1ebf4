import { entryType } from './action-rule.js'
import { namespaceOf, type Question } from './decide.js'

/** What clients are told of the token server. */
export interface TokenServer {
  readonly realm: string
  readonly service: string
}

/** ChartMuseum's challenge for users and passwords. */
export const basicChallenge = 'Basic realm="ChartMuseum"'

/**
 * ChartMuseum's challenge for tokens, as registries know it: where to get one, and which.
 *
 * @param server the token server
 * @param question what the token would be for
 */
export function bearerChallenge ({ realm, service }: TokenServer, question: Question): string {
  const scope = `${entryType}:${namespaceOf(question)}:${question.action}`
  return `Bearer realm="${quoted(realm)}",service="${quoted(service)}",scope="${quoted(scope)}"`
}

/** The inside of a quoted string (RFC 9110, 5.6.4); what a header cannot carry is a question mark, for the text is only a hint. */
function quoted (text: string): string {
  return text.replace(/[^\x20-\x7e]/g, '?').replace(/["\\]/g, '\\$&')
}
