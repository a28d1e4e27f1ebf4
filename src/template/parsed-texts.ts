import type { Tree } from './ast.js'
import { parse } from './parse.js'

interface Parsed {
  readonly name: string
  readonly functions: string
  readonly trees: ReadonlyMap<string, Tree>
}

/** Trees never change, so whoever parses the same file again gets the ones that are there; they go when the file goes. */
const kept = new WeakMap<object, Parsed>()

/** A text, and what it is parsed for. */
export interface ParsedText {
  readonly name: string
  /** Asked for only where there are no trees of it yet. */
  readonly text: string
  /** What the text was read from and does not change: its trees are kept with it. Nothing is kept without it. */
  readonly origin?: object
}

/** Parses texts for sets that call the same functions. */
export class TextParser {
  readonly #functions: ReadonlyMap<string, unknown>
  #names: string | undefined

  /** @param functions what templates may call besides the builtin functions */
  constructor (functions: ReadonlyMap<string, unknown>) {
    this.#functions = functions
  }

  /**
   * The trees of a text: its main template, and those it defines, by name.
   *
   * @throws {TemplateError} `parse`, `too-deep`
   */
  trees (source: ParsedText): ReadonlyMap<string, Tree> {
    const { name, origin } = source
    if (origin === undefined) return parse(name, source.text, { functions: this.#functions })
    // Which names are functions decides what parses.
    this.#names ??= [...this.#functions.keys()].join(' ')
    const known = kept.get(origin)
    if (known !== undefined && known.name === name && known.functions === this.#names) return known.trees
    const trees = parse(name, source.text, { functions: this.#functions })
    kept.set(origin, { name, functions: this.#names, trees })
    return trees
  }
}
