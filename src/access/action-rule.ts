import jmespath from 'jmespath'
import { messageOf } from '../errors.js'
import type { ActionRule, Claims } from './decide.js'
import { AccessError } from './errors.js'

/** The type of every entry of `access` that is about charts. */
export const entryType = 'artifact-repository'

/**
 * ChartMuseum's rule: an entry of `access` of the right type, with exactly the tenant's name, lists the action. No wildcards, no prefixes.
 */
export const accessClaimRule: ActionRule = ({ access }, { action, namespace }) =>
  Array.isArray(access) && access.some(entry => isRecord(entry) && entry['name'] === namespace && entry['type'] === entryType &&
    Array.isArray(entry['actions']) && entry['actions'].includes(action))

/**
 * A rule that an operator wrote as a JMESPath expression over the claims (`--auth-actions-search-path`): what it finds must be a list that holds the
 * action. `$NAMESPACE` and `$ACCESS_ENTRY_TYPE` may stand in its quoted texts. The tenant's name is never spliced into the expression as it is: each
 * quoted text is read, filled, and quoted anew, so that no name can end it.
 *
 * @param expression the expression
 * @throws {AccessError} `invalid-expression` when it is none
 */
export function searchPathRule (expression: string): ActionRule {
  const parts = takeApart(expression)
  try {
    // The parser is not exported with types: a search of nothing parses all of it, and may fail only for what is not there.
    search({}, fill(parts, 'tenant'))
  } catch (error) {
    if (!isRuntimeFault(error)) throw new AccessError('invalid-expression', `${expression} is no JMESPath expression: ${messageOf(error)}`, { cause: error })
  }
  return (claims, { action, namespace }) => {
    const found = findOrNothing(claims, fill(parts, namespace))
    return Array.isArray(found) && found.includes(action)
  }
}

function search (claims: Claims, expression: string): unknown {
  return jmespath.search(claims, expression)
}

/** What an expression finds; one that cannot be applied to these claims (a function given the wrong type) finds nothing. */
function findOrNothing (claims: Claims, expression: string): unknown {
  try {
    return search(claims, expression)
  } catch (error) {
    if (isRuntimeFault(error)) return undefined
    throw error
  }
}

/** JMESPath's faults of type and value come from the document, all others from the expression. */
function isRuntimeFault (error: unknown): boolean {
  return error instanceof Error && (/^TypeError\b/.test(error.message))
}

/** A piece of an expression: text that stays as it is, or a quoted text that is written anew for each tenant. */
type Part = string | { readonly kind: 'literal' | 'identifier', readonly value: unknown }

/** Raw strings, quoted identifiers and JSON literals: where a name may stand. */
const quoted = /'(?:\\[^]|[^'\\])*'|"(?:\\[^]|[^"\\])*"|`(?:\\[^]|[^`\\])*`/g

function takeApart (expression: string): Part[] {
  const parts: Part[] = []
  let end = 0
  for (const match of expression.matchAll(quoted)) {
    if (!hasPlaceholder(match[0])) continue
    parts.push(expression.slice(end, match.index), readQuoted(match[0], expression))
    end = match.index + match[0].length
  }
  return [...parts, expression.slice(end)]
}

function readQuoted (text: string, expression: string): Part {
  const inner = text.slice(1, -1)
  if (text.startsWith("'")) return { kind: 'literal', value: inner.replaceAll("\\'", "'") }
  try {
    if (text.startsWith('"')) return { kind: 'identifier', value: JSON.parse(text) }
    return { kind: 'literal', value: readLiteral(inner.replaceAll('\\`', '`').trim()) }
  } catch (error) {
    throw new AccessError('invalid-expression', `${expression} is no JMESPath expression: ${text}: ${messageOf(error)}`, { cause: error })
  }
}

/** A literal is JSON; a bare text is taken as a string, as JMESPath once allowed. */
function readLiteral (text: string): unknown {
  return /^[[{"]/.test(text) ? JSON.parse(text) : text
}

function fill (parts: readonly Part[], namespace: string): string {
  return parts.map(part => typeof part === 'string' ? part : quote(part.kind, bind(part.value, namespace))).join('')
}

/** A JSON literal ends at a backtick, which JSON can spell otherwise. */
function quote (kind: 'literal' | 'identifier', value: unknown): string {
  const json = JSON.stringify(value)
  return kind === 'identifier' ? json : `\`${json.replaceAll('`', '\\u0060')}\``
}

/** Fills placeholders in every text of a value, in one pass: a name that looks like a placeholder stays a name. */
function bind (value: unknown, namespace: string): unknown {
  if (typeof value === 'string') return value.replace(/\$(?:NAMESPACE|ACCESS_ENTRY_TYPE)/g, name => name === '$NAMESPACE' ? namespace : entryType)
  if (Array.isArray(value)) return value.map(each => bind(each, namespace))
  return isRecord(value) ? Object.fromEntries(Object.entries(value).map(([key, each]) => [key, bind(each, namespace)])) : value
}

function hasPlaceholder (text: string): boolean {
  return /\$(?:NAMESPACE|ACCESS_ENTRY_TYPE)/.test(text)
}

function isRecord (value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
