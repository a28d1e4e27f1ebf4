import { FmtError } from '../go/errors.js'
import { typeOf } from '../go/type-name.js'
import type { GoFunc, Value } from '../go/value.js'
import type { Node } from './ast.js'
import { TemplateError, type Place, type TemplateErrorCode } from './errors.js'
import type { Loop } from './loop.js'
import { interfaceType, printed, type Reflected } from './reflect.js'
import type { MissingKey, Runtime, Scope } from './runtime.js'

/** One statement or a part of one: runs, and gives the index of the operation that comes next, or `call`. */
export type Operation = (frame: Frame) => number

/** What an operation gives when it has put a frame into `callee`, to be run before the operation at the frame's own `next`. */
export const call = -1

/** A compiled template. */
export interface Program {
  /** Past the last one the template ends. */
  readonly code: readonly Operation[]
  /** How many variables live at once, `$` among them. */
  readonly slots: number
}

/** A template that can be run. */
export interface Executable {
  readonly name: string
  /** Stands for the whole template in errors before any of it has run. */
  readonly root: Node
  /** Compiled when it is first asked for. */
  program (): Program
}

/** What a running template has around it. */
export interface Surroundings extends Runtime {
  readonly missingKey: MissingKey
  /** A template of the running set. */
  lookup (name: string): Executable | undefined
  /** The function that a maker gives for this set. */
  bound (name: string, make: (runtime: Runtime) => GoFunc): GoFunc
}

/** What the frames of one execution share: the text so far, and the limits. */
export class Execution {
  out = ''
  readonly surroundings: Surroundings
  readonly scope: Scope
  readonly maxString: number
  /** The frame that a `template` action has made. */
  callee: Frame | undefined
  readonly #maxOutput: number

  constructor (surroundings: Surroundings) {
    this.surroundings = surroundings
    this.scope = surroundings.scope
    this.maxString = this.scope.limits.string
    this.#maxOutput = this.scope.limits.output
  }

  write (frame: Frame, text: string): void {
    this.out += text
    if ((this.scope.output += text.length) > this.#maxOutput) {
      frame.fail(`exceeded maximum output of ${this.#maxOutput} characters`, { code: 'output-too-large' })
    }
  }
}

/** One template being run: Go's state. All that changes while it runs is here. */
export class Frame {
  readonly execution: Execution
  readonly template: Executable
  readonly code: readonly Operation[]
  readonly caller: Frame | undefined
  /** How many `template` actions led here. */
  readonly depth: number
  dot: Reflected
  /** By slot; `$` is the first. */
  readonly vars: Reflected[]
  /** Running ranges, by how deep they nest. */
  readonly loops: Loop[] = []
  /** What `.` was outside each running `with`, by how deep they nest. */
  readonly dots: Reflected[] = []
  /** The node evaluated last, which an error names. */
  node: Node
  /** Where to go on after a call. */
  next = 0
  /** The slots whose value came out of a list or map as an interface{}. */
  #interfaceSlots: Set<number> | undefined

  constructor (execution: Execution, template: Executable, parts: { dot: Reflected, caller: Frame | undefined }) {
    const program = template.program()
    this.execution = execution
    this.template = template
    this.code = program.code
    this.caller = parts.caller
    this.depth = parts.caller === undefined ? 0 : parts.caller.depth + 1
    this.dot = parts.dot
    this.vars = new Array<Reflected>(program.slots)
    this.vars[0] = parts.dot
    this.node = template.root
  }

  /** Writes what an action gave. */
  print (value: Reflected): void {
    this.execution.write(this, typeof value === 'string' ? value : this.#printed(value))
  }

  #printed (value: Reflected): string {
    try {
      return printed(value)
    } catch (error) {
      if (error instanceof FmtError) this.fail(error.message, { cause: error })
      throw error
    }
  }

  /** Notes whether a variable's value came out of a list or map of interface{}. */
  markInterface (slot: number, isInterface: boolean): void {
    if (isInterface) (this.#interfaceSlots ??= new Set()).add(slot)
    else this.#interfaceSlots?.delete(slot)
  }

  /** How Go names the type of a variable's value. */
  typeOfSlot (slot: number, value: Value): string {
    return this.#interfaceSlots?.has(slot) === true ? interfaceType : typeOf(value)
  }

  /** Ends the execution with an error at the node evaluated last. */
  fail (detail: string, options: { code?: TemplateErrorCode, cause?: unknown } = {}): never {
    throw this.error(detail, options)
  }

  /** The error at the node evaluated last. */
  error (detail: string, options: { code?: TemplateErrorCode, cause?: unknown } = {}): TemplateError {
    return new TemplateError(options.code ?? 'exec', detail, { ...options, place: this.#place() })
  }

  #place (): Place {
    const { node, template } = this
    const { line, column } = node.source.locate(node.pos)
    return { template: node.source.name, name: template.name, line, column, node: node.type === 'list' ? template.name : String(node) }
  }
}

/**
 * Runs a template.
 *
 * Statements are operations in a row, and blocks are jumps: so neither nested blocks nor nested `template` actions take JavaScript stack,
 * and Go's depth of 100000 can be reached.
 *
 * @param template what to run
 * @param data its `.` and `$`
 * @param surroundings the running set
 * @returns what it printed
 * @throws {TemplateError} `exec`, or a limit's code
 */
export function run (template: Executable, data: Reflected, surroundings: Surroundings): string {
  const execution = new Execution(surroundings)
  const { scope } = surroundings
  const maxSteps = scope.limits.steps
  let frame = new Frame(execution, template, { dot: data, caller: undefined })
  let pc = 0
  for (;;) {
    const operation = frame.code[pc]
    if (operation === undefined) {
      if (frame.caller === undefined) return execution.out
      frame = frame.caller
      pc = frame.next
      continue
    }
    if (++scope.steps > maxSteps) frame.fail(`exceeded maximum of ${maxSteps} steps`, { code: 'too-many-steps' })
    pc = operation(frame)
    if (pc === call) {
      frame = execution.callee ?? frame
      pc = 0
    }
  }
}
