import { messageOf } from '../errors.js'
import { WorkError } from '../go/errors.js'
import { typeOf } from '../go/type-name.js'
import { endWorkLimit, limitWork } from '../go/work.js'
import { GoObject, type GoFunc, type Value } from '../go/value.js'
import type { Node } from './ast.js'
import { TemplateError, type Place, type TemplateErrorCode } from './errors.js'
import type { Loop } from './loop.js'
import { interfaceType, printed, type Reflected } from './reflect.js'
import type { After, MissingKey, Runtime, Scope } from './runtime.js'
import { isStackOverflow } from './stack-overflow.js'

/** One statement or a part of one: runs, and gives the index of the operation that comes next, or `call`. */
export type Operation = (frame: Frame) => number

/** What an operation gives when it has put a frame into `callee`, to be run before the operation at the frame's own `next`. */
export const call = -1

/**
 * How many executions may lie on the JavaScript stack. An execution within an execution takes 0.6 KB of it and what its function takes; by
 * default there is 1 MB.
 */
const maxRunning = 1100

/** A compiled template. */
export interface Program {
  /** Past the last one the template ends. More may follow while it runs: blocks are compiled when they are first reached. */
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

/** What is said when the steps are used up. */
export function tooManySteps (frame: Frame): string {
  return `exceeded maximum of ${frame.execution.scope.limits.steps} steps`
}

/** A template that a function wants to be executed for its value. */
export class Deferred extends GoObject {
  readonly goType = 'string'
  readonly goKind = 'string'
  readonly template: Executable
  readonly surroundings: Surroundings
  readonly data: Reflected
  readonly after: After

  constructor (template: Executable, surroundings: Surroundings, { data, after }: { data: Reflected, after: After }) {
    super()
    this.template = template
    this.surroundings = surroundings
    this.data = data
    this.after = after
  }

  override field (): undefined {
    return undefined
  }
}

/** Where the text of a deferred template goes. */
export interface Destination {
  /** The temporary value of the caller that will hold it. */
  readonly temp: number
  /** An error of the template, or of what is done after it, as an error at the call. */
  readonly error: (caller: Frame, error: unknown) => TemplateError
}

/** How many writes are joined as they come: V8 keeps each as a node of a tree until someone reads the text. */
const looseWrites = 10_000

/** What the frames of one execution share: the text so far, and the limits. */
export class Execution {
  readonly surroundings: Surroundings
  readonly scope: Scope
  readonly maxString: number
  /** How many executions this one is in. */
  readonly nesting: number
  /** The frame that a `template` action has made. */
  callee: Frame | undefined
  readonly #maxOutput: number
  readonly #parts: string[] = []
  #loose = ''
  #writes = 0

  constructor (surroundings: Surroundings, nesting: number) {
    this.surroundings = surroundings
    this.nesting = nesting
    this.scope = surroundings.scope
    this.maxString = this.scope.limits.string
    this.#maxOutput = this.scope.limits.output
  }

  /** The text so far. */
  get out (): string {
    return this.#parts.length === 0 ? this.#loose : this.#parts.join('') + this.#loose
  }

