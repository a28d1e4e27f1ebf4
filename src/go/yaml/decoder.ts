import { YamlError } from '../errors.js'
import { maxDepth } from '../limits.js'
import { quote } from '../strconv.js'
import type { Dict, List, Value } from '../value.js'
import { work } from '../work.js'
import { AliasBudget } from './alias-budget.js'
import { coreTag, Directives } from './directives.js'
import { goSyntax } from './go-syntax.js'
import { exactInteger, keyText, scalarText, typedKey, type Key } from './key.js'
import { openYaml } from './reader.js'
import { parserProblem, refuseInfinite, refuseKeys, tooDeep } from './refusals.js'
import { resolveTagged, resolveTyped, type ScalarTag } from './scalar.js'
import { YamlScanner } from './scanner.js'
import type { Token, TokenType } from './token.js'

/** A value, or an integer that no number holds exactly. */
type Decoded = Value | bigint

/** What an anchor stands for; without a value its node is still open. */
interface Anchored {
  value?: Decoded
  tag?: ScalarTag | undefined
  /** How many nodes decoding it visits. */
  cost: number
}

/** A key whose value is still to be read. */
interface OpenKey extends Key {
  /** The first mistake in what is said before the value. */
  readonly earlier: YamlError | undefined
}

/** A mapping while it is filled. */
interface OpenDict {
  readonly dict: Dict
  /** The keys so far, as go-yaml tells them apart; only kept when twice is an error. */
  readonly seen: Set<string> | undefined
}

interface Properties {
  readonly anchor: string | undefined
  readonly tag: string
}

/** Units of work that reading a node takes, beside those of its characters. */
const nodeWork = 20

const noProperties: Properties = { anchor: undefined, tag: '' }

const documentEnds: ReadonlySet<TokenType> = new Set<TokenType>(['version', 'tag-directive', 'document-start', 'document-end', 'stream-end'])
const blockPairEnds: ReadonlySet<TokenType> = new Set<TokenType>(['key', 'value', 'block-end'])
const blockItemEnds: ReadonlySet<TokenType> = new Set<TokenType>(['block-entry', 'block-end'])
const indentlessItemEnds: ReadonlySet<TokenType> = new Set<TokenType>(['block-entry', 'key', 'value', 'block-end'])
const flowMappingEnds: ReadonlySet<TokenType> = new Set<TokenType>(['value', 'flow-entry', 'flow-mapping-end'])
const flowSequenceEnds: ReadonlySet<TokenType> = new Set<TokenType>(['value', 'flow-entry', 'flow-sequence-end'])

/**
 * Decodes the first document of a YAML text in one pass, straight from the scanner's tokens.
 *
 * go-yaml parses the whole document before it decodes: so a mistake in what is said is kept until the end, and a mistake in how it is
 * said goes before it.
 */
export class YamlDecoder {
  readonly #text: string
  readonly #scanner: YamlScanner
  readonly #strict: boolean
  /** Whether values keep their Go types: only done again for a message that shows one. */
  readonly #exact: boolean
  readonly #anchors = new Map<string, Anchored>()
  readonly #directives = new Directives()
  readonly #budget = new AliasBudget()
  readonly #duplicates: string[] = []
  /** The type of the node just read, when it is a scalar. */
  #tag: ScalarTag | undefined
  /** Whether the node just read is an alias. */
  #aliased = false
  /** The line of the value just read, from 0. */
  #valueLine = 0
  #depth = 0
  /** Whether a message shows a value. */
  #shows = false
  /** The first mistake in what is said. */
  #decodeError: YamlError | undefined
  /** Whether there was a NaN or an infinity, which a key that stands twice may have replaced since. */
  #hasInfinite = false

  /**
   * @param text any text
   * @param options `strict`: whether a key that stands twice in a mapping is an error; `exact` is for the decoder's own use
   */
  constructor (text: string, { strict, exact = false }: { strict: boolean, exact?: boolean }) {
    this.#text = text
    this.#scanner = new YamlScanner(openYaml(text))
    this.#strict = strict
    this.#exact = exact
  }

