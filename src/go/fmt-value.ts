import { basicValue } from './basic-value.js'
import { compareBytes, decode, encode } from './bytes.js'
import { Complex } from './complex.js'
import { FmtError } from './errors.js'
import { bytesToHex, formatFloatArgument, formatInteger, pad, truncate, type Format } from './fmt-number.js'
import { formatFloat } from './format-float.js'
import { maxDepth } from './limits.js'
import { NilMap } from './nil-map.js'
import { canBackquote, quote, quoteToAscii } from './quote.js'
import { typeOf } from './type-name.js'
import { GoObject, Int, type Dict, type List, type Value } from './value.js'
import { work } from './work.js'

/** Stands for an address, which a template can print but never use. */
const address = 0xc000000000n

/** The verbs for which a type's own `String` or `Error` method is asked. */
const stringVerbs = 'vsxXq'

/**
 * One argument under one verb.
 *
 * @param value the argument
 * @param verb the verb's character
 * @param format flags, width and precision; for a list or map they apply to each element
 * @returns the text; a verb that does not fit gives `%!verb(type=value)`
 * @throws {FmtError} `depth`
 */
export function formatArgument (value: Value, verb: string, format: Format): string {
  if (verb === 'v' && format.plain) return formatPlain(value, 0)
  if (value === null) return verb === 'v' || verb === 'T' ? pad('<nil>', format) : badVerb(value, verb, format)
  if (verb === 'T') return pad(truncate(typeOf(value), format), format)
  if (verb === 'p') return formatPointer(value, verb, format)
  return formatNested(value, verb, format, 0)
}

/** `%v` without flags, the common case by far. */
function formatPlain (value: Value, depth: number): string {
  if (typeof value === 'string') return value
  if (value === null) return '<nil>'
  if (typeof value === 'number') return formatFloat(value, 'g', -1)
  if (typeof value === 'boolean') return value ? 'true' : 'false'
  if (value instanceof Int) return value.value.toString()
  if (depth > maxDepth) throw tooDeep()
  work(4)
  if (Array.isArray(value)) return plainList(value, depth)
  if (value instanceof Map) return plainDict(value, depth)
  return value instanceof Uint8Array ? `[${value.join(' ')}]` : plainObject(value, depth)
}

function plainList (list: List, depth: number): string {
  work(list.length * 4 + 8)
  let out = '['
  for (let i = 0; i < list.length; i++) {
    if (i > 0) out += ' '
    out += formatPlain(list[i] ?? null, depth + 1)
  }
  return `${out}]`
}

function plainDict (dict: Dict, depth: number): string {
  work(dict.size * 16 + 16)
  let out = 'map['
  let separator = ''
  for (const key of [...dict.keys()].sort(compareBytes)) {
    out += `${separator}${key}:${formatPlain(dict.get(key) ?? null, depth + 1)}`
    separator = ' '
  }
  return `${out}]`
}

function plainObject (object: GoObject, depth: number): string {
  const text = object.string()
  if (text !== undefined) return text
  const basic = basicValue(object)
  if (basic !== object) return formatPlain(basic, depth)
  const elements = object.elements()
  if (elements !== undefined) return formatPlain(elements, depth)
  if (object.goKind === 'ptr' && depth > 0) return object.isNil ? '<nil>' : `0x${address.toString(16)}`
  const mark = object.goKind === 'ptr' ? '&' : ''
  return `${mark}{${object.fields().map(([, value]) => formatPlain(value, depth + 1)).join(' ')}}`
}

function formatNested (value: Value, verb: string, format: Format, depth: number): string {
  if (typeof value === 'string') return formatString(value, verb, format)
  if (value === null) return format.sharpV ? 'interface {}(nil)' : '<nil>'
  if (typeof value === 'number') return formatFloatArgument(value, verb, format) ?? badVerb(value, verb, format)
  if (typeof value === 'boolean') return verb === 't' || verb === 'v' ? pad(String(value), format) : badVerb(value, verb, format)
  if (value instanceof Int) return formatInteger(value, verb, format) ?? badVerb(value, verb, format)
  if (depth > maxDepth) throw tooDeep()
  work(1)
  // Only values with methods are asked about wrapping, and none of ours can be wrapped: the verb fits no part of them.
  if (verb === 'w') return badVerb(value, verb, format)
  if (value instanceof Uint8Array) return formatBytes(value, verb, format, depth)
  return value instanceof GoObject ? formatObject(value, verb, format, depth) : formatElements(value, typeOf(value), verb, format, depth)
}

function formatString (text: string, verb: string, format: Format): string {
  switch (verb) {
    case 'v': return format.sharpV ? formatQuoted(text, format) : pad(truncate(text, format), format)
    case 's': return pad(truncate(text, format), format)
    case 'x': case 'X': return bytesToHex(encode(text), verb, format)
    case 'q': return formatQuoted(text, format)
    default: return badVerb(text, verb, format)
  }
}

function formatQuoted (text: string, format: Format): string {
  const shown = truncate(text, format)
  if (format.sharp && canBackquote(shown)) return pad(`\`${shown}\``, format)
  return pad(format.plus ? quoteToAscii(shown) : quote(shown), format)
}

