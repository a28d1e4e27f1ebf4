import { messageOf } from '../errors.js'
import type { GoFunc, ParamType, Value } from '../go/value.js'
import { accept, failAt, typedArgument, type Argument, type Evaluate } from './argument.js'
import type { Node } from './ast.js'
import { TemplateError } from './errors.js'
import type { Frame } from './execution.js'
import type { Reflected } from './reflect.js'
import type { Runtime } from './runtime.js'
import { isStackOverflow } from './stack-overflow.js'

/** The parts of a call that are known before the function is. */
export interface CallParts {
  /** The function's or method's name. */
  readonly name: string
  /** What an error of the function is reported at. */
  readonly node: Node
  readonly args: readonly Argument[]
  /** Whether the value of the command before it comes as a last argument. */
  readonly piped: boolean
}

type TypedArgument = (frame: Frame, final: Reflected) => Value

/** How a call of one signature is done. */
interface Plan {
  readonly params: readonly ParamType[]
  /** The piped one last. */
  readonly args: readonly TypedArgument[]
  /** What Go says when the number of arguments is wrong. */
  readonly complaint: string | undefined
}

/** A place where a function is called that is known only then: a method, or a function made for the running set. */
export class CallSite {
  readonly #parts: CallParts
  #plan: Plan | undefined

  constructor (parts: CallParts) {
    this.#parts = parts
  }

  /**
   * Evaluates the arguments and calls.
   *
   * @param frame the running template
   * @param fn the function
   * @param final the last argument, when one is piped
   * @returns what the function gave
   * @throws {TemplateError} `exec` for a wrong argument, or with the function's error as its cause
   */
  call (frame: Frame, fn: GoFunc, final: Reflected): Value {
    const { args, complaint } = this.#planFor(fn)
    if (complaint !== undefined) frame.fail(complaint)
    const values: Value[] = []
    for (const arg of args) values.push(arg(frame, final))
    let result: Value
    try {
      result = fn.call(...values)
    } catch (error) {
      throw callError(frame, this.#parts, error)
    }
    return bounded(frame, result)
  }

  #planFor (fn: GoFunc): Plan {
    const known = this.#plan
    if (known !== undefined && sameParams(known.params, fn.params)) return known
    this.#plan = makePlan(this.#parts, fn)
    return this.#plan
  }
}

function sameParams (a: readonly ParamType[], b: readonly ParamType[]): boolean {
  return a === b || (a.length === b.length && a.every((type, i) => type === b[i]))
}

function makePlan ({ name, args, piped }: CallParts, fn: GoFunc): Plan {
  const count = args.length + (piped ? 1 : 0)
  const typeAt = (i: number) => fn.params[i] ?? (fn.variadic === true ? fn.params.at(-1) : undefined) ?? 'any'
  const typed: TypedArgument[] = args.map((argument, i) => typedArgument(argument, typeAt(i)))
  if (piped) typed.push((frame, final) => accept(frame, final, typeAt(count - 1)))
  return { params: fn.params, args: typed, complaint: countComplaint(fn, { name, given: args.length, count }) }
}

function countComplaint (fn: GoFunc, { name, given, count }: { name: string, given: number, count: number }): string | undefined {
  const wanted = fn.params.length
  if (fn.variadic !== true) return count === wanted ? undefined : `wrong number of args for ${name}: want ${wanted} got ${count}`
  return count < wanted - 1 ? `wrong number of args for ${name}: want at least ${wanted - 1} got ${given}` : undefined
}

/**
 * Compiles a call of a function that is known.
 *
 * @param parts the call
 * @param fn the function
 * @param identifier the node of its name
 * @returns what calls it
 */
export function compileCall (parts: CallParts, fn: GoFunc, identifier: Node): Evaluate {
  const { args, complaint } = makePlan(parts, fn)
  if (complaint !== undefined) return failAt(identifier, complaint)
  const [first, second, ...more] = args
  if (first === undefined || more.length > 0) return compileLongCall(parts, fn, { identifier, args })
  if (second === undefined) {
    return (frame, final) => {
      frame.node = identifier
      const value = first(frame, final)
      let result: Value
      try {
        result = fn.call(value)
      } catch (error) {
        throw callError(frame, parts, error)
      }
      return bounded(frame, result)
    }
  }
  return (frame, final) => {
    frame.node = identifier
    const value = first(frame, final)
    const other = second(frame, final)
    let result: Value
    try {
      result = fn.call(value, other)
    } catch (error) {
      throw callError(frame, parts, error)
    }
    return bounded(frame, result)
  }
}

/** A call of none or of many arguments. */
function compileLongCall (parts: CallParts, fn: GoFunc, { identifier, args }: { identifier: Node, args: readonly TypedArgument[] }): Evaluate {
  return (frame, final) => {
    frame.node = identifier
    const values: Value[] = []
    for (const arg of args) values.push(arg(frame, final))
    let result: Value
    try {
      result = fn.call(...values)
    } catch (error) {
      throw callError(frame, parts, error)
    }
    return bounded(frame, result)
  }
}

/**
 * Compiles a call of a function that is made for the running set.
 *
 * @param parts the call
 * @param make the function's maker
 * @param identifier the node of its name
 * @returns what calls it
 */
export function compileBoundCall (parts: CallParts, make: (runtime: Runtime) => GoFunc, identifier: Node): Evaluate {
  const site = new CallSite(parts)
  const { name } = parts
  return (frame, final) => {
    frame.node = identifier
    return site.call(frame, frame.execution.surroundings.bound(name, make), final)
  }
}

/** Passes a value on, unless it is a text beyond the limit. */
function bounded (frame: Frame, value: Value): Value {
  if (typeof value === 'string' && value.length > frame.execution.maxString) {
    frame.fail(`exceeded maximum string length of ${frame.execution.maxString} characters`, { code: 'output-too-large' })
  }
  return value
}

/**
 * The error of a call, at the call. One that is about the stack keeps its place: every level on the way back would add its own.
 *
 * @param frame the running template
 * @param call the call
 * @param error what the function threw
 * @returns Go's `error calling NAME: MESSAGE`; a limit's error keeps its code
 */
export function callError (frame: Frame, { name, node }: CallParts, error: unknown): TemplateError {
  if (error instanceof TemplateError && error.code === 'too-deep') return error
  frame.node = node
  if (isStackOverflow(error)) {
    return frame.error(`error calling ${name}: templates nest deeper than the stack allows`, { code: 'too-deep', cause: error })
  }
  const limited = error instanceof TemplateError && (error.code === 'too-many-steps' || error.code === 'output-too-large')
  return frame.error(`error calling ${name}: ${messageOf(error)}`, { code: limited ? error.code : 'exec', cause: error })
}
