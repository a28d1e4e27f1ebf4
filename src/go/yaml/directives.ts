import { parserProblem } from './refusals.js'
import type { YamlScanner } from './scanner.js'
import type { Token } from './token.js'

/** In front of the names of YAML's own tags. */
export const coreTag = 'tag:yaml.org,2002:'

/** What stands before a document: its version, and the handles of its tags. */
export class Directives {
  readonly #handles = new Map([['!', '!'], ['!!', coreTag]])

  /**
   * Reads directives up to the line that starts the document.
   *
   * @param scanner its next token is the first directive, or the start
   * @throws {YamlError} `syntax`
   */
  read (scanner: YamlScanner): void {
    let version = false
    const own = new Set<string>()
    for (let next = scanner.next(); next.type !== 'document-start'; next = scanner.next()) {
      if (next.type === 'version') {
        if (version) throw parserProblem(next, 'found duplicate %YAML directive')
        if (next.value !== '1.1') throw parserProblem(next, 'found incompatible YAML document')
        version = true
      } else if (next.type === 'tag-directive') {
        if (own.has(next.value)) throw parserProblem(next, 'found duplicate %TAG directive')
        own.add(next.value)
        this.#handles.set(next.value, next.suffix)
      } else {
        throw parserProblem(next, 'did not find expected <document start>')
      }
    }
  }

  /**
   * A tag without its handle.
   *
   * @param tag as it was written
   * @returns what it stands for
   * @throws {YamlError} `syntax`, when no directive has the handle
   */
  fullTag (tag: Token): string {
    if (tag.value === '') return tag.suffix
    const prefix = this.#handles.get(tag.value)
    if (prefix === undefined) throw parserProblem(tag, 'found undefined tag handle')
    return prefix + tag.suffix
  }
}
