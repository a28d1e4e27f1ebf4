import type { Value } from '../go/value.js'
import { define, variadic, type FunctionTable } from './define.js'
import { isEmpty } from './empty.js'
import { deepCopy } from './equal.js'
import { SprigError } from './errors.js'

/** Sprig's functions that choose between values by whether they are empty. */
export const defaultFunctions: FunctionTable = new Map([
  ['default', variadic(['any'], 'any', (otherwise, ...given) => given[0] === undefined || isEmpty(given[0]) ? otherwise : given[0])],
  ['empty', define(['any'], isEmpty)],
  ['coalesce', variadic([], 'any', (...values) => values.find(value => !isEmpty(value)) ?? null)],
  ['all', variadic([], 'any', (...values) => !values.some(isEmpty))],
  ['any', variadic([], 'any', (...values) => values.some(value => !isEmpty(value)))],
  ['ternary', define(['any', 'any', 'bool'], (whenTrue, whenFalse, test) => test ? whenTrue : whenFalse)],
  ['deepCopy', define(['any'], copyOf)],
  ['mustDeepCopy', define(['any'], copyOf)]
])

/** copystructure copies no nil, but in a list or map. */
function copyOf (value: Value): Value {
  if (value === null) throw new SprigError('nil', 'reflect: call of reflect.Value.Type on zero Value')
  return deepCopy(value)
}
