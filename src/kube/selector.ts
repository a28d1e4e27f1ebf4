import type { Value } from '../go/value.js'
import { listAt, textAt, textsAt, type KubeObject } from './objects.js'

/**
 * The selector of a workload as the API takes it in queries; empty when it has none, since that would mean all Pods.
 *
 * @param live the workload
 */
export function selectorText (live: KubeObject): string {
  const labels = [...textsAt(live, 'spec', 'selector', 'matchLabels')].map(([name, value]) => `${name}=${value}`)
  return [...labels, ...listAt(live, 'spec', 'selector', 'matchExpressions').map(expressionText)].join(',')
}

function expressionText (expression: Value): string {
  const key = textAt(expression, ['key'])
  const values = listAt(expression, 'values').filter(value => typeof value === 'string').join(',')
  switch (textAt(expression, ['operator'])) {
    case 'In': return `${key} in (${values})`
    case 'NotIn': return `${key} notin (${values})`
    case 'DoesNotExist': return `!${key}`
    default: return key
  }
}
