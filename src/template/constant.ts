import { Int, type Value } from '../go/value.js'
import type { Operand } from './ast.js'
import { Complex } from '../go/complex.js'
import type { NumberConstant } from './number.js'

/**
 * The value of a constant where no type is asked for.
 *
 * @param node any operand
 * @returns its value; undefined when it is no constant (nil is none here), or a whole number that overflows an int
 */
export function constantOf (node: Operand): Value | undefined {
  if (node.type === 'number') return idealConstant(node.value)
  return node.type === 'bool' || node.type === 'string' ? node.value : undefined
}

/** A number gets its type from how it is written, as in Go: a point or an exponent makes a float64. */
function idealConstant (number: NumberConstant): Value | undefined {
  if (number.complex !== undefined) return new Complex(number.complex.real, number.complex.imaginary)
  if (number.float !== undefined && looksLikeFloat(number.text)) return number.float
  return number.int === undefined ? undefined : new Int('int', number.int)
}

function looksLikeFloat (text: string): boolean {
  const isHexInteger = /^0[xX]./.test(text) && !/[pP]/.test(text)
  return !isHexInteger && !text.startsWith("'") && /[.eEpP]/.test(text)
}
