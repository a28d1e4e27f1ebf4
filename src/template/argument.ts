import { typeOf } from '../go/type-name.js'
import { GoObject, Int, type IntKind, type ParamType, type StructType, type Value } from '../go/value.js'
import type { Node, Operand } from './ast.js'
import { constantOf } from './constant.js'
import type { Frame } from './execution.js'
import { interfaceType, type Reflected } from './reflect.js'

/** Gives a value; `final` is what the command before it in the pipeline gave. */
export type Evaluate = (frame: Frame, final?: Reflected) => Reflected

/** An argument of a call, before the type of the parameter is known. */
export interface Argument {
  readonly node: Operand
  /** Undefined for constants, whose value depends on the parameter. */
  readonly evaluate: Evaluate | undefined
  /** Whether the value was fitted to its parameter when it was evaluated. */
  readonly fits?: boolean
}

/** How Go prints the types of parameters, where that is not their name here. */
const typeNames: Readonly<Partial<Record<ParamType, string>>> = {
  any: interfaceType,
  reflect: 'reflect.Value',
  bytes: '[]uint8',
  list: '[]interface {}',
  strings: '[]string',
  dict: 'map[string]interface {}',
  time: 'time.Time',
  duration: 'time.Duration'
}

/** Whether a nil may be passed for a parameter. */
const nilable: ReadonlySet<ParamType> = new Set<ParamType>(['any', 'reflect', 'bytes', 'list', 'strings', 'dict', 'error'])

/**
 * Makes an argument one for a parameter of a type.
 *
 * @param argument the argument
 * @param type the parameter's type
 * @returns what evaluates it; it fails as Go does when the value does not fit
 */
export function typedArgument (argument: Argument, type: ParamType): (frame: Frame) => Value {
  const { evaluate } = argument
  if (evaluate === undefined) return typedConstant(argument.node, type)
  if (argument.fits === true) return frame => evaluate(frame) ?? null
  if (type === 'any' || type === 'reflect') return frame => passed(evaluate(frame))
  if (type !== 'string') return frame => accept(frame, evaluate(frame), type)
  return frame => {
    const value = evaluate(frame)
    return typeof value === 'string' ? value : accept(frame, value, 'string')
  }
}

/**
 * Fits a value to a parameter: Go's validateType.
 *
 * @param frame the running template, for errors
 * @param value the argument
 * @param type the parameter's type
 * @returns the value, a nil where no value is given for a type that has nils, a named map or slice as its elements
 * @throws {TemplateError} `exec`: `wrong type for value; …` or `invalid value; …`
 */
export function accept (frame: Frame, value: Reflected, type: ParamType): Value {
  if (type === 'any' || type === 'reflect') return passed(value)
  if (value === undefined) return nilable.has(type) ? null : frame.fail(`invalid value; expected ${typeNameOf(type)}`)
  if (value === null) return frame.fail(`wrong type for value; expected ${typeNameOf(type)}; got ${interfaceType}`)
  const fitting = assign(value, type)
  return fitting ?? frame.fail(`wrong type for value; expected ${typeNameOf(type)}; got ${typeOf(value)}`)
}

/** What a parameter of type interface{} gets of a value. */
function passed (value: Reflected): Value {
  if (value === undefined) return null
  return value instanceof GoObject ? value.passed() ?? value : value
}

/** The value as the type takes it; undefined when it cannot be assigned. */
function assign (value: Exclude<Value, null>, type: ParamType): Value | undefined {
  switch (type) {
    case 'string': return typeof value === 'string' ? value : undefined
    case 'bool': return typeof value === 'boolean' ? value : undefined
    case 'float64': return typeof value === 'number' ? value : undefined
    case 'bytes': return value instanceof Uint8Array ? value : undefined
    case 'dict': return value instanceof Map ? value : namedElements(value, typeNameOf('dict'))
    case 'list': case 'strings': return Array.isArray(value) ? value : namedElements(value, typeNameOf(type))
    case 'time': return /^\*?time\.Time$/.test(typeOf(value)) ? value : undefined
    case 'duration': return typeOf(value) === 'time.Duration' ? value : undefined
    case 'error': return value instanceof GoObject && value.method('Error') !== undefined ? value : undefined
    default:
      if (isStruct(type)) return typeOf(value) === type ? value : undefined
      return value instanceof Int && value.kind === type ? value : undefined
  }
}

/** The elements of a type that is, or is named after, the map or slice type that is wanted. */
function namedElements (value: Value, wanted: string): Value | undefined {
  if (!(value instanceof GoObject) || value.goKind !== (wanted.startsWith('map') ? 'map' : 'slice')) return undefined
  const isUnnamed = /^(?:\[\]|map\[)/.test(value.goType)
  if (isUnnamed ? value.goType !== wanted : value.goKind === 'map' && value.elementType !== interfaceType) return undefined
  return value.elements()
}

/** A constant gets the type of the parameter, if it can. */
function typedConstant (node: Operand, type: ParamType): (frame: Frame) => Value {
  const value = constantFor(node, type)
  if (value === undefined) return failAt(node, constantComplaint(node, type))
  return frame => {
    frame.node = node
    return value
  }
}

/**
 * What fails whenever it is evaluated: Go finds many mistakes only then.
 *
 * @param node where; undefined for the node evaluated before
 * @param detail the message
 * @returns what fails
 */
export function failAt (node: Node | undefined, detail: string): (frame: Frame) => never {
  return frame => {
    if (node !== undefined) frame.node = node
    return frame.fail(detail)
  }
}

/** The value of a constant under a type; undefined when it has none. */
function constantFor (node: Operand, type: ParamType): Value | undefined {
  if (node.type === 'nil') return nilable.has(type) ? null : undefined
  switch (type) {
    case 'any': case 'reflect': return constantOf(node)
    case 'string': return node.type === 'string' ? node.value : undefined
    case 'bool': return node.type === 'bool' ? node.value : undefined
    case 'float64': return node.type === 'number' ? node.value.float : undefined
    case 'bytes': case 'list': case 'strings': case 'dict': case 'time': case 'error': return undefined
    case 'duration': return integerFor(node, 'int64')
    default: return isStruct(type) ? undefined : integerFor(node, type)
  }
}

function integerFor (node: Operand, kind: IntKind): Int | undefined {
  if (node.type !== 'number') return undefined
  const bits = Number(/\d+$/.exec(kind)?.[0] ?? 64)
  if (kind.startsWith('u')) return node.value.uint === undefined ? undefined : new Int(kind, BigInt.asUintN(bits, node.value.uint))
  return node.value.int === undefined ? undefined : new Int(kind, BigInt.asIntN(bits, node.value.int))
}

/** What Go says when a constant does not fit. */
function constantComplaint (node: Operand, type: ParamType): string {
  const text = String(node)
  if (node.type === 'nil') return `cannot assign nil to ${typeNameOf(type)}`
  switch (type) {
    case 'any': case 'reflect': return `${text} overflows int`
    case 'string': return `expected string; found ${text}`
    case 'bool': return `expected bool; found ${text}`
    case 'float64': return `expected float; found ${text}`
    case 'bytes': case 'list': case 'strings': case 'dict': case 'time': case 'error':
      return `can't handle ${text} for arg of type ${typeNameOf(type)}`
    default:
      if (isStruct(type)) return `can't handle ${text} for arg of type ${type}`
      return `expected ${type.startsWith('u') ? 'unsigned integer' : 'integer'}; found ${text}`
  }
}

function isStruct (type: ParamType): type is StructType {
  return type.includes('.')
}

function typeNameOf (type: ParamType): string {
  return typeNames[type] ?? type
}
