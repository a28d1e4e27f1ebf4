import { formatFloat32 } from '../go/format-float.js'
import { Int, type Value } from '../go/value.js'
import { openYaml } from '../go/yaml/reader.js'
import { resolveTyped, type Scalar } from '../go/yaml/scalar.js'
import { YamlScanner } from '../go/yaml/scanner.js'

/** From here on the text of a number depends on how it was written: 1000000 keeps its digits, 1e6 becomes 1e+06. */
const doubtful = 1e6

/**
 * A parsed document with its great whole numbers as they were written: integers as integers, others as the text that sigs.k8s.io/yaml puts
 * into a string field. A float64 tells neither `20240101123045123` nor `1234e5`, both of which stand as versions in Chart.yaml files.
 *
 * @param value what unmarshalYaml made of the text
 * @param yaml the text
 * @returns the value itself where there is no such number, or where aliases or repeated keys leave open which is which
 */
export function withExactNumbers (value: Value, yaml: string): Value {
  const numbers = numbersIn(value)
  if (!numbers.some(isDoubtful)) return value
  const literals = numberLiterals(yaml)
  const same = literals.length === numbers.length && literals.every((literal, index) => Number(literal.value) === numbers[index])
  return same ? replaceNumbers(value, literals[Symbol.iterator]()) : value
}

function isDoubtful (number: number): boolean {
  return Number.isInteger(number) && Math.abs(number) >= doubtful
}

function numbersIn (value: Value): number[] {
  if (typeof value === 'number') return [value]
  if (value instanceof Map) return [...value.values()].flatMap(numbersIn)
  return Array.isArray(value) ? value.flatMap(numbersIn) : []
}

/** The plain scalars of the first document that are numbers, keys left out, in the order of the text. */
function numberLiterals (yaml: string): Scalar[] {
  const scanner = new YamlScanner(openYaml(yaml))
  const found: Scalar[] = []
  let key = false
  for (let token = scanner.next(), begun = false; token.type !== 'stream-end' && !(begun && token.type.startsWith('document')); token = scanner.next()) {
    begun = true
    if (token.type === 'anchor' || token.type === 'tag') continue
    const scalar = token.type === 'plain' && !key ? resolveTyped(token.value) : undefined
    if (scalar?.tag === 'int' || scalar?.tag === 'float') found.push(scalar)
    key = token.type === 'key'
  }
  return found
}

function replaceNumbers (value: Value, literals: Iterator<Scalar>): Value {
  if (value instanceof Map) return new Map([...value].map(([key, item]) => [key, replaceNumbers(item, literals)]))
  if (Array.isArray(value)) return value.map(item => replaceNumbers(item, literals))
  if (typeof value !== 'number') return value
  const literal: IteratorResult<Scalar, unknown> = literals.next()
  if (literal.done === true || !isDoubtful(value)) return value
  const exact = literal.value.value
  if (literal.value.tag !== 'int') return formatFloat32(value)
  return new Int('int64', BigInt(typeof exact === 'bigint' || typeof exact === 'number' ? exact : value))
}
