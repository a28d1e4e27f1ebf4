import { sprint } from '../../src/go/fmt.js'
import { formatDuration } from '../../src/go/time.js'
import { typeOf } from '../../src/go/type-name.js'
import { encode } from '../../src/go/bytes.js'
import { GoObject, Int, int, type Dict, type GoFunc, type List, type ParamType, type Value } from '../../src/go/value.js'
import type { TemplateFunction } from '../../src/template/runtime.js'
import { TemplateSet } from '../../src/template/template.js'

/** Go's `Ship` of test/compat/gotemplate/functions.go. */
class Ship extends GoObject {
  readonly goType: string
  readonly goKind: string
  readonly #fields: ReadonlyMap<string, Value>

  constructor (type: 'main.Ship' | '*main.Ship' | 'main.Titled') {
    super()
    this.goType = type
    this.goKind = type.startsWith('*') ? 'ptr' : 'struct'
    this.#fields = new Map<string, Value>([
      ['Name', 'Nina'], ['Crew', new Slice('[]string', ['Ana', 'Ben'])],
      ['Log', new Map<string, Value>([['day', 1], ['note', null]])], ['Flag', null], ['Decks', int(2)]
    ])
  }

  override field (name: string): Value | undefined {
    return this.#fields.get(name)
  }

  override fields (): ReadonlyArray<readonly [string, Value]> {
    return [...this.#fields]
  }

  override method (name: string): GoFunc | undefined {
    return shipMethods.get(name)
  }

  override string (): string | undefined {
    return this.goType === 'main.Titled' ? 'SS Nina' : undefined
  }
}

const shipMethods: ReadonlyMap<string, GoFunc> = new Map<string, GoFunc>([
  ['Greet', { params: ['string'], call: (whom = null) => `Nina greets ${sprint(whom)}` }],
  ['Port', { params: [], call: () => 'Genoa' }],
  ['Load', { params: ['int', 'string'], variadic: true, call: (deck = null, ...goods) => sprint(deck, ':', goods.map(item => sprint(item)).join('+')) }],
  ['Sink', { params: [], call: () => { throw new Error('the ship sank') } }]
])

/** A slice of a type of its own. */
class Slice extends GoObject {
  readonly goType: string
  readonly goKind = 'slice'
  readonly #list: List

  constructor (type: string, list: List) {
    super()
    this.goType = type
    this.#list = list
  }

  override field (): undefined {
    return undefined
  }

  override elements (): List {
    return this.#list
  }
}

/** A map of a type of its own; `zero` is what Go's map has for a key that it lacks. */
class NamedMap extends GoObject {
  readonly goType: string
  readonly goKind = 'map'
  readonly #entries: Dict
  readonly #zero: Value

  constructor (type: string, entries: Dict, zero: Value) {
    super()
    this.goType = type
    this.#entries = entries
    this.#zero = zero
  }

  override field (name: string): Value {
    return this.#entries.get(name) ?? this.#zero
  }

  override elements (): Dict {
    return this.#entries
  }

  override method (name: string): GoFunc | undefined {
    if (name !== 'Table' || this.goType !== 'main.Values') return undefined
    return { params: ['string'], call: (key = null) => this.#entries.get(textOf(key)) ?? null }
  }
}

/** A named type of a basic kind. */
class NamedBasic extends GoObject {
  readonly goType: string
  readonly goKind: string
  readonly #content: Value
  readonly #text: string | undefined

  constructor (type: string, kind: string, parts: { content: Value, text?: string }) {
    super()
    this.goType = type
    this.goKind = kind
    this.#content = parts.content
    this.#text = parts.text
  }

  override field (): undefined {
    return undefined
  }

  override string (): string | undefined {
    return this.#text
  }

  override jsonValue (): Value {
    return this.#content
  }

