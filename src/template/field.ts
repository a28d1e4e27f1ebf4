import { quote } from '../go/strconv.js'
import { typeOf } from '../go/type-name.js'
import { GoObject, type Dict, type Value } from '../go/value.js'
import type { Argument } from './argument.js'
import type { Operand } from './ast.js'
import { CallSite } from './call.js'
import type { Frame } from './execution.js'
import { holdsInterfaces, interfaceType, type Reflected } from './reflect.js'

/** A chain of fields on some receiver: `.a.b` of the dot, of a variable, of a parenthesized pipeline. */
export interface FieldChain {
  /** What errors name. */
  readonly node: Operand
  /** At least one. */
  readonly fields: readonly string[]
  /** How Go names the type of the receiver that the chain starts from. */
  readonly baseType: (frame: Frame, base: Value) => string
  /** The call of the last field with arguments; undefined when it has none. */
  readonly site: CallSite | undefined
}

/**
 * Makes the call of a field that has arguments.
 *
 * @param node the chain
 * @param fields its fields
 * @param call the arguments
 * @returns the call; undefined when there is nothing to call with
 */
export function fieldCall (node: Operand, fields: readonly string[], call: { args: readonly Argument[], piped: boolean }): CallSite | undefined {
  if (call.args.length === 0 && !call.piped) return undefined
  return new CallSite({ name: fields.at(-1) ?? '', node, ...call })
}

/**
 * Evaluates a chain of fields: Go's evalFieldChain.
 *
 * @param frame the running template
 * @param base the receiver
 * @param chain the fields, and the last one's arguments
 * @param final the value piped into the last one
 * @returns the last field's value; undefined (no value) as soon as a receiver is no value
 * @throws {TemplateError} `exec` for a field of a nil or of a value without fields, a missing key where that is an error, or a failed call
 */
export function walkFields (frame: Frame, base: Reflected, chain: FieldChain, final?: Reflected): Reflected {
  const { fields, site } = chain
  const plain = site === undefined ? fields.length : fields.length - 1
  let container: Reflected
  let value = base
  for (let i = 0; i < plain; i++) {
    const receiver = value
    const name = fields[i] ?? ''
    if (value instanceof Map) {
      const entry = value.get(name)
      value = entry === undefined ? missingEntry(frame, name) : entry
    } else {
      value = otherField(frame, { name, value, container, chain, isFirst: i === 0 })
    }
    container = receiver
  }
  if (site === undefined) return value
  return calledField(frame, { name: fields[plain] ?? '', value, container, chain, isFirst: plain === 0 }, { site, final })
}

/** A field of something, and how the chain came to it. */
interface Step {
  readonly name: string
  readonly value: Reflected
  readonly container: Reflected
  readonly chain: FieldChain
  readonly isFirst: boolean
}

/** A field of anything but a plain map. */
function otherField (frame: Frame, step: Step): Reflected {
  const { name, value } = step
  if (value === undefined) return fieldOfNothing(frame, name)
  if (value === null) return frame.fail(`nil pointer evaluating ${interfaceType}.${name}`)
  if (!(value instanceof GoObject)) return noField(frame, step, value)
  const method = value.method(name)
  if (method !== undefined) return new CallSite({ name, node: step.chain.node, args: [], piped: false }).call(frame, method, undefined)
  return objectField(frame, step, value)
}

function objectField (frame: Frame, step: Step, object: GoObject): Reflected {
  const elements = object.elements()
  if (elements instanceof Map) return entryOf(frame, { object, elements }, step.name)
  const field = object.field(step.name)
  return field === undefined ? noField(frame, step, object) : field
}

/** An entry of a named map; it knows the zero value of its elements. */
function entryOf (frame: Frame, { object, elements }: { object: GoObject, elements: Dict }, name: string): Reflected {
  const entry = elements.get(name)
  if (entry !== undefined) return entry
  return frame.execution.surroundings.missingKey === 'zero' ? object.field(name) ?? null : missingEntry(frame, name)
}

/** The last field, with arguments: only a method takes them. */
function calledField (frame: Frame, step: Step, { site, final }: { site: CallSite, final: Reflected }): Reflected {
  const { name, value } = step
  if (value === undefined) return fieldOfNothing(frame, name)
  if (value === null) return frame.fail(`nil pointer evaluating ${interfaceType}.${name}`)
  const method = value instanceof GoObject ? value.method(name) : undefined
  if (method !== undefined) return site.call(frame, method, final)
  if (value instanceof Map || (value instanceof GoObject && value.elements() instanceof Map)) {
    return frame.fail(`${name} is not a method but has arguments`)
  }
  if (value instanceof GoObject && value.field(name) !== undefined) return frame.fail(`${name} has arguments but cannot be invoked as function`)
  return noField(frame, step, value)
}

function missingEntry (frame: Frame, name: string): Reflected {
  switch (frame.execution.surroundings.missingKey) {
    case 'default': return undefined
    case 'zero': return null
    case 'error': return frame.fail(`map has no entry for key ${quote(name)}`)
  }
}

/** A field of no value is no value. */
function fieldOfNothing (frame: Frame, name: string): Reflected {
  if (frame.execution.surroundings.missingKey === 'error') frame.fail(`nil data; no entry for key ${quote(name)}`)
  return undefined
}

function noField (frame: Frame, step: Step, value: Value): never {
  if (value instanceof GoObject && value.elements() === undefined && value.fields().some(([name]) => name === step.name)) {
    return frame.fail(`${step.name} is an unexported field of struct type ${typeOf(value)}`)
  }
  return frame.fail(`can't evaluate field ${step.name} in type ${receiverType(frame, step, value)}`)
}

function receiverType (frame: Frame, { chain, container, isFirst }: Step, value: Value): string {
  if (isFirst) return chain.baseType(frame, value)
  const isElement = container instanceof Map || (container instanceof GoObject && container.elements() instanceof Map && holdsInterfaces(container))
  return isElement ? interfaceType : typeOf(value)
}