  /**
   * The first document.
   *
   * @returns its value; null for an empty text
   * @throws {YamlError}
   */
  decode (): Value {
    const value = this.#finite(this.#document())
    if (this.#shows && !this.#exact) new YamlDecoder(this.#text, { strict: this.#strict, exact: true }).decode()
    if (this.#decodeError !== undefined) throw this.#decodeError
    if (this.#duplicates.length > 0) throw new YamlError('duplicate-key', `yaml: unmarshal errors:\n  ${this.#duplicates.join('\n  ')}`)
    if (this.#exact) refuseKeys(value)
    else if (this.#hasInfinite) refuseInfinite(value)
    return value
  }

  #document (): Decoded {
    const first = this.#scanner.peek()
    if (first.type === 'stream-end') return null
    this.#charge()
    const explicit = first.type === 'version' || first.type === 'tag-directive' || first.type === 'document-start'
    if (explicit) this.#directives.read(this.#scanner)
    const value = explicit && documentEnds.has(this.#scanner.peek().type) ? this.#empty() : this.#node(true, false)
    this.#scanner.peek()
    return value
  }

  /** A node; `indentless` where a list may stand at its key's own column. */
  #node (block: boolean, indentless: boolean): Decoded {
    const first = this.#scanner.peek()
    if (first.type === 'alias') return this.#alias(this.#scanner.next().value)
    if (first.type !== 'anchor' && first.type !== 'tag') return this.#content(block, indentless, noProperties)
    const properties = this.#properties()
    if (properties.anchor === undefined) return this.#content(block, indentless, properties)
    const anchored: Anchored = { cost: 0 }
    this.#anchors.set(properties.anchor, anchored)
    const before = this.#budget.count
    const value = this.#content(block, indentless, properties)
    anchored.value = value
    anchored.tag = this.#tag
    anchored.cost = this.#budget.count - before
    return value
  }

  /** An anchor and a tag in either order. */
  #properties (): Properties {
    const first = this.#scanner.next()
    const second = this.#scanner.peek()
    const both = (second.type === 'anchor' || second.type === 'tag') && second.type !== first.type
    if (both) this.#scanner.next()
    const anchor = first.type === 'anchor' ? first : both ? second : undefined
    const tag = first.type === 'tag' ? first : both ? second : undefined
    if (both) this.#scanner.peek()
    return { anchor: anchor?.value, tag: tag === undefined ? '' : this.#directives.fullTag(tag) }
  }

  #content (block: boolean, indentless: boolean, properties: Properties): Decoded {
    this.#charge()
    this.#aliased = false
    const next = this.#scanner.peek()
    switch (next.type) {
      case 'plain': case 'quoted': return this.#scalar(this.#scanner.next(), properties.tag)
      case 'flow-sequence-start': return this.#flowSequence()
      case 'flow-mapping-start': return this.#flowMapping()
      case 'block-sequence-start': if (block) return this.#blockSequence(); break
      case 'block-mapping-start': if (block) return this.#blockMapping(); break
      case 'block-entry': if (indentless) return this.#indentlessSequence(); break
      default:
    }
    if (properties === noProperties) throw parserProblem(next, 'did not find expected node content')
    return this.#scalar({ type: 'plain', line: next.line, value: '', suffix: '' }, properties.tag)
  }

  #scalar (token: Token, tag: string): Decoded {
    const text = token.value
    if (tag !== '') return this.#tagged(token, tag)
    this.#tag = 'str'
    if (token.type === 'quoted') return text
    if (text === '<<') this.#tag = 'merge'
    const typed = resolveTyped(text)
    if (typed === undefined) return text
    this.#tag = typed.tag
    return this.#exact && typed.tag === 'int' && typeof typed.value === 'number' ? BigInt(typed.value) : typed.value
  }

  #tagged (token: Token, tag: string): Decoded {
    if (token.value === '<<' && (tag === '!' || tag === `${coreTag}merge`)) {
      this.#tag = 'merge'
      return token.value
    }
    const short = tag.startsWith(coreTag) ? tag.slice(coreTag.length) : undefined
    const resolved = short === undefined ? undefined : resolveTagged(short, token.value)
    if (typeof resolved === 'string') return this.#fail(resolved)
    this.#tag = resolved?.tag ?? 'str'
    return resolved === undefined ? token.value : resolved.value
  }

  #empty (): null {
    this.#charge()
    this.#tag = 'null'
    this.#aliased = false
    return null
  }

