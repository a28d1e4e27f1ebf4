import { compareBytes } from '../go/bytes.js'
import { formatValue } from '../go/fmt.js'
import { marshalJson } from '../go/json.js'
import { Int, type Value } from '../go/value.js'
import { JsonPathError } from './json-path-error.js'
import { parseJsonPath, type Path, type Piece, type Step } from './json-path-parser.js'

/**
 * Runs a JSONPath template on a value, as kubectl and Helm (client-go's jsonpath) do: maps and lists print as JSON, the rest as
 * Go's fmt prints it, several results with spaces between them. Maps give their values in the order of their keys, and numbers compare as numbers
 * (client-go gives them in any order, and cannot compare a chart's numbers with a literal one).
 *
 * @param template such as `{.image.tag}`
 * @param value what to run it on
 * @throws {JsonPathError} syntax, or execution for a key that is nowhere, an index beyond the end, and the like
 */
export function runJsonPath (template: string, value: Value): string {
  return parseJsonPath(template).map(piece => printPiece(piece, value)).join('')
}

/**
 * What a path leads to; nothing where a key or an index is not there (client-go's AllowMissingKeys; an index beyond the end, which is a fault
 * there, is nothing here too: lists grow).
 *
 * @param path its steps
 * @param value where it begins
 * @throws {JsonPathError} execution, when the path does not fit what is there
 */
export function findValues (path: Path, value: Value): readonly Value[] {
  return new Walker(true).walk(path, [value])
}

/** A value as templates print it. */
export function printValue (value: Value): string {
  if (value === null) return 'null'
  return value instanceof Map || Array.isArray(value) ? marshalJson(value) : formatValue(value)
}

function printPiece (piece: Piece, value: Value): string {
  const walker = new Walker(false)
  switch (piece.kind) {
    case 'text':
      return piece.text
    case 'path':
      return walker.walk(piece.path, [value]).map(printValue).join(' ')
    case 'range':
      return walker.walk(piece.path, [value]).map(each => piece.body.map(inner => printPiece(inner, each)).join('')).join('')
  }
}

/** Walks along paths. */
class Walker {
  readonly #allowMissing: boolean

  constructor (allowMissing: boolean) {
    this.#allowMissing = allowMissing
  }

  walk (path: Path, values: readonly Value[]): readonly Value[] {
    return path.reduce<readonly Value[]>((found, step) => this.#apply(step, found), values)
  }

  #apply (step: Step, values: readonly Value[]): readonly Value[] {
    switch (step.kind) {
      case 'literal':
        return typeof step.value === 'string' ? [step.value] : values.map(() => step.value)
      case 'field':
        return this.#field(step.name, values)
      case 'wildcard':
        return values.flatMap(children)
      case 'recursive':
        return values.flatMap(descend)
      case 'union':
        return step.paths.flatMap(path => this.walk(path, values))
      case 'index':
        return lists(values).flatMap(list => this.#at(list, step.index))
      case 'slice':
        return lists(values).flatMap(list => slice(list, step))
      case 'filter':
        return values.flatMap(value => this.#filter(step, value))
    }
  }

  #field (name: string, values: readonly Value[]): Value[] {
    const found = values.flatMap(value => {
      const inner = value instanceof Map ? value.get(name) : undefined
      return inner === undefined ? [] : [inner]
    })
    if (values.length > 0 && found.length === 0 && !this.#allowMissing) throw fault(`${name} is not found`)
    return found
  }

  #at (list: readonly Value[], index: number): Value[] {
    const found = list.at(index)
    if (found !== undefined) return [found]
    if (this.#allowMissing) return []
    throw fault(`array index out of bounds: index ${index < 0 ? index + list.length : index}, length ${list.length}`)
  }

  #filter (step: Extract<Step, { kind: 'filter' }>, value: Value): Value[] {
    if (!Array.isArray(value)) throw fault(`${value instanceof Map ? 'a map' : formatValue(value)} is not array or slice and cannot be filtered`)
    if (step.operator === 'exists') return value.filter(each => this.#exists(step.left, each))
    return value.filter(each => {
      const left = single(this.walk(step.left, [each]))
      const right = single(this.walk(step.right, [each]))
      return left !== undefined && right !== undefined && compare(left, step.operator, right)
    })
  }

  #exists (path: Path, value: Value): boolean {
    try {
      return this.walk(path, [value]).length > 0
    } catch (error) {
      if (error instanceof JsonPathError) return false
      throw error
    }
  }
}

function children (value: Value): Value[] {
  if (Array.isArray(value)) return value
  if (!(value instanceof Map)) return []
  return [...value].sort(([a], [b]) => compareBytes(a, b)).map(([, inner]) => inner)
}

/** The value and all below it that hold something: maps, lists and texts, none of them empty. */
function descend (value: Value): Value[] {
  if (typeof value === 'string') return value === '' ? [] : [value]
  const inner = children(value)
  return inner.length === 0 ? [] : [value, ...inner.flatMap(descend)]
}

function lists (values: readonly Value[]): Value[][] {
  return values.filter(value => value !== null).map(value => {
    if (Array.isArray(value)) return value
    throw fault(`${value instanceof Map ? 'a map' : formatValue(value)} is not array or slice`)
  })
}

function slice (list: readonly Value[], bounds: Extract<Step, { kind: 'slice' }>): Value[] {
  const fromEnd = (index: number): number => index < 0 ? index + list.length : index
  const start = fromEnd(bounds.start ?? 0)
  const end = fromEnd(bounds.end ?? list.length)
  if (start === end) return []
  for (const index of [start, end - 1]) {
    if (index < 0 || index >= list.length) throw fault(`array index out of bounds: index ${index}, length ${list.length}`)
  }
  if (start > end) throw fault(`starting index ${start} is greater than ending index ${end}`)
  const step = bounds.step ?? 1
  if (step <= 0) throw fault('step must be > 0')
  return list.slice(start, end).filter((_, i) => i % step === 0)
}

function single (values: readonly Value[]): Value | undefined {
  if (values.length > 1) throw fault('can only compare one element at a time')
  return values[0]
}

function compare (left: Value, operator: string, right: Value): boolean {
  const order = orderOf(plain(left), plain(right))
  switch (operator) {
    case '==':
      return order === 0
    case '!=':
      return order !== 0
    case '<':
      return order < 0
    case '<=':
      return order <= 0
    case '>':
      return order > 0
    case '>=':
      return order >= 0
    default:
      throw fault(`unrecognized filter operator ${operator}`)
  }
}

function plain (value: Value): string | number | boolean {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value
  if (value instanceof Int) return Number(value.value)
  throw fault('invalid type for comparison')
}

function orderOf (left: string | number | boolean, right: string | number | boolean): number {
  if (typeof left !== typeof right) throw fault('incompatible types for comparison')
  if (typeof left === 'string' && typeof right === 'string') return compareBytes(left, right)
  return Number(left) - Number(right)
}

function fault (message: string): JsonPathError {
  return new JsonPathError('execution', message)
}