  override method (name: string): GoFunc | undefined {
    if (name === 'String' && this.#text !== undefined) return { params: [], call: () => this.#text ?? '' }
    return name === 'Hours' && this.#content instanceof Int ? { params: [], call: () => hoursOf(this.#content) } : undefined
  }
}

const hour = 3_600_000_000_000n

function hoursOf (value: Value): number {
  return value instanceof Int ? Number(value.value / hour) : 0
}

const months = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December']

function month (value: Value): NamedBasic {
  const n = value instanceof Int ? Number(value.value) : 0
  return new NamedBasic('time.Month', 'int', { content: int(n), text: months[n - 1] ?? `%!Month(${n})` })
}

function hours (value: Value): NamedBasic {
  const nanoseconds = value instanceof Int ? value.value * hour : 0n
  return new NamedBasic('time.Duration', 'int64', { content: new Int('int64', nanoseconds), text: formatDuration(nanoseconds) })
}

/** The functions of test/compat/gotemplate/functions.go. */
export const functions: ReadonlyMap<string, TemplateFunction> = new Map<string, TemplateFunction>([
  ['upper', on('string', text => textOf(text).toUpperCase())],
  ['join', onMany(['string', 'string'], (separator = null, ...words) => words.map(textOf).join(textOf(separator)))],
  ['list', onMany(['any'], (...items) => items)],
  ['dict', onMany(['any'], (...pairs) => dict(pairs))],
  ['int', on('int', n => n)],
  ['int8', on('int8', n => n)],
  ['int64', on('int64', n => n)],
  ['uint', on('uint', n => n)],
  ['uint8', on('uint8', n => n)],
  ['float', on('float64', n => n)],
  ['bool', on('bool', b => b)],
  ['bytes', on('string', text => encode(textOf(text)))],
  ['size', on('bytes', bytes => int(bytes instanceof Uint8Array ? bytes.length : 0))],
  ['keys', on('dict', map => int(map instanceof Map ? map.size : 0))],
  ['count', on('list', list => int(Array.isArray(list) ? list.length : 0))],
  ['any', on('any', value => value)],
  ['raw', on('reflect', value => value === null ? 'nil' : sprint(value))],
  ['type', on('any', typeOf)],
  ['add', onMany(['int'], (...numbers) => int(numbers.reduce<bigint>((sum, n) => sum + (n instanceof Int ? n.value : 0n), 0n)))],
  ['nothing', { params: [], call: () => null }],
  ['none', on('any', value => value === null)],
  ['fail', on('string', message => { throw new Error(textOf(message)) })],
  ['ship', { params: [], call: () => new Ship('main.Ship') }],
  ['flagship', { params: [], call: () => new Ship('*main.Ship') }],
  ['titled', { params: [], call: () => new Ship('main.Titled') }],
  ['values', { params: [], call: () => new NamedMap('main.Values', new Map<string, Value>([['a', 1], ['b', null]]), null) }],
  ['words', { params: [], call: () => new Slice('[]string', ['x', 'y']) }],
  ['labels', { params: [], call: () => new NamedMap('map[string]string', new Map([['app', 'web']]), '') }],
  ['hours', on('int', hours)],
  ['month', on('int', month)],
  ['flag', on('bool', content => new NamedBasic('main.Flag', 'bool', { content, text: String(content === true) }))],
  ['code', on('string', content => new NamedBasic('main.Code', 'string', { content, text: `code ${textOf(content)}` }))],
  ['include', runtime => ({ params: ['string', 'any'], call: (name = null, data = null) => runtime.defer(textOf(name), data) })]
])

function on (param: ParamType, call: (value: Value) => Value): GoFunc {
  return { params: [param], call: (value = null) => call(value) }
}

function onMany (params: readonly ParamType[], call: GoFunc['call']): GoFunc {
  return { params, variadic: true, call }
}

function dict (pairs: readonly Value[]): Dict {
  const entries: Dict = new Map()
  for (let i = 0; i + 1 < pairs.length; i += 2) entries.set(sprint(pairs[i] ?? null), pairs[i + 1] ?? null)
  return entries
}

function textOf (value: Value): string {
  return typeof value === 'string' ? value : sprint(value)
}

/**
 * What JSON or YAML was read into, as Go reads JSON: numbers are float64.
 *
 * @param data null, a boolean, number, string, array or plain object
 * @returns the value
 */
export function toValue (data: unknown): Value {
  if (Array.isArray(data)) return data.map(toValue)
  if (typeof data === 'object' && data !== null) return new Map(Object.entries(data).map(([key, value]) => [key, toValue(value)]))
  if (typeof data === 'string' || typeof data === 'number' || typeof data === 'boolean') return data
  return null
}

/**
 * Renders one text, named `f`, with the functions above and `missingkey=zero`.
 *
 * @param text the template
 * @param data as `toValue` takes it
 * @param more further functions
 * @returns what it printed
 */
export function render (text: string, data: unknown = null, more: Readonly<Record<string, TemplateFunction>> = {}): string {
  const set = new TemplateSet({ functions: new Map([...functions, ...Object.entries(more)]), missingKey: 'zero' })
  set.parse('f', text)
  return set.execute('f', toValue(data))
}