  #alias (name: string): Decoded {
    const anchored = this.#anchors.get(name)
    if (anchored === undefined) throw new YamlError('syntax', `yaml: unknown anchor '${name}' referenced`)
    this.#charge()
    this.#aliased = true
    this.#tag = anchored.tag === 'merge' ? 'str' : anchored.tag
    if (anchored.value === undefined) return this.#fail(`anchor '${name}' value contains itself`, 'aliasing')
    if (!this.#budget.expand(anchored.cost)) return this.#fail('document contains excessive aliasing', 'aliasing')
    return this.#copy(anchored.value, this.#depth)
  }

  /** Each alias stands for a value of its own: what is done to one is not done to the others. */
  #copy (value: Decoded, depth: number): Decoded {
    if (depth > maxDepth) throw tooDeep(this.#scanner.peek())
    if (Array.isArray(value)) return value.map(item => this.#finite(this.#copy(item, depth + 1)))
    if (!(value instanceof Map)) return value
    const copied: Dict = new Map()
    for (const [key, item] of value) copied.set(key, this.#finite(this.#copy(item, depth + 1)))
    return copied
  }

  #blockSequence (): List {
    const list: List = this.#open()
    for (;;) {
      const next = this.#scanner.next()
      if (next.type === 'block-end') return this.#close(list)
      if (next.type !== 'block-entry') throw parserProblem(next, "did not find expected '-' indicator")
      list.push(this.#finite(blockItemEnds.has(this.#scanner.peek().type) ? this.#empty() : this.#node(true, false)))
    }
  }

  #indentlessSequence (): List {
    this.#enter()
    const list: List = []
    while (this.#scanner.peek().type === 'block-entry') {
      this.#scanner.next()
      list.push(this.#finite(indentlessItemEnds.has(this.#scanner.peek().type) ? this.#empty() : this.#node(true, false)))
    }
    return this.#close(list)
  }

  #blockMapping (): Dict {
    this.#open()
    const open = this.#openDict()
    for (;;) {
      const next = this.#scanner.peek()
      if (next.type === 'block-end') break
      if (next.type !== 'key') throw parserProblem(next, 'did not find expected key')
      this.#scanner.next()
      const value = blockPairEnds.has(this.#scanner.peek().type) ? this.#empty() : this.#node(true, true)
      const key = this.#keyOf(value)
      this.#store(open, key, this.#pairValue(blockPairEnds, true))
    }
    this.#scanner.next()
    return this.#close(open.dict)
  }

  #flowSequence (): List {
    const list: List = this.#open()
    for (let first = true; ; first = false) {
      const next = this.#flowNext(first, 'flow-sequence-end', "did not find expected ',' or ']'")
      if (next.type === 'flow-sequence-end') break
      list.push(this.#finite(next.type === 'key' ? this.#flowPair() : this.#node(false, false)))
    }
    this.#scanner.next()
    return this.#close(list)
  }

  /** A mapping of one pair within a flow sequence: `[a: b]`. */
  #flowPair (): Dict {
    this.#charge()
    this.#open()
    const open = this.#openDict()
    let value: Decoded
    if (flowSequenceEnds.has(this.#scanner.peek().type)) {
      // libyaml drops this token, whatever it is.
      this.#scanner.next()
      value = this.#empty()
    } else {
      value = this.#node(false, false)
    }
    const key = this.#keyOf(value)
    this.#store(open, key, this.#pairValue(flowSequenceEnds, false))
    return this.#close(open.dict)
  }

  #flowMapping (): Dict {
    this.#open()
    const open = this.#openDict()
    for (let first = true; ; first = false) {
      const next = this.#flowNext(first, 'flow-mapping-end', "did not find expected ',' or '}'")
      if (next.type === 'flow-mapping-end') break
      const explicit = next.type === 'key'
      if (explicit) this.#scanner.next()
      const value = explicit && flowMappingEnds.has(this.#scanner.peek().type) ? this.#empty() : this.#node(false, false)
      const key = this.#keyOf(value)
      this.#valueLine = next.line
      this.#store(open, key, explicit ? this.#pairValue(flowMappingEnds, false) : this.#empty())
    }
    this.#scanner.next()
    return this.#close(open.dict)
  }

  /** The next token of a flow collection, after the comma that must part it from the one before. */
  #flowNext (first: boolean, end: TokenType, problem: string): Token {
    const next = this.#scanner.peek()
    if (first || next.type === end) return next
    if (next.type !== 'flow-entry') throw parserProblem(next, problem)
    this.#scanner.next()
    return this.#scanner.peek()
  }

  /** What stands after a key's colon, if it has one. */
  #pairValue (ends: ReadonlySet<TokenType>, block: boolean): Decoded {
    let next = this.#scanner.peek()
    let line = next.line
    if (next.type === 'value') {
      this.#scanner.next()
      next = this.#scanner.peek()
      if (!block) line = next.line
      // In flow, a second colon is no end: the node that it cannot start is the error.
      if (!ends.has(next.type) || (!block && next.type === 'value')) {
        const value = this.#node(block, block)
        this.#valueLine = next.line
        return value
      }
    }
    this.#valueLine = line
    return this.#empty()
  }