  write (frame: Frame, text: string): void {
    this.#loose += text
    if (++this.#writes % looseWrites === 0) this.#settle()
    if ((this.scope.output += text.length) > this.#maxOutput) {
      frame.fail(`exceeded maximum output of ${this.#maxOutput} characters`, { code: 'output-too-large' })
    }
  }

  /** Makes one flat text of the writes so far: a regular expression reads it, and so V8 joins it. */
  #settle (): void {
    /^/.test(this.#loose)
    this.#parts.push(this.#loose)
    this.#loose = ''
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
  /** Values kept from one operation to a later one, and the node that was evaluated last for each. */
  readonly #temps: Reflected[] = []
  readonly #tempNodes: Node[] = []
  /** Set in the first frame of a deferred template: it is not its caller's execution. */
  deferral: { readonly deferred: Deferred, readonly destination: Destination } | undefined
  /** Where to go on after a call. */
  next = 0
  /** Which slots hold a value that came out of a list or map as an interface{}. */
  #interfaceSlots: boolean[] | undefined

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

  /** Keeps a value for a later operation. */
  keep (temp: number, value: Reflected): void {
    this.#temps[temp] = value
    this.#tempNodes[temp] = this.node
  }

  /** The value kept; the node is again what it was after the value's evaluation. */
  kept (temp: number): Reflected {
    this.node = this.#tempNodes[temp] ?? this.node
    return this.#temps[temp]
  }

  /** Writes what an action gave. */
  print (value: Reflected): void {
    this.execution.write(this, typeof value === 'string' ? value : this.#printed(value))
  }

  #printed (value: Reflected): string {
    try {
      return printed(value)
    } catch (error) {
      if (error instanceof WorkError) throw this.error(tooManySteps(this), { code: 'too-many-steps', cause: error })
      throw this.error(messageOf(error), { code: isStackOverflow(error) ? 'too-deep' : 'exec', cause: error })
    }
  }

  /** Fails when the time is over. */
  checkTime (): void {
    const { scope } = this.execution
    if (scope.isLate) this.fail(`exceeded maximum of ${scope.limits.milliseconds} milliseconds`, { code: 'too-slow' })
  }

  /** Notes whether a variable's value came out of a list or map of interface{}. */
  markInterface (slot: number, isInterface: boolean): void {
    this.#interfaceSlots ??= []
    this.#interfaceSlots[slot] = isInterface
  }

  /** How Go names the type of a variable's value. */
  typeOfSlot (slot: number, value: Value): string {
    return this.#interfaceSlots?.[slot] === true ? interfaceType : typeOf(value)
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

/** How many plain statements go by between two looks at the clock; a power of 2. */
const timed = 4096

/** What entering a template costs, more than a statement. */
const enterSteps = 8

/**
 * Begins a `template` action: an operation that does so returns `call`.
 *
 * @param frame the caller
 * @param template what is called
 * @param parts its `.`, and the caller's operation to go on with
 */
export function enter (frame: Frame, template: Executable, { dot, next }: { dot: Reflected, next: number }): void {
  frame.next = next
  frame.execution.scope.steps += enterSteps
  frame.execution.callee = new Frame(frame.execution, template, { dot, caller: frame })
}

/**
 * Begins a deferred template: an operation that does so returns `call`.
 *
 * @param frame the caller
 * @param deferred what is executed
 * @param parts where the text goes, and the caller's operation to go on with
 */
export function enterDeferred (frame: Frame, deferred: Deferred, { destination, next }: { destination: Destination, next: number }): void {
  const { execution } = frame
  const { nesting } = execution.scope.limits
  if (execution.nesting >= nesting) frame.fail(`exceeded maximum nesting of templates (${nesting})`, { code: 'too-deep' })
  frame.next = next
  execution.scope.steps += enterSteps * 3
  const inner = new Execution(deferred.surroundings, execution.nesting + 1)
  const callee = new Frame(inner, deferred.template, { dot: deferred.data, caller: frame })
  callee.deferral = { deferred, destination }
  execution.callee = callee
}

/**
 * Runs a template.
 *
 * Statements are operations in a row, and blocks are jumps: so neither nested blocks nor nested `template` actions nor deferred templates take
 * JavaScript stack, and Go's depth of 100000 can be reached.
 *
 * @param template what to run
 * @param data its `.` and `$`
 * @param surroundings the running set
 * @returns what it printed
 * @throws {TemplateError} `exec`, or a limit's code
 */
export function run (template: Executable, data: Reflected, surroundings: Surroundings): string {
  const { scope } = surroundings
  const maxSteps = scope.limits.steps
  const execution = new Execution(surroundings, 0)
  let frame = new Frame(execution, template, { dot: data, caller: undefined })
  let pc = 0
  const outerWork = limitWork(() => maxSteps - scope.steps)
  scope.running++
  try {
    if (scope.running > maxRunning) frame.fail('templates nest deeper than the stack allows', { code: 'too-deep' })
    for (;;) {
      const operation = frame.code[pc]
      if (operation === undefined) {
        const ended = frame
        if (ended.caller === undefined) return execution.out
        frame = ended.caller
        pc = frame.next
        if (ended.deferral !== undefined) finish(ended, frame, ended.deferral)
        continue
      }
      if (++scope.steps > maxSteps) frame.fail(tooManySteps(frame), { code: 'too-many-steps' })
      if ((scope.steps & (timed - 1)) === 0) frame.checkTime()
      pc = operation(frame)
      if (pc === call) {
        frame = frame.execution.callee ?? frame
        pc = 0
      }
    }
  } catch (error) {
    throw unwind(frame, error)
  } finally {
    scope.running--
    endWorkLimit(outerWork)
  }
}

/** Gives the caller the text of a deferred template. */
function finish ({ execution }: Frame, caller: Frame, { deferred, destination }: NonNullable<Frame['deferral']>): void {
  let value: Value
  try {
    value = deferred.after.returned === undefined ? execution.out : deferred.after.returned(execution.out)
  } catch (error) {
    throw destination.error(caller, error)
  }
  caller.keep(destination.temp, value)
}

/** Tells every deferred template on the way back that it failed; gives the error of the outermost call. */
function unwind (innermost: Frame, error: unknown): unknown {
  let thrown = error
  for (let frame: Frame | undefined = innermost; frame !== undefined; frame = frame.caller) {
    const { deferral, caller } = frame
    if (deferral === undefined || caller === undefined) continue
    const { after } = deferral.deferred
    const reason = after.failed === undefined ? thrown : after.failed(thrown)
    // What is too deep has as many levels to tell of as it is deep: only the outermost is told.
    if (isTooDeep(thrown) && caller.execution.nesting === 0) thrown = outermost(caller, thrown)
    else if (!isTooDeep(thrown)) thrown = deferral.destination.error(caller, reason)
  }
  return thrown
}

/** Where in the file that is executed the way into the depth begins. */
function outermost (caller: Frame, error: TemplateError): TemplateError {
  return caller.error(error.detail, { code: error.code, cause: error.cause })
}

function isTooDeep (error: unknown): error is TemplateError {
  return error instanceof TemplateError && error.code === 'too-deep'
}
