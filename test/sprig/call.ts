import type { GoFunc, Value } from '../../src/go/value.js'
import { sprigFunctions } from '../../src/sprig/table.js'
import { fixedSources } from '../engine/case-chart.js'

/**
 * Calls one of Sprig's functions as the template engine would, after its checks.
 *
 * @param name the function's name
 * @param args its arguments
 * @returns what it gives
 */
export function call (name: string, ...args: Value[]): Value {
  const found: GoFunc | undefined = sprigFunctions(fixedSources()).get(name)
  if (found === undefined) throw new Error(`no function ${name}`)
  return found.call(...args)
}
