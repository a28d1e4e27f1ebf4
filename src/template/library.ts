import { quote } from '../go/strconv.js'
import type { GoFunc, Value } from '../go/value.js'
import { isEmptyTree, type ListNode, type Tree } from './ast.js'
import { compile } from './compile.js'
import { TemplateError } from './errors.js'
import { Deferred, run, type Executable, type Program, type Surroundings } from './execution.js'
import { TextParser, type ParsedText } from './parsed-texts.js'
import { unwrap } from './reflect.js'
import type { After, ChildTemplate, MissingKey, Runtime, Scope, TemplateFunction } from './runtime.js'

/** How many texts of children a set keeps compiled; beyond that it forgets them all. */
const maxKept = 1000

/** What a set and all its children have in common. */
export interface LibraryOptions {
  /** The set's name in errors. */
  readonly name: string
  readonly functions: ReadonlyMap<string, TemplateFunction>
  readonly missingKey: MissingKey
}

/** A parsed template; it is compiled when it is first executed. Nothing of it knows the set it is in, so children may share it. */
class Template implements Executable {
  readonly name: string
  readonly root: ListNode
  readonly isEmpty: boolean
  readonly #functions: ReadonlyMap<string, TemplateFunction>
  #program: Program | undefined

  constructor ({ name, root }: Tree, functions: ReadonlyMap<string, TemplateFunction>) {
    this.name = name
    this.root = root
    this.isEmpty = isEmptyTree(root)
    this.#functions = functions
  }

  program (): Program {
    this.#program ??= compile(this.root, this.#functions)
    return this.#program
  }
}

/** Templates by name, and those of the set of which this is a child. */
export class Library {
  readonly #options: LibraryOptions
  readonly #parent: Library | undefined
  readonly #templates = new Map<string, Template>()
  /** What was compiled while running, by name and text; all children use the one of the outermost set. */
  readonly #texts: Map<string, ReadonlyMap<string, Template>>
  readonly #parser: TextParser

  constructor (options: LibraryOptions, parent?: Library) {
    this.#options = options
    this.#parent = parent
    this.#parser = parent === undefined ? new TextParser(options.functions) : parent.#parser
    this.#texts = parent === undefined ? new Map<string, ReadonlyMap<string, Template>>() : parent.#texts
  }

  /** Adds a text and its defines. */
  parse (text: ParsedText): void {
    this.#add(this.#read(text))
  }

  /** The template of that name, here or in the parents. */
  lookup (name: string): Template | undefined {
    return this.#templates.get(name) ?? this.#parent?.lookup(name)
  }

  names (): string[] {
    return [...this.#templates.keys()]
  }

  /** What executes templates of this set within a scope. */
  runtime (scope: Scope): Surroundings {
    return new RunningLibrary(this, { options: this.#options, scope })
  }

  /** A child with the templates of a text, and its main one. */
  child (name: string, text: string): { library: Library, main: Template } {
    const templates = this.#kept(name, text)
    const main = templates.get(name)
    if (main === undefined) throw new TemplateError('no-template', `${quote(name)} is an incomplete or empty template`, {})
    const library = new Library(this.#options, this)
    library.#add(templates)
    return { library, main }
  }

  /** As Go's Template.AddParseTree: what is empty replaces nothing. */
  #add (templates: ReadonlyMap<string, Template>): void {
    for (const [name, template] of templates) {
      if (!template.isEmpty || this.lookup(name) === undefined) this.#templates.set(name, template)
    }
  }

  #kept (name: string, text: string): ReadonlyMap<string, Template> {
    const key = `${name}\0${text}`
    const known = this.#texts.get(key)
    if (known !== undefined) return known
    const templates = this.#read({ name, text })
    if (this.#texts.size >= maxKept) this.#texts.clear()
    this.#texts.set(key, templates)
    return templates
  }

  /** A text's templates; its main one, by its own name, is always among them. */
  #read (text: ParsedText): ReadonlyMap<string, Template> {
    const { functions } = this.#options
    const templates = new Map<string, Template>()
    for (const [defined, tree] of this.#parser.trees(text)) templates.set(defined, new Template(tree, functions))
    return templates
  }
}

/** A set being executed. */
class RunningLibrary implements Surroundings {
  readonly scope: Scope
  readonly missingKey: MissingKey
  readonly #library: Library
  readonly #name: string
  readonly #functions = new Map<string, GoFunc>()

  constructor (library: Library, { options, scope }: { options: LibraryOptions, scope: Scope }) {
    this.#library = library
    this.#name = options.name
    this.missingKey = options.missingKey
    this.scope = scope
  }

  lookup (name: string): Executable | undefined {
    return this.#library.lookup(name)
  }

  bound (name: string, make: (runtime: Runtime) => GoFunc): GoFunc {
    const known = this.#functions.get(name)
    if (known !== undefined) return known
    const made = make(this)
    this.#functions.set(name, made)
    return made
  }

  execute (name: string, data: Value): string {
    return run(this.#named(name), unwrap(data), this)
  }

  defer (template: string | ChildTemplate, data: Value, after: After = {}): Value {
    if (template instanceof Child) return template.deferred(data, after)
    if (typeof template !== 'string') throw new TypeError('defer takes a name, or what child gave')
    return new Deferred(this.#named(template), this, { data: unwrap(data), after })
  }

  child (name: string, text: string): ChildTemplate {
    const { library, main } = this.#library.child(name, text)
    return new Child(main, library.runtime(this.scope))
  }

  #named (name: string): Executable {
    const template = this.#library.lookup(name)
    if (template !== undefined) return template
    throw new TemplateError('no-template', `no template ${quote(name)} associated with template ${quote(this.#name)}`, {})
  }
}

/** A text compiled while running, and the set that sees its defines. */
class Child implements ChildTemplate {
  readonly #main: Executable
  readonly #surroundings: Surroundings

  constructor (main: Executable, surroundings: Surroundings) {
    this.#main = main
    this.#surroundings = surroundings
  }

  execute (data: Value): string {
    return run(this.#main, unwrap(data), this.#surroundings)
  }

  deferred (data: Value, after: After): Deferred {
    return new Deferred(this.#main, this.#surroundings, { data: unwrap(data), after })
  }
}
