import { Buffer } from 'node:buffer'
import { encode, isValidUtf8, toValidUtf8 } from '../bytes.js'
import { Complex } from '../complex.js'
import { JsonError, YamlError } from '../errors.js'
import { formatFloat } from '../format-float.js'
import { jsonValueOf, quoteJson } from '../json.js'
import { NilMap } from '../nil-map.js'
import { GoObject, Int, type Dict, type Value } from '../value.js'
import { compareKeys, compareKeysV3 } from './key-order.js'

/** A string as it is written, after its tag if it needs one. */
export interface TaggedText {
  readonly tag: string
  readonly text: string
}

/** What differs between the ways in which Helm writes YAML. */
export interface Dialect {
  /** How much deeper than its key a list stands. */
  readonly listIndent: 0 | 2
  /** Whether long lines are folded. */
  readonly folds: boolean
  /** Whether block scalars may hold tabs. */
  readonly tabs: boolean
  /** A map's keys in the order in which they are written. */
  keys: (dict: Dict) => string[]
  float: (value: number) => string
  key: (text: string) => TaggedText
  text: (text: string) => TaggedText
  /** What is written for a map without keys, nil or not. */
  emptyDict: (dict: Dict) => string
  /** What is written in place of bytes or of a struct. */
  plain: (value: GoObject | Uint8Array) => Value
  /** What is written just so, never quoted, in place of a struct; undefined for every other. */
  asIs: (value: GoObject | Uint8Array) => string | undefined
}

/** What a struct is written as: its exported fields, in their declared order. */
class Fields extends Map<string, Value> {}

/** sigs.k8s.io/yaml: every value is written as JSON, read by go-yaml v2 and written by it. */
export const throughJson: Dialect = {
  listIndent: 0,
  folds: true,
  tabs: false,
  keys: dict => [...dict.keys()].sort(compareKeys),
  float: floatThroughJson,
  key: keyThroughJson,
  text: textThroughJson,
  emptyDict: dict => dict instanceof NilMap ? 'null' : '{}',
  plain: value => value instanceof GoObject ? plainThroughJson(value) : Buffer.from(value).toString('base64'),
  asIs: () => undefined
}

/** go-yaml v3 with an indentation of two, which takes values as they are. */
export const pretty: Dialect = {
  listIndent: 2,
  folds: false,
  tabs: true,
  keys: dict => dict instanceof Fields ? [...dict.keys()] : [...dict.keys()].sort(compareKeysV3),
  float: floatAsIs,
  key: textAsIs,
  text: textAsIs,
  emptyDict: () => '{}',
  plain: value => value instanceof GoObject ? plainAsIs(value) : Array.from(value, byte => new Int('uint8', BigInt(byte))),
  asIs: timeAsIs
}

function orYamlError<T> (make: () => T): T {
  try {
    return make()
  } catch (error) {
    if (error instanceof JsonError) throw new YamlError('unsupported', `error marshaling into JSON: ${error.message}`, { cause: error })
    throw error
  }
}

function plainThroughJson (object: GoObject): Value {
  if (object instanceof Complex) throw new YamlError('unsupported', `error marshaling into JSON: json: unsupported type: ${object.goType}`)
  const own = orYamlError(() => jsonValueOf(object))
  if (own !== undefined) return own
  return object.elements() ?? new Map(object.jsonFields())
}

/** A duration is its text; nil slices and maps are empty ones. */
function plainAsIs (object: GoObject): Value {
  const elements = object.elements()
  if (elements !== undefined) return elements
  if (object instanceof Complex) throw new YamlError('internal', `cannot marshal type: ${object.goType}`)
  if (object.goType === 'time.Duration') return object.string() ?? null
  return object.jsonValue() ?? new Fields(object.fields().filter(([name]) => /^[A-Z]/.test(name)).map(([name, field]) => [name.toLowerCase(), field]))
}

