import type { Value } from '../../src/go/value.js'
import type { Functions } from './call.js'

/** Sprig's constructors, for cases that run below Sprig. */
export const collections: Functions = {
  list: (...items) => items,
  dict: (...pairs) => {
    const dict = new Map<string, Value>()
    for (let i = 0; i < pairs.length; i += 2) dict.set(textOf(pairs[i] ?? null), pairs[i + 1] ?? null)
    return dict
  }
}

/**
 * A value that must be a string.
 *
 * @param value any value
 * @returns it
 * @throws {TypeError} when it is none
 */
export function textOf (value: Value): string {
  if (typeof value !== 'string') throw new TypeError('expected a string')
  return value
}
