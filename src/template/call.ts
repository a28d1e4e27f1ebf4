import { messageOf } from '../errors.js'
import { WorkError } from '../go/errors.js'
import { GoObject, type GoFunc, type ParamType, type Value } from '../go/value.js'
import { workDone } from '../go/work.js'
import { accept, failAt, typedArgument, type Argument, type Evaluate } from './argument.js'
import type { Node } from './ast.js'
import { TemplateError } from './errors.js'
import { call, Deferred, enterDeferred, run, tooManySteps, type Destination, type Frame, type Operation } from './execution.js'
import { unwrap, type Reflected } from './reflect.js'
import type { After, Runtime } from './runtime.js'
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
    const before = workDone()
    let result: Value
    try {
      result = fn.call(...values)
    } catch (error) {
      throw callError(frame, this.#parts, error)
    }
    spendFor(frame, this.#parts, sizeOfAll(values) + workDone() - before + costOf(frame, result))
    return result
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
  const typed: TypedArgument[] = args.map((argument, i) => typedArgument(argument, paramType(fn, i)))
  if (piped) typed.push((frame, final) => accept(frame, final, paramType(fn, count - 1)))
  return { params: fn.params, args: typed, complaint: countComplaint(fn, { name, given: args.length, count }) }
}

/**
 * The type that a function's argument must have.
 *
 * @param fn the function
 * @param i which argument, from 0
 * @returns the parameter's type; that of the repeated one for what comes after it
 */
export function paramType (fn: GoFunc, i: number): ParamType {
  return fn.params[i] ?? fn.params.at(-1) ?? 'any'
}

/**
 * What Go says when a function gets a wrong number of arguments.
 *
 * @param fn the function
 * @param call its name, and how many arguments there are without and with the piped one
 * @returns the message, or undefined when the number is right
 */
export function countComplaint (fn: GoFunc, { name, given, count }: { name: string, given: number, count: number }): string | undefined {
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
      const before = workDone()
      let result: Value
      try {
        result = fn.call(value)
      } catch (error) {
        throw callError(frame, parts, error)
      }
      spendFor(frame, parts, sizeOf(value) + workDone() - before + costOf(frame, result))
      return result
    }
  }
  return (frame, final) => {
    frame.node = identifier
    const value = first(frame, final)
    const other = second(frame, final)
    const before = workDone()
    let result: Value
    try {
      result = fn.call(value, other)
    } catch (error) {
      throw callError(frame, parts, error)
    }
    spendFor(frame, parts, sizeOf(value) + sizeOf(other) + workDone() - before + costOf(frame, result))
    return result
  }
}

/** A call of none or of many arguments. */
function compileLongCall (parts: CallParts, fn: GoFunc, { identifier, args }: { identifier: Node, args: readonly TypedArgument[] }): Evaluate {
  return (frame, final) => {
    frame.node = identifier
    const values: Value[] = []
    for (const arg of args) values.push(arg(frame, final))
    const before = workDone()
    let result: Value
    try {
      result = fn.call(...values)
    } catch (error) {
      throw callError(frame, parts, error)
    }
    spendFor(frame, parts, sizeOfAll(values) + workDone() - before + costOf(frame, result))
    return result
  }
}

/** A function that is made for the running set, and where it is called. */
export interface BoundCall {
  readonly parts: CallParts
  readonly make: (runtime: Runtime) => GoFunc
  /** The node of its name. */
  readonly identifier: Node
}

/**
 * Compiles a call of a function that is made for the running set, as an operation of its own: a template that the function defers is
 * executed without nesting on the stack.
 *
 * @param bound the call
 * @param final the value piped into it
 * @param position the temporary value that will hold the function's, and the operation to go on with
 * @returns the operation
 */
export function boundOperation ({ parts, make, identifier }: BoundCall, final: Evaluate | undefined, position: { temp: number, next: number }): Operation {
  const { temp, next } = position
  const site = new CallSite(parts)
  const destination: Destination = { temp, error: (frame, error) => callError(frame, parts, error) }
  return frame => {
    const piped = final === undefined ? undefined : unwrap(final(frame))
    frame.node = identifier
    const result = site.call(frame, frame.execution.surroundings.bound(parts.name, make), piped)
    if (result instanceof Deferred) {
      enterDeferred(frame, result, { destination, next })
      return call
    }
    frame.keep(temp, result)
    return next
  }
}

/**
 * Compiles a call of a function that is made for the running set, where its value is wanted on the spot.
 *
 * @param bound the call
 * @returns what calls it; a template that the function defers is executed at once
 */