function formatBytes (bytes: Uint8Array, verb: string, format: Format, depth: number): string {
  switch (verb) {
    case 's': return pad(truncate(decode(bytes), format), format)
    case 'x': case 'X': return bytesToHex(bytes, verb, format)
    case 'q': return formatQuoted(decode(bytes), format)
    default: {
      const items = Array.from(bytes, byte => new Int('uint8', BigInt(byte)))
      return formatElements(items, depth === 0 ? '[]byte' : '[]uint8', verb === 'd' && format.sharpV ? 'v' : verb, format, depth)
    }
  }
}

function formatElements (elements: List | Dict, type: string, verb: string, format: Format, depth: number): string {
  if (depth > maxDepth) throw tooDeep()
  work((Array.isArray(elements) ? elements.length : elements.size) * 4)
  const parts = Array.isArray(elements)
    ? elements.map(element => formatNested(element, verb, format, depth + 1))
    : [...elements.keys()].sort(compareBytes).map(key =>
        `${formatString(key, verb, format)}:${formatNested(elements.get(key) ?? null, verb, format, depth + 1)}`)
  if (format.sharpV) return elements instanceof NilMap ? `${type}(nil)` : `${type}{${parts.join(', ')}}`
  return `${Array.isArray(elements) ? '' : 'map'}[${parts.join(' ')}]`
}

function formatObject (object: GoObject, verb: string, format: Format, depth: number): string {
  if (object instanceof Complex) return formatComplex(object, verb, format) ?? badVerb(object, verb, format)
  if (format.sharpV) {
    const syntax = object.goString()
    if (syntax !== undefined) return pad(truncate(syntax, format), format)
  } else {
    const text = stringVerbs.includes(verb) ? object.string() : undefined
    if (text !== undefined) return formatString(text, verb, format)
  }
  return formatInside(object, verb, format, depth)
}

/** A value with a type of its own without what its methods say of it. */
function formatInside (object: GoObject, verb: string, format: Format, depth: number): string {
  const basic = basicValue(object)
  if (basic !== object) return formatBasic(object, basic, verb, format)
  const elements = object.elements()
  if (elements !== undefined && format.sharpV && object.isNil) return `${object.goType}(nil)`
  if (elements !== undefined) return formatElements(elements, object.goType, verb, format, depth)
  if (object.goKind !== 'ptr') return formatStruct(object, object.goType, verb, format, depth)
  if (depth > 0 || object.isNil) return formatPointer(object, verb, format)
  return `&${formatStruct(object, object.goType.replace(/^\*/, ''), verb, format, depth)}`
}

/** Both parts under the verb, the width for each; undefined when floats do not take it. */
function formatComplex ({ real, imaginary }: Complex, verb: string, format: Format): string | undefined {
  const first = formatFloatArgument(real, verb, format)
  const second = formatFloatArgument(imaginary, verb, { ...format, plus: true })
  return first === undefined || second === undefined ? undefined : `(${first}${second}i)`
}

/** A named type of a basic kind, such as a month: what it is made of, but called by its own name where the verb does not fit. */
function formatBasic (object: GoObject, basic: Value, verb: string, format: Format): string {
  const text = formatNested(basic, verb, format, 0)
  return text === badVerb(basic, verb, format) ? badVerb(object, verb, format) : text
}

function formatStruct (object: GoObject, type: string, verb: string, format: Format, depth: number): string {
  const named = format.plusV || format.sharpV
  const parts = object.fields().map(([name, value]) =>
    `${named ? `${name}:` : ''}${formatNested(value, verb, format, depth + 1)}`)
  return format.sharpV ? `${type}{${parts.join(', ')}}` : `{${parts.join(' ')}}`
}

function formatPointer (value: Value, verb: string, format: Format): string {
  const isPointer = Array.isArray(value) || value instanceof Map || value instanceof Uint8Array ||
    (value instanceof GoObject && value.goKind !== 'struct')
  if (!isPointer) return badVerb(value, verb, format)
  const isNil = value instanceof GoObject && value.isNil
  const number = new Int('uint64', isNil ? 0n : address)
  const asAddress = (sharp: boolean): string => formatInteger(number, 'x', { ...format, sharp }) ?? ''
  if (verb === 'v' && format.sharpV) return `(${typeOf(value)})(${isNil ? 'nil' : asAddress(true)})`
  if (verb === 'v' && isNil) return pad('<nil>', format)
  if (verb === 'v' || verb === 'p') return asAddress(!format.sharp)
  return 'bodxX'.includes(verb) ? formatInteger(number, verb, format) ?? '' : badVerb(value, verb, format)
}

/** What Go prints for a verb that the value does not take; the flags stay in force for the value, but its methods are not asked. */
function badVerb (value: Value, verb: string, format: Format): string {
  if (value === null) return `%!${verb}(<nil>)`
  return `%!${verb}(${typeOf(value)}=${value instanceof GoObject ? formatUnasked(value, format) : formatNested(value, 'v', format, 0)})`
}

function formatUnasked (object: GoObject, format: Format): string {
  const basic = basicValue(object)
  return basic === object && !(object instanceof Complex) ? formatInside(object, 'v', format, 0) : formatNested(basic, 'v', format, 0)
}

function tooDeep (): FmtError {
  return new FmtError('depth', `exceeded max depth of ${maxDepth} when printing a value`)
}
