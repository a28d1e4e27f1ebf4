import { GoObject, type Value } from './value.js'

/** The kinds whose types print a name of their own but count and compare as what they are made of. */
const basicKinds = /^(?:bool|string|u?int(?:8|16|32|64)?|float(?:32|64))$/

/**
 * What a named type of a basic kind is made of: of a `time.Duration` the integer.
 *
 * @param value any value
 * @returns a boolean, number, integer or string for such a type (what its object gives encoding/json); else the value itself
 */
export function basicValue (value: Value): Value {
  if (!(value instanceof GoObject) || !basicKinds.test(value.goKind)) return value
  return value.jsonValue() ?? value
}