export function compileBoundCall ({ parts, make, identifier }: BoundCall): Evaluate {
  const site = new CallSite(parts)
  return (frame, final) => {
    frame.node = identifier
    const result = site.call(frame, frame.execution.surroundings.bound(parts.name, make), final)
    return result instanceof Deferred ? settle(frame, parts, result) : result
  }
}

/** How many executions an execution on the spot counts for: with all that is evaluated around it, it takes so much more of the stack. */
const spotWeight = 5

/** Executes a deferred template at once. */
function settle (frame: Frame, parts: CallParts, { template, data, surroundings, after }: Deferred): Value {
  const { scope } = surroundings
  scope.running += spotWeight - 1
  try {
    const text = runOrFail(() => run(template, data, surroundings), after)
    return after.returned === undefined ? text : after.returned(text)
  } catch (error) {
    throw callError(frame, parts, error)
  } finally {
    scope.running -= spotWeight - 1
  }
}

function runOrFail (work: () => string, after: After): string {
  try {
    return work()
  } catch (error) {
    throw after.failed === undefined ? error : after.failed(error)
  }
}

/** What looking at an argument costs. Most functions look at all of a text or list, and at few keys of a map. */
function sizeOf (value: Value): number {
  if (typeof value === 'string') return value.length >> 2
  if (typeof value !== 'object' || value === null) return 0
  return lengthOf(value) >> 2
}

function sizeOfAll (values: readonly Value[]): number {
  let size = 0
  for (const value of values) size += sizeOf(value)
  return size
}

function lengthOf (value: Exclude<Value, null | string | number | boolean>): number {
  if (Array.isArray(value) || value instanceof Uint8Array) return value.length
  if (!(value instanceof GoObject)) return 0
  const elements = value.goKind === 'slice' ? value.elements() : undefined
  return Array.isArray(elements) ? elements.length : 0
}

/** What any call costs. */
const callSteps = 4

/** What a call costs whose value is this one, which must be within the limits. */
function costOf (frame: Frame, value: Value): number {
  if (typeof value === 'string') {
    if (value.length > frame.execution.maxString) {
      frame.fail(`exceeded maximum string length of ${frame.execution.maxString} characters`, { code: 'output-too-large' })
    }
    return callSteps + (value.length >> 2)
  }
  if (typeof value !== 'object' || value === null) return callSteps
  const length = lengthOf(value)
  const { items } = frame.execution.scope.limits
  if (length > items) frame.fail(`exceeded maximum list length of ${items} items`, { code: 'output-too-large' })
  return callSteps + length * 4
}

/** Counts what a call cost: what was done for it, and what its value takes up. */
function spendFor (frame: Frame, parts: CallParts, steps: number): void {
  const { scope } = frame.execution
  scope.steps += steps
  if (scope.steps > scope.limits.steps) throw tooLong(frame, parts)
  frame.checkTime()
}

function tooLong (frame: Frame, { name, node }: CallParts, cause?: unknown): TemplateError {
  frame.node = node
  return frame.error(`error calling ${name}: ${tooManySteps(frame)}`, { code: 'too-many-steps', cause })
}

/**
 * The error of a call, at the call. One that is about the stack keeps its place: every level on the way back would add its own.
 *
 * @param frame the running template
 * @param call the call
 * @param error what the function threw
 * @returns Go's `error calling NAME: MESSAGE`; a limit's error keeps its code
 */
export function callError (frame: Frame, parts: CallParts, error: unknown): TemplateError {
  if (error instanceof TemplateError && error.code === 'too-deep') return error
  if (error instanceof WorkError) return tooLong(frame, parts, error)
  const { name, node } = parts
  frame.node = node
  if (isStackOverflow(error)) {
    return frame.error(`error calling ${name}: templates nest deeper than the stack allows`, { code: 'too-deep', cause: error })
  }
  if (error instanceof RangeError && error.message === 'Invalid string length') {
    return frame.error(`error calling ${name}: exceeded maximum string length of ${frame.execution.maxString} characters`, { code: 'output-too-large', cause: error })
  }
  const limited = error instanceof TemplateError && limitCodes.has(error.code)
  return frame.error(`error calling ${name}: ${messageOf(error)}`, { code: limited ? error.code : 'exec', cause: error })
}

const limitCodes: ReadonlySet<string> = new Set(['too-many-steps', 'too-slow', 'output-too-large'])
