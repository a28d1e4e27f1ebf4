import { ActionError } from './errors.js'

/** Tells whether labels are what a selector asks for. */
export type LabelMatcher = (labels: ReadonlyMap<string, string>) => boolean

const requirement = /\s*(?:(!)\s*([^\s,!=<>()]+)|([^\s,!=<>()]+)\s+(in|notin)\s*\(([^()]*)\)|([^\s,!=<>()]+)\s*(==|=|!=|<|>)\s*([^\s,!=<>()]*)|([^\s,!=<>()]+))\s*(?:,|$)/y

/**
 * Reads a label selector in Kubernetes' notation: `a=b`, `a==b`, `a!=b`, `a in (b,c)`, `a notin (b,c)`, `a`, `!a`, `a>1`, `a<1`, joined by commas.
 *
 * @param text the selector; an empty one accepts everything
 * @throws {ActionError} invalid-option
 */
export function labelMatcher (text: string): LabelMatcher {
  const matchers: LabelMatcher[] = []
  requirement.lastIndex = 0
  while (requirement.lastIndex < text.length && text.trim() !== '') {
    const match = requirement.exec(text)
    if (match === null) throw new ActionError('invalid-option', `unable to parse requirement: ${JSON.stringify(text)} is no label selector`)
    matchers.push(matcherOf(match))
  }
  return labels => matchers.every(matches => matches(labels))
}

function matcherOf ([, , absent, setKey = '', setOperator, members = '', key = '', operator, value = '', present = '']: RegExpExecArray): LabelMatcher {
  if (absent !== undefined) return labels => !labels.has(absent)
  if (setOperator !== undefined) return inSet(setKey, setOperator === 'in', new Set(members.split(',').map(member => member.trim())))
  switch (operator) {
    case '=':
    case '==': return labels => labels.get(key) === value
    case '!=': return labels => labels.get(key) !== value
    case '>': return labels => Number(labels.get(key)) > Number(value)
    case '<': return labels => Number(labels.get(key)) < Number(value)
    default: return labels => labels.has(present)
  }
}

/** A key that is absent is in no set. */
function inSet (key: string, wanted: boolean, members: ReadonlySet<string>): LabelMatcher {
  return labels => {
    const value = labels.get(key)
    return (value !== undefined && members.has(value)) === wanted
  }
}