  /** The node just read as a key: a list or a mapping is none, and that is said before anything of its value. */
  #keyOf (value: Decoded): OpenKey {
    const key: OpenKey = { value, tag: this.#tag, earlier: this.#decodeError }
    if (key.tag === undefined) {
      this.#shows = true
      this.#fail(`invalid map key: ${this.#shown(this.#finite(key.value))}`)
    }
    return key
  }

  #store (open: OpenDict, key: OpenKey, value: Decoded): void {
    if (key.tag === 'merge') {
      this.#merge(open, value, key)
    } else if (key.tag === 'str' && open.seen === undefined && !this.#exact) {
      open.dict.set(scalarText(key.value), this.#finite(value))
    } else if (key.tag !== undefined && !this.#isDuplicate(open, key)) {
      this.#storeTyped(open.dict, key, this.#finite(value))
    }
  }

  /** A key that JSON has no text for is an error, unless a later key replaces what it stands in: so only the whole value tells. */
  #storeTyped (dict: Dict, key: Key, value: Value): void {
    const text = this.#exact ? undefined : keyText(key)
    if (text === undefined) this.#shows = true
    dict.set(text ?? typedKey(key), value)
  }

  /** Values lose their Go types in decoding: only the second time, for the sake of this, they are kept. */
  #shown (value: Value): string {
    return this.#exact ? goSyntax(value) : ''
  }

  #isDuplicate (open: OpenDict, key: Key): boolean {
    const typed = typedKey(key)
    if (open.seen?.has(typed) !== true) {
      open.seen?.add(typed)
      return false
    }
    const shown = typeof key.value === 'string' ? quote(key.value) : scalarText(key.value)
    this.#duplicates.push(`line ${this.#valueLine + 1}: key ${shown} already set in map`)
    return true
  }

  /** `<<`: the entries of a mapping, or of several of which earlier ones go before later ones. */
  #merge (open: OpenDict, value: Decoded, key: OpenKey): void {
    const sources = Array.isArray(value) && !this.#aliased ? value.toReversed() : [value]
    // What is no mapping is never decoded: a mistake in it is none. An alias of what holds it stands for a mapping.
    if (sources.length > 0 && !(sources[0] instanceof Map) && this.#decodeError?.code !== 'aliasing') this.#decodeError = key.earlier
    for (const source of sources) {
      if (source instanceof Map) {
        for (const [key, item] of source) this.#storeMerged(open, key, item)
      } else {
        this.#fail('map merge requires map or sequence of maps as the value')
      }
    }
  }

  #storeMerged (open: OpenDict, key: string, value: Value): void {
    if (this.#exact) open.dict.set(key, value)
    else this.#store(open, { value: key, tag: 'str', earlier: undefined }, value)
  }

  /** Numbers are float64. */
  #finite (value: Decoded): Value {
    if (typeof value === 'bigint') return this.#exact ? exactInteger(value) : Number(value)
    if (typeof value === 'number' && !Number.isFinite(value)) this.#hasInfinite = true
    return value
  }

  #fail (message: string, code: 'type' | 'aliasing' = 'type'): null {
    this.#decodeError ??= new YamlError(code, `yaml: ${message}`)
    this.#tag = 'str'
    return null
  }

  #charge (): void {
    work(nodeWork)
    if (!this.#budget.charge()) this.#fail('document contains excessive aliasing', 'aliasing')
  }

  #openDict (): OpenDict {
    return { dict: new Map(), seen: this.#strict ? new Set() : undefined }
  }

  /** Takes the token that starts a collection. */
  #open (): List {
    this.#enter()
    this.#scanner.next()
    return []
  }

  #enter (): void {
    if (++this.#depth > maxDepth) throw tooDeep(this.#scanner.peek())
  }

  #close<T> (collection: T): T {
    this.#depth--
    this.#tag = undefined
    this.#aliased = false
    return collection
  }
}
