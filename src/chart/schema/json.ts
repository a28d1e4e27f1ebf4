import { decode, toValidUtf8 } from '../../go/bytes.js'
import { JsonError } from '../../go/errors.js'
import { unmarshalJson } from '../../go/json.js'
import type { Dict, Value } from '../../go/value.js'
import { SchemaError } from './errors.js'
import { JsonNumber } from './number.js'

/** A value that is checked, or a part of a schema, whose numbers are JsonNumbers. */
export type Json = Value

/** An object of JSON. */
export type JsonObject = Dict

const token = /[ \t\r\n]*(?:([{}[\],:])|("[^"\\]*(?:\\.[^"\\]*)*")|(-?\d[\d.eE+-]*)|([a-z]+))/y

/**
 * Reads values.schema.json as Helm does: numbers keep their text, of equal keys the last one counts.
 *
 * @param bytes the file
 * @throws {SchemaError} invalid-schema, worded as encoding/json's Decoder words it (`EOF`, `unexpected EOF`, `invalid character …`)
 */
export function readSchema (bytes: Uint8Array): Json {
  const text = decode(bytes)
  checkSyntax(text)
  token.lastIndex = 0
  return readValue(text)
}

/** encoding/json says how the text is wrong; a number beyond float64 is none that is wrong here. */
function checkSyntax (text: string): void {
  try {
    unmarshalJson(text)
  } catch (error) {
    if (!(error instanceof JsonError)) throw error
    if (error.code === 'type') return
    throw new SchemaError('invalid-schema', decoderWords(text, error.message), { cause: error })
  }
}

/** Where a Decoder, which reads on for more, says other things than Unmarshal, which has it all. */
function decoderWords (text: string, message: string): string {
  if (message.endsWith('after top-level value')) return 'invalid character after top-level value'
  if (/^[ \t\r\n]*$/.test(text)) return 'EOF'
  if (message === 'unexpected end of JSON input' || endsInToken(text, message)) return 'unexpected EOF'
  return message
}

/** A text that ends within a token is reported as if a space followed; any other character there would be named itself. */
function endsInToken (text: string, message: string): boolean {
  if (!message.startsWith("invalid character ' '")) return false
  try {
    unmarshalJson(`${text}\x01`)
    return false
  } catch (error) {
    return error instanceof JsonError && error.message.startsWith("invalid character '\\x01'")
  }
}

/** The syntax was checked before: what stands where it may is all there is to find out. */
function readValue (text: string): Json {
  const [, mark, string, number, word] = token.exec(text) ?? []
  if (mark === '{') return readObject(text)
  if (mark === '[') return readList(text)
  if (string !== undefined) return readString(string)
  if (number !== undefined) return new JsonNumber(number)
  return word === 'null' ? null : word === 'true'
}

function readObject (text: string): JsonObject {
  const object: JsonObject = new Map()
  for (;;) {
    const [, mark, key] = token.exec(text) ?? []
    if (mark === '}') return object
    if (key === undefined) continue
    token.exec(text)
    object.set(readString(key), readValue(text))
  }
}

function readList (text: string): Json[] {
  const list: Json[] = []
  for (;;) {
    const start = token.lastIndex
    const mark = token.exec(text)?.[1]
    if (mark === ']') return list
    if (mark === ',') continue
    token.lastIndex = start
    list.push(readValue(text))
  }
}

function readString (literal: string): string {
  const parsed: unknown = JSON.parse(literal)
  return toValidUtf8(String(parsed))
}
