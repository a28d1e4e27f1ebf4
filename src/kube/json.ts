import { Int, type Dict, type Value } from '../go/value.js'
import { KubeError } from './errors.js'

/** Deeper nesting than any object of Kubernetes has. */
const maxDepth = 1000

/**
 * Reads JSON as Kubernetes' own decoder does (unstructured objects): a whole number that fits 64 bits stays one (`int64`), any other
 * number is a float64. JavaScript's JSON.parse would round the former.
 *
 * @param text one JSON value
 * @throws {KubeError} protocol, when the text is no JSON, or nested too deeply
 */
export function parseJson (text: string): Value {
  return new Reader(text).document()
}

/**
 * Reads JSON that must be an object.
 *
 * @throws {KubeError} protocol
 */
export function parseObject (text: string): Dict {
  const value = parseJson(text)
  if (value instanceof Map) return value
  throw new KubeError('protocol', 'expected a JSON object')
}

class Reader {
  readonly #text: string
  #at = 0

  constructor (text: string) {
    this.#text = text
  }

  document (): Value {
    const value = this.#value(0)
    this.#space()
    if (this.#at < this.#text.length) throw this.#wrong()
    return value
  }

  #value (depth: number): Value {
    if (depth > maxDepth) throw new KubeError('protocol', 'JSON is nested too deeply')
    this.#space()
    switch (this.#text.charAt(this.#at)) {
      case '{': return this.#object(depth)
      case '[': return this.#list(depth)
      case '"': return this.#string()
      case 't': return this.#word('true', true)
      case 'f': return this.#word('false', false)
      case 'n': return this.#word('null', null)
      default: return this.#number()
    }
  }

  #object (depth: number): Dict {
    const dict: Dict = new Map()
    this.#at++
    if (this.#take('}')) return dict
    do {
      this.#space()
      if (this.#text.charAt(this.#at) !== '"') throw this.#wrong()
      const key = this.#string()
      if (!this.#take(':')) throw this.#wrong()
      dict.set(key, this.#value(depth + 1))
    } while (this.#take(','))
    if (!this.#take('}')) throw this.#wrong()
    return dict
  }

  #list (depth: number): Value[] {
    const list: Value[] = []
    this.#at++
    if (this.#take(']')) return list
    do list.push(this.#value(depth + 1))
    while (this.#take(','))
    if (!this.#take(']')) throw this.#wrong()
    return list
  }

  /** Finds the closing quote, and leaves the escapes to JSON.parse. */
  #string (): string {
    const start = this.#at
    let end = this.#text.indexOf('"', start + 1)
    while (end >= 0 && this.#escaped(end)) end = this.#text.indexOf('"', end + 1)
    if (end < 0) throw this.#wrong()
    this.#at = end + 1
    const literal = this.#text.slice(start, end + 1)
    try {
      return String(JSON.parse(literal))
    } catch {
      this.#at = start
      throw this.#wrong()
    }
  }

  /** Whether an odd number of backslashes stands before the place. */
  #escaped (place: number): boolean {
    let slashes = 0
    while (this.#text.charAt(place - 1 - slashes) === '\\') slashes++
    return slashes % 2 === 1
  }

  #number (): Value {
    const pattern = /-?(?:0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?/y
    pattern.lastIndex = this.#at
    const match = pattern.exec(this.#text)
    if (match === null) throw this.#wrong()
    this.#at += match[0].length
    if (match[1] === undefined && match[2] === undefined) {
      const whole = BigInt(match[0])
      if (BigInt.asIntN(64, whole) === whole) return new Int('int64', whole)
    }
    return Number(match[0])
  }

  #word<T extends Value> (word: string, value: T): T {
    if (!this.#text.startsWith(word, this.#at)) throw this.#wrong()
    this.#at += word.length
    return value
  }

  #take (mark: string): boolean {
    this.#space()
    if (this.#text.charAt(this.#at) !== mark) return false
    this.#at++
    return true
  }

  #space (): void {
    for (;;) {
      const code = this.#text.charCodeAt(this.#at)
      if (code !== 0x20 && code !== 0x0a && code !== 0x0d && code !== 0x09) return
      this.#at++
    }
  }

  #wrong (): KubeError {
    return new KubeError('protocol', `invalid JSON at offset ${this.#at}`)
  }
}
