import type { Value } from '../go/value.js'
import { Library } from './library.js'
import { type MissingKey, Scope, type TemplateFunction } from './runtime.js'

/** How a set of templates is made. */
export interface TemplateSetOptions {
  /** What templates may call besides Go's builtin functions; one of the same name hides the builtin. */
  readonly functions: ReadonlyMap<string, TemplateFunction>
  /** What a missing key gives: `default` no value, `zero` a nil, `error` an error. */
  readonly missingKey: MissingKey
  /** The name of the set in the error for a template that it does not have; Helm's `gotpl` unless given. */
  readonly name?: string
}

/**
 * A set of templates that can call each other by name: Go's text/template.
 *
 * ```ts
 * const set = new TemplateSet({ functions, missingKey: 'zero' })
 * set.parse('chart/templates/_names.tpl', text)
 * set.parse('chart/templates/service.yaml', text)
 * set.execute('chart/templates/service.yaml', data, scope)
 * ```
 *
 * A text is parsed once to an immutable tree; a template is compiled when it is first executed; all that changes while it runs is in the
 * execution: so one set may be executed any number of times, and from within its own functions.
 *
 * Functions that need the running set (`include`, `tpl`) are makers: they get a Runtime, which executes another template of the set and
 * compiles a text as a child of it, copying nothing:
 *
 * ```ts
 * const include: TemplateFunction = runtime => ({
 *   params: ['string', 'any'],
 *   call: (name, data) => runtime.defer(name, data)
 * })
 * const tpl: TemplateFunction = runtime => ({
 *   params: ['string', 'any'],
 *   call: (text, data) => runtime.defer(runtime.child('gotpl', text), data, { returned: text => text.replaceAll('<no value>', '') })
 * })
 * ```
 *
 * (`defer` gives the text once the template has run, without nesting on the JavaScript stack; `execute` gives it at once.) Both get the Runtime of the template that calls them: inside a child they see the child's defines. What lasts as long as a whole render
 * (how deep a name is nested) belongs in `runtime.scope.memory`; the caller of `execute` gives every file of a render the same Scope.
 */
export class TemplateSet {
  readonly #library: Library

  constructor (options: TemplateSetOptions) {
    this.#library = new Library({ name: options.name ?? 'gotpl', functions: options.functions, missingKey: options.missingKey })
  }

  /**
   * Adds a text and its defines. A name that the set already has is replaced, unless the new body is empty (nothing but white space
   * and comments).
   *
   * @param name the text's name: what errors call it and what executes it
   * @param text a template
   * @param origin what the text was read from, if that never changes: another set that parses it again, for the same functions, takes the
   * trees that are there
   * @throws {TemplateError} `parse`; nothing of the text was added
   */
  parse (name: string, text: string, origin?: object): void {
    this.#library.parse({ name, text, ...origin === undefined ? {} : { origin } })
  }

  /**
   * Whether the set has a template.
   *
   * @param name a text's or a define's name
   * @returns true also when its body is empty
   */
  has (name: string): boolean {
    return this.#library.lookup(name) !== undefined
  }

  /**
   * The names of all templates.
   *
   * @returns them in the order in which they were first added
   */
  names (): string[] {
    return this.#library.names()
  }

  /**
   * Executes a template.
   *
   * @param name a text's or a define's name
   * @param data its `.` and `$`; what it holds is not copied, so a function that changes a map changes the caller's
   * @param scope limits, and what functions remember; its own for this execution unless given
   * @returns what it printed; a nil prints `<no value>`, as in Go
   * @throws {TemplateError} `no-template`, `exec` (worded as Go's), or a limit's code
   */
  execute (name: string, data: Value, scope: Scope = new Scope()): string {
    return this.#library.runtime(scope).execute(name, data)
  }
}
