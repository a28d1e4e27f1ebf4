import { typeOf } from '../go/type-name.js'
import { int, type GoFunc, type ParamType, type Value } from '../go/value.js'
import { failAt, typedArgument, type Argument, type Evaluate } from './argument.js'
import type { IdentifierNode, Operand } from './ast.js'
import { callError, countComplaint, paramType, type CallParts } from './call.js'
import { constantOf } from './constant.js'
import { length } from './element.js'
import { BuiltinError } from './errors.js'
import type { Frame } from './execution.js'
import { unwrap } from './reflect.js'
import { undeclared } from './variable-access.js'
import type { Variable } from './variables.js'

/**
 * Commands one after another, each with the value of the one before.
 *
 * @param stages what evaluates each
 * @returns what evaluates all, giving the last one's value
 */
export function inTurn (stages: readonly Evaluate[]): Evaluate {
  const first = stages[0]
  const second = stages[1]
  if (first === undefined) return () => undefined
  if (second === undefined) return first
  const others = stages.slice(2)
  if (others.length === 0) return frame => second(frame, unwrap(first(frame)))
  return frame => {
    let value = second(frame, unwrap(first(frame)))
    for (const stage of others) value = stage(frame, unwrap(value))
    return value
  }
}

/**
 * Whether a function takes as many arguments as it is given.
 *
 * @param fn the function
 * @param command its name, its arguments, and whether one more is piped in
 * @returns what Go says when it does not
 */
export function wrongCount (fn: GoFunc, { name, args, piped }: { name: string, args: readonly Operand[], piped: boolean }): string | undefined {
  return countComplaint(fn, { name, given: args.length, count: args.length + (piped ? 1 : 0) })
}

/**
 * An argument as the function that is called then takes it.
 *
 * @param argument the argument
 * @param i its place
 * @param functionIn gives the function
 * @returns what evaluates it, for a parameter of any type
 */
export function fitted (argument: Argument, i: number, functionIn: (frame: Frame) => GoFunc): Evaluate {
  const byType = new Map<ParamType, (frame: Frame) => Value>()
  return frame => {
    const type = paramType(functionIn(frame), i)
    const known = byType.get(type)
    if (known !== undefined) return known(frame)
    const typed = typedArgument(argument, type)
    byType.set(type, typed)
    return typed(frame)
  }
}

/**
 * Begins an `and` or `or`: what its arguments may declare is not declared yet.
 *
 * @param node the function's name
 * @param declared what the arguments declare
 * @returns to be called before the first argument is evaluated
 */
export function beginAndOr (node: IdentifierNode, declared: readonly Variable[]): (frame: Frame) => void {
  const slots = declared.filter(variable => variable.isConditional).map(variable => variable.slot)
  return frame => {
    frame.node = node
    for (const slot of slots) frame.vars[slot] = undeclared
  }
}

/**
 * An argument whose parameter takes anything, no value included.
 *
 * @param argument the argument
 * @returns what evaluates it
 */
export function valueOfArgument (argument: Argument): Evaluate {
  const { node, evaluate } = argument
  if (evaluate !== undefined) return evaluate
  const value = constantOf(node)
  if (value === undefined && node.type === 'number') return failAt(node, `${String(node)} overflows int`)
  return frame => {
    frame.node = node
    return value
  }
}

/**
 * `call`: no value that a template can hold is a function. Go names the callee by its node, or by itself when it was piped.
 *
 * @param parts the call
 * @param callee the value
 * @throws {BuiltinError} `nil` or `type`, always
 */
export function notCallable (parts: CallParts, callee: Value): never {
  if (callee === null) throw new BuiltinError('nil', 'call of nil')
  const [first] = parts.args
  const piped = typeof callee === 'string' ? callee : `<${typeOf(callee)} Value>`
  throw new BuiltinError('type', `non-function ${first === undefined ? piped : String(first.node)} of type ${typeOf(callee)}`)
}

/**
 * Compiles `len`: it is the one builtin that tells a nil from no value at all, since Go's reflection panics at the latter.
 *
 * @param parts the call
 * @param node the function's name
 * @returns what evaluates it
 */
export function compileLength (parts: CallParts, node: IdentifierNode): Evaluate {
  const [only] = parts.args
  const value = only === undefined ? undefined : valueOfArgument(only)
  return (frame, final) => {
    frame.node = node
    const item = value === undefined ? final : value(frame)
    try {
      if (item === undefined) throw new BuiltinError('nil', 'reflect: call of reflect.Value.Type on zero Value')
      return int(length(item))
    } catch (error) {
      throw callError(frame, parts, error)
    }
  }
}

/**
 * What Go says of arguments to what is no function.
 *
 * @param node the first word of the command
 * @returns the message
 */
export function cannotGive (node: Operand): string {
  return `can't give argument to non-function ${String(node)}`
}
