import { JsonError } from '../go/errors.js'
import { marshalJson, unmarshalJson } from '../go/json.js'
import type { Value } from '../go/value.js'
import { define, type FunctionTable } from './define.js'

/** Sprig's JSON functions. Helm puts its own in place of `toJson`, `mustToJson` and `fromJson`. */
export const jsonFunctions: FunctionTable = new Map([
  ['toJson', define(['any'], value => orElse('', () => marshalJson(value)))],
  ['mustToJson', define(['any'], value => marshalJson(value))],
  ['toPrettyJson', define(['any'], value => orElse('', () => marshalJson(value, { indent: '  ' })))],
  ['mustToPrettyJson', define(['any'], value => marshalJson(value, { indent: '  ' }))],
  ['toRawJson', define(['any'], value => marshalJson(value, { escapeHtml: false }))],
  ['mustToRawJson', define(['any'], value => marshalJson(value, { escapeHtml: false }))],
  ['fromJson', define(['string'], text => orElse(null, () => unmarshalJson(text)))],
  ['mustFromJson', define(['string'], unmarshalJson)]
])

function orElse (otherwise: Value, work: () => Value): Value {
  try {
    return work()
  } catch (error) {
    // What is no JSON gives an empty result: the `must` functions are there for those who want to know.
    if (error instanceof JsonError) return otherwise
    throw error
  }
}