function timeAsIs (object: GoObject | Uint8Array): string | undefined {
  if (!(object instanceof GoObject) || object.goType !== 'time.Time') return undefined
  const text = object.jsonValue()
  return typeof text === 'string' ? text : undefined
}

const minInt64 = -(2n ** 63n)
const maxUint64 = 2n ** 64n - 1n

/** A float64 comes back from JSON as an integer when it has no fraction and fits 64 bits. */
function floatThroughJson (value: number): string {
  if (Number.isSafeInteger(value)) return String(value + 0)
  if (Number.isInteger(value) && Math.abs(value) < 1e21) {
    const text = String(value)
    const integer = BigInt(text)
    if (integer >= minInt64 && integer <= maxUint64) return text
  }
  if (Number.isFinite(value)) return formatFloat(value, 'g', -1)
  throw new YamlError('unsupported', `error marshaling into JSON: json: unsupported value: ${formatFloat(value, 'g', -1)}`)
}

function floatAsIs (value: number): string {
  if (Number.isNaN(value)) return '.nan'
  if (Number.isFinite(value)) return formatFloat(value, 'g', -1)
  return value > 0 ? '.inf' : '-.inf'
}

/** A key longer than this in JSON cannot be read back by go-yaml; nor can one with a raw NEL, which is a line break to it. */
const longestKey = 1024

function keyThroughJson (key: string): TaggedText {
  const found = textThroughJson(key)
  if (key.includes('\x85') || (key.length >= longestKey / 8 && Array.from(quoteJson(found.text)).length > longestKey)) {
    throw new YamlError('unsupported', "yaml: did not find expected ',' or '}'")
  }
  return found
}

const unsafe = /[\x7f-\x9f\ud800-\udfff\ufffe\uffff]/
const refused = /[\x7f-\x84\x86-\x9f\ufffe\uffff]/

/** A document's end within a quoted string, after a line break that JSON does not escape. */
const documentMark = /\x85(?:---|\.\.\.)[ \x85]/

/** On its way through JSON and go-yaml's reader, invalid bytes of a string are replaced, and a raw NEL is a line break. */
function textThroughJson (text: string): TaggedText {
  if (!unsafe.test(text)) return { tag: '', text }
  if (refused.test(text)) throw new YamlError('unsupported', 'yaml: control characters are not allowed')
  if (documentMark.test(text)) throw new YamlError('unsupported', 'yaml: found unexpected document indicator')
  const valid = toValidUtf8(text)
  return { tag: '', text: valid.includes('\x85') ? foldNel(valid) : valid }
}

/** As go-yaml folds line breaks within quotes: the spaces around them vanish, one break is a space, more are one less. */
function foldNel (text: string): string {
  const lines = text.split('\x85')
  let out = ''
  let breaks = 0
  for (const [index, line] of lines.entries()) {
    const from = index === 0 ? 0 : skipSpaces(line)
    const inner = index === lines.length - 1 ? line.slice(from) : withoutLastSpaces(line.slice(from))
    if (breaks > 0 && (inner !== '' || index === lines.length - 1)) {
      out += breaks === 1 ? ' ' : '\n'.repeat(breaks - 1)
      breaks = 0
    }
    out += inner
    breaks++
  }
  return out
}

function skipSpaces (line: string): number {
  let at = 0
  while (line.charCodeAt(at) === 0x20) at++
  return at
}

function withoutLastSpaces (line: string): string {
  let end = line.length
  while (end > 0 && line.charCodeAt(end - 1) === 0x20) end--
  return line.slice(0, end)
}

/** go-yaml breaks long base64 into lines of this length. */
const base64Line = 70

/** Text that is no UTF-8 is written as base64. */
function textAsIs (text: string): TaggedText {
  if (isValidUtf8(text)) return { tag: '', text }
  const base64 = Buffer.from(encode(text)).toString('base64')
  if (base64.length < base64Line) return { tag: '!!binary', text: base64 }
  return { tag: '!!binary', text: base64.replace(new RegExp(`.{1,${base64Line}}`, 'g'), '$&\n') }
}
