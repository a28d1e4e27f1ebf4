import { parseFloat, parseInt, parseUint } from '../strconv.js'
import { StrconvError } from '../errors.js'
import { Buffer } from 'node:buffer'
import { toValidUtf8, decode } from '../bytes.js'
import { isTimestamp } from './timestamp.js'

/** What go-yaml takes a plain scalar for. */
export type ScalarTag = 'str' | 'bool' | 'int' | 'float' | 'null' | 'timestamp' | 'merge'

/** A scalar with its type: an integer is a number when that is exact and a bigint otherwise; a timestamp keeps its text. */
export interface Scalar {
  readonly tag: ScalarTag
  readonly value: null | boolean | number | bigint | string
}

/** The words of YAML 1.1 that go-yaml knows, in exactly these spellings. */
const words: ReadonlyMap<string, Scalar> = new Map([
  ...named('bool', true, 'y Y yes Yes YES true True TRUE on On ON'),
  ...named('bool', false, 'n N no No NO false False FALSE off Off OFF'),
  ...named('null', null, '~ null Null NULL'),
  ...named('float', NaN, '.nan .NaN .NAN'),
  ...named('float', Infinity, '.inf .Inf .INF +.inf +.Inf +.INF'),
  ...named('float', -Infinity, '-.inf -.Inf -.INF'),
  ['', { tag: 'null', value: null }]
])

function named (tag: ScalarTag, value: Scalar['value'], list: string): Array<[string, Scalar]> {
  return list.split(' ').map(word => [word, { tag, value }])
}

/** The longest of the words. */
const longestWord = 5

const yamlFloat = /^[-+]?(?:\.\d+|\d+(?:\.\d*)?)(?:[eE][-+]?\d+)?$/
const binary = /^-?0b(.*)$/s

/**
 * Resolves a plain scalar as go-yaml v2 does (YAML 1.1 with its own additions: `0o17`, `1_000`, and no base 60).
 *
 * @param text the scalar's text
 * @returns its type and value; integers keep their 64 bits
 */
export function resolveScalar (text: string): Scalar {
  return resolveTyped(text) ?? { tag: 'str', value: text }
}

/**
 * Resolves a scalar with one of YAML's own tags as go-yaml v2 does.
 *
 * @param name the tag without `tag:yaml.org,2002:`, such as `int`
 * @param text the scalar's text, however it is quoted
 * @returns its type and value; or, when the text is none of that type, go-yaml's message
 */
export function resolveTagged (name: string, text: string): Scalar | string {
  if (name === 'str') return { tag: 'str', value: text }
  if (name === 'binary') return decodeBinary(text)
  if (!resolvable.has(name)) return { tag: 'str', value: text }
  const found = resolveScalar(text)
  if (found.tag === name) return found
  if (name === 'float' && found.tag === 'int' && Number(found.value) < 2 ** 63) return { tag: 'float', value: Number(found.value) }
  // Only an untagged scalar is tried as a time.
  return `cannot decode !!${found.tag === 'timestamp' ? 'str' : found.tag} \`${text}\` as a !!${name}`
}

const resolvable = new Set(['bool', 'int', 'float', 'null', 'timestamp'])

function decodeBinary (text: string): Scalar | string {
  const plain = text.replace(/[\r\n]/g, '')
  const wellFormed = plain.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(plain)
  return wellFormed ? { tag: 'str', value: toValidUtf8(decode(Buffer.from(plain, 'base64'))) } : '!!binary value contains invalid base64 data'
}

/**
 * Whether a text, written plain, would be read back as anything but a string.
 *
 * @param text any text
 * @returns true when go-yaml would quote it for that reason
 */
export function resolvesToOther (text: string): boolean {
  return resolveTyped(text) !== undefined
}

/**
 * Resolves a plain scalar that is no string.
 *
 * @param text the scalar's text
 * @returns its type and value, or undefined for a string; most strings are told by their first character
 */
export function resolveTyped (text: string): Scalar | undefined {
  const first = text.charCodeAt(0)
  if (first >= 0x30 && first <= 0x39) return resolveNumber(text)
  if (first === 0x2b || first === 0x2d) return words.get(text) ?? resolveNumber(text)
  if (first === 0x2e) return words.get(text) ?? resolveFloat(text)
  return text.length <= longestWord ? words.get(text) : undefined
}

function resolveNumber (text: string): Scalar | undefined {
  if (isTimestamp(text)) return { tag: 'timestamp', value: text }
  const plain = text.includes('_') ? text.replaceAll('_', '') : text
  const integer = readInteger(plain)
  if (integer !== undefined) return { tag: 'int', value: integer }
  if (yamlFloat.test(plain)) return resolveFloat(plain)
  const digits = binary.exec(plain)?.[1]
  return digits === undefined ? undefined : resolveBinary(plain.startsWith('-'), digits)
}

function resolveFloat (text: string): Scalar | undefined {
  const value = attempt(() => parseFloat(text))
  return value === undefined ? undefined : { tag: 'float', value }
}

const decimalInteger = /^[-+]?(?:0|[1-9]\d{0,14})$/
const anyInteger = /^[-+]?(?:0[bBoOxX][\da-fA-F]+|\d+)$/

function readInteger (text: string): number | bigint | undefined {
  if (decimalInteger.test(text)) return Number(text) + 0
  if (!anyInteger.test(text)) return undefined
  return attempt(() => parseInt(text, 0)) ?? attempt(() => parseUint(text, 0))
}

/** What is left after `0b` may have a sign of its own. */
function resolveBinary (negative: boolean, digits: string): Scalar | undefined {
  if (!/^[-+]?[01]+$/.test(digits) || (negative && !/^[01]/.test(digits))) return undefined
  const magnitude = BigInt(`0b${digits.replace(/^[-+]/, '')}`)
  const value = negative || digits.startsWith('-') ? -magnitude : magnitude
  const fits = value >= -(2n ** 63n) && value < 2n ** 63n
  return fits ? { tag: 'int', value } : undefined
}

function attempt<T> (read: () => T): T | undefined {
  try {
    return read()
  } catch (error) {
    if (error instanceof StrconvError) return undefined
    throw error
  }
}
