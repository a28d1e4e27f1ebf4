import type { GoFunc, Value } from '../go/value.js'

/** How a missing key of a map is taken, as Go's `missingkey` option says it. */
export type MissingKey = 'default' | 'zero' | 'error'

/**
 * A function that templates may call: either one that needs only its arguments, or one that is made for the running set of templates.
 *
 * A maker is asked at most once for each Runtime, when a template first calls the function; every GoFunc it gives must have the same
 * `params` and `variadic`.
 *
 * What a GoFunc gets: arguments whose number and types fit `params` (the engine has raised Go's errors otherwise). A nil stands for a nil
 * of the parameter's type: so `any`, `reflect`, `dict`, `list`, `strings`, `bytes` and `error` may be null, the others never. A `dict` is
 * always a Map and a `list` always an array: a GoObject that is a named map or slice comes as its `elements()`.
 * What it throws is reported as `error calling NAME: MESSAGE`, with the thrown error as `cause`.
 *
 * A function that executes templates does best to give what `runtime.defer` returns: it takes no stack.
 */
export type TemplateFunction = GoFunc | ((runtime: Runtime) => GoFunc)

/** What a function may ask of the running set of templates. */
export interface Runtime {
  /** What this execution remembers and how much it has spent; the same object in every nested execution. */
  readonly scope: Scope

  /**
   * Executes a template of the running set, as Go's ExecuteTemplate. Inside a child that set is the child: it sees the child's defines
   * first, then those of its parents.
   *
   * @param name the template's name
   * @param data its `.` and `$`
   * @returns what it printed
   * @throws {TemplateError} `no-template`, `exec`, or a limit's code
   */
  execute (name: string, data: Value): string

  /**
   * Executes a template or child without nesting on the JavaScript stack: a function gives what this returns as its own value, and nothing
   * else may be done with it. The template is then executed, and its text becomes the function's value. So templates that include each other
   * nest as deep as `limits.nesting` says; those that are executed by `execute` nest only as deep as the stack allows.
   *
   * @param template a template's name, or what `child` gave
   * @param data its `.` and `$`
   * @param after what is to be done when it has ended; nothing unless given
   * @returns what stands for the text until then
   * @throws {TemplateError} `no-template`
   */
  defer (template: string | ChildTemplate, data: Value, after?: After): Value

  /**
   * Compiles a text as a child of the running set: what `tpl` needs. Nothing is copied, and the work is done once for each text, however
   * often it is asked for. The text's own defines (an empty one does not hide a template of the same name) are seen by it, by what it
   * executes and by its own children only.
   *
   * @param name how errors name the text; Helm names it as the set: `gotpl`
   * @param text a template
   * @returns the child, ready to be executed; each call gives a new one
   * @throws {TemplateError} `parse`
   */
  child (name: string, text: string): ChildTemplate
}

/** What is to be done after a deferred template: one of the two is called, once. */
export interface After {
  /**
   * @param text what the template printed
   * @returns the function's value
   */
  returned? (text: string): Value

  /**
   * @param error why the template failed
   * @returns the function's error in its place: with the given one as its cause, or the given one itself
   */
  failed? (error: unknown): unknown
}

/** A text that was compiled while a template was running. */
export interface ChildTemplate {
  /**
   * Executes the text itself.
   *
   * @param data its `.` and `$`
   * @returns what it printed
   * @throws {TemplateError} `exec` or a limit's code
   */
  execute (data: Value): string
}

/** Bounds on what one scope may spend. */
export interface Limits {
  /**
   * Statements, iterations and calls together, each a step; a function's work counts as so many more by what it is given, what it gives and how
   * long it takes. It is the same on every machine: about 50 ns a step on one of today.
   */
  readonly steps: number
  /** Characters (UTF-16 units) printed by all templates together, counted again in each template that prints another's text. */
  readonly output: number
  /** The length in characters of any one string that a function gives. */
  readonly string: number
  /** Nested `template` actions; Go's own limit is 100000. */
  readonly depth: number
  /** How many elements any one list or map that a function gives may have. */
  readonly items: number
  /** Milliseconds by the scope's clock; Infinity where time does not matter. */
  readonly milliseconds: number
  /** Templates executed by functions of templates executed by functions, and so on. Go has no limit but its stack. */
  readonly nesting: number
}

/** Enough for any chart in use; what goes beyond is a mistake or an attack. */
export const defaultLimits: Limits = {
  steps: 20_000_000, output: 64 * 1024 * 1024, string: 16 * 1024 * 1024, items: 1_000_000, milliseconds: Infinity, depth: 100_000, nesting: 5000
}

/**
 * One piece of work: a single execution, or all the files of a chart when the caller gives each execution the same scope.
 * Steps and output are counted here.
 */
export class Scope {
  readonly limits: Limits
  /** Steps done so far. */
  steps = 0
  /** Characters printed so far. */
  output = 0
  /** Executions that lie on the JavaScript stack now; those that take more of it count more than once. */
  running = 0
  /** What functions keep as long as the scope lasts, each under a key of its own: such as `include`'s count of nested names. */
  readonly memory = new Map<unknown, unknown>()

  readonly #clock: () => number
  readonly #start: number

  /**
   * @param limits what differs from the default limits
   * @param clock milliseconds since any moment; what `milliseconds` are counted by, and without which they are not
   */
  constructor (limits: Partial<Limits> = {}, clock: () => number = () => 0) {
    this.limits = { ...defaultLimits, ...limits }
    this.#clock = clock
    this.#start = this.limits.milliseconds === Infinity ? 0 : clock()
  }

  /** Whether the time is over. */
  get isLate (): boolean {
    return this.limits.milliseconds !== Infinity && this.#clock() - this.#start > this.limits.milliseconds
  }
}
