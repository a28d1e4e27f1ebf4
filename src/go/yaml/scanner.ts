import { maxDepth } from '../limits.js'
import { scanBlock } from './block.js'
import { isBreak, isSpaceOrEnd, type YamlCursor } from './cursor.js'
import { scanPlain } from './plain.js'
import { scanAnchor, scanDirective, scanTag } from './property.js'
import { scanQuoted } from './quoted.js'
import { token, type Token, type TokenType } from './token.js'

/** A place where a key without `?` may have started: known to be one only when its colon comes. */
interface SimpleKey {
  /** Which token, counted from the start of the stream, it would begin with. */
  readonly token: number
  /** Whether nothing else can stand there. */
  readonly required: boolean
  readonly at: number
  readonly line: number
  readonly column: number
  /** Whether its first token waits for its colon. */
  waits: boolean
}

/** How far ahead of its colon a simple key may start. */
const longestSimpleKey = 1024

/** Cuts YAML 1.1 into tokens, as libyaml and go-yaml do: the same tokens, the same errors at the same place. */
export class YamlScanner {
  readonly #cursor: YamlCursor
  /** Those that were fetched and not taken stand from head to end; the room is used again. */
  readonly #tokens: Token[] = []
  #head = 0
  #end = 0
  /** How many tokens were given out. */
  #taken = 0
  /** Column of the current block collection; -1 outside any. */
  #indent = -1
  readonly #indents: number[] = []
  #simpleKeyAllowed = true
  /** The possible simple key of each level of brackets, the outermost first. */
  readonly #simpleKeys: Array<SimpleKey | undefined> = [undefined]
  /** Whether a possible key ever stood on a level, or the one around it begins before the bracket. */
  readonly #hadKey = [false]
  #ended = false

  constructor (cursor: YamlCursor) {
    this.#cursor = cursor
  }

  /** The next token, which stays the next one. */
  peek (): Token {
    while (this.#head === this.#end || this.#headMayBeKey()) {
      if (this.#ended) break
      this.#fetch()
      this.#cursor.checkRead()
    }
    return (this.#head < this.#end ? this.#tokens[this.#head] : undefined) ?? token('stream-end', this.#cursor.line)
  }

  /** Takes the next token. */
  next (): Token {
    const next = this.peek()
    this.#head++
    this.#taken++
    if (this.#head === this.#end) this.#head = this.#end = 0
    return next
  }

  get #flow (): boolean {
    return this.#simpleKeys.length > 1
  }

  /** Until its colon comes or cannot come any more, a key's first token must not be given out: a KEY token would go before it. */
  #headMayBeKey (): boolean {
    for (let level = 0; level < this.#simpleKeys.length; level++) {
      const key = this.#simpleKeys[level]
      if (key?.waits === true && key.token === this.#taken) return this.#simpleKeyAt(level) !== undefined
    }
    return false
  }

  #push (type: TokenType, length: number): void {
    this.#add(token(type, this.#cursor.line))
    this.#cursor.at += length
  }

  #fetch (): void {
    this.#skipToToken()
    const cursor = this.#cursor
    this.#unroll(cursor.column)
    const unit = cursor.unit()
    if (unit === 0) {
      this.#fetchStreamEnd()
    } else if (cursor.column === 0 && unit === 0x25) {
      this.#endBlocks()
      this.#add(scanDirective(cursor))
    } else if (cursor.atDocumentMark()) {
      this.#endBlocks()
      this.#push(unit === 0x2d ? 'document-start' : 'document-end', 3)
    } else {
      this.#fetchContent(unit)
    }
  }

  #fetchContent (unit: number): void {
    const spaced = isSpaceOrEnd(this.#cursor.unit(1))
    switch (unit) {
      case 0x5b: { this.#fetchFlowStart('flow-sequence-start'); return }
      case 0x7b: { this.#fetchFlowStart('flow-mapping-start'); return }
      case 0x5d: { this.#fetchFlowEnd('flow-sequence-end'); return }
      case 0x7d: { this.#fetchFlowEnd('flow-mapping-end'); return }
      case 0x2c: { this.#fetchFlowEntry(); return }
      case 0x2d: { spaced ? this.#fetchBlockEntry() : this.#fetchPlain(); return }
      case 0x3f: { this.#flow || spaced ? this.#fetchKey() : this.#fetchPlain(); return }
      case 0x3a: { this.#flow || spaced ? this.#fetchValue() : this.#fetchPlain(); return }
      case 0x2a: case 0x26: { this.#fetchScalar(() => scanAnchor(this.#cursor)); return }
      case 0x21: { this.#fetchScalar(() => scanTag(this.#cursor)); return }
      case 0x27: case 0x22: { this.#fetchQuoted(); return }
      case 0x7c: case 0x3e: { this.#fetchBlock(); return }
      // A percent sign, an at sign, a back quote, and what white space is left: tabs where only spaces may indent.
      case 0x25: case 0x40: case 0x60: case 0x09: throw this.#noToken()
      default: { this.#fetchPlain() }
    }
  }

  #noToken (): Error {
    return this.#cursor.problem('found character that cannot start any token')
  }

  /** Passes white space, comments and line breaks. A tab may not indent a line of a block. */
  #skipToToken (): void {
    const cursor = this.#cursor
    for (;;) {
      let unit = cursor.unit()
      while (unit === 0x20 || (unit === 0x09 && (this.#flow || !this.#simpleKeyAllowed))) {
        cursor.at++
        unit = cursor.unit()
      }
      cursor.skipComment()
      if (!isBreak(cursor.unit())) return
      cursor.takeBreak()
      if (!this.#flow) this.#simpleKeyAllowed = true
    }
  }

  /** Opens a block collection when the column is deeper than the current one's; `at` is the token it goes before. */
  #roll (column: number, line: number, type: TokenType, at?: number): void {
    if (this.#flow || this.#indent >= column) return
    this.#indents.push(this.#indent)
    this.#indent = column
    if (this.#indents.length > maxDepth) throw this.#cursor.problem(`exceeded max depth of ${maxDepth}`, 'depth')
    this.#insert(token(type, line), at)
  }

  #insert (inserted: Token, at?: number): void {
    const place = at === undefined || at < this.#taken ? this.#end : this.#head + at - this.#taken
    this.#add(inserted)
    if (place === this.#end - 1) return
    this.#tokens.copyWithin(place + 1, place, this.#end - 1)
    this.#tokens[place] = inserted
  }

  #add (added: Token): void {
    this.#tokens[this.#end++] = added
  }

  /** Closes the block collections that are deeper than the column. */
  #unroll (column: number): void {
    if (this.#flow) return
    while (this.#indent > column) {
      this.#add(token('block-end', this.#cursor.line))
      this.#indent = this.#indents.pop() ?? -1
    }
  }

  #endBlocks (): void {
    this.#unroll(-1)
    this.#removeSimpleKey()
    this.#simpleKeyAllowed = false
  }

  #fetchStreamEnd (): void {
    this.#cursor.endLine()
    this.#endBlocks()
    this.#push('stream-end', 0)
    this.#ended = true
  }

  #fetchFlowStart (type: TokenType): void {
    this.#saveSimpleKey()
    const outer = this.#simpleKeys.at(-1)
    this.#simpleKeys.push(undefined)
    // A tag or an anchor may be the key's first token, and is held back all the same.
    this.#hadKey.push(outer !== undefined && outer.token !== this.#taken + this.#end - this.#head)
    if (this.#simpleKeys.length > maxDepth + 1) throw this.#cursor.problem(`exceeded max depth of ${maxDepth}`, 'depth')
    this.#simpleKeyAllowed = true
    this.#push(type, 1)
  }

  #fetchFlowEnd (type: TokenType): void {
    this.#removeSimpleKey()
    if (this.#flow) this.#closeLevel()
    this.#simpleKeyAllowed = false
    this.#push(type, 1)
  }

  /** go-yaml's book of keys: brackets in which no key could have stood are not held back as a key themselves. */
  #closeLevel (): void {
    this.#simpleKeys.pop()
    const outer = this.#simpleKeys.at(-1)
    if (this.#hadKey.pop() === false && outer !== undefined) outer.waits = false
  }

  #fetchFlowEntry (): void {
    this.#removeSimpleKey()
    this.#simpleKeyAllowed = true
    this.#push('flow-entry', 1)
  }

  #fetchBlockEntry (): void {
    const cursor = this.#cursor
    if (!this.#flow) {
      if (!this.#simpleKeyAllowed) throw cursor.problem('block sequence entries are not allowed in this context')
      this.#roll(cursor.column, cursor.line, 'block-sequence-start')
    }
    this.#removeSimpleKey()
    this.#simpleKeyAllowed = true
    this.#push('block-entry', 1)
  }

  #fetchKey (): void {
    const cursor = this.#cursor
    if (!this.#flow) {
      if (!this.#simpleKeyAllowed) throw cursor.problem('mapping keys are not allowed in this context')
      this.#roll(cursor.column, cursor.line, 'block-mapping-start')
    }
    this.#removeSimpleKey()
    this.#simpleKeyAllowed = !this.#flow
    this.#push('key', 1)
  }

  #fetchValue (): void {
    const cursor = this.#cursor
    const level = this.#simpleKeys.length - 1
    const key = this.#simpleKeyAt(level)
    if (key !== undefined) {
      this.#insert(token('key', key.line), key.token)
      this.#roll(key.column, key.line, 'block-mapping-start', key.token)
      this.#simpleKeys[level] = undefined
      this.#simpleKeyAllowed = false
    } else {
      if (!this.#flow) {
        if (!this.#simpleKeyAllowed) throw cursor.problem('mapping values are not allowed in this context')
        this.#roll(cursor.column, cursor.line, 'block-mapping-start')
      }
      this.#simpleKeyAllowed = !this.#flow
    }
    this.#push('value', 1)
  }

  /** A token after which no key may start on the same line. */
  #fetchScalar (scan: () => Token): void {
    this.#saveSimpleKey()
    this.#simpleKeyAllowed = false
    this.#add(scan())
  }

  #fetchQuoted (): void {
    this.#saveSimpleKey()
    this.#simpleKeyAllowed = false
    const line = this.#cursor.line
    this.#add(token('quoted', line, scanQuoted(this.#cursor)))
  }

  #fetchPlain (): void {
    this.#saveSimpleKey()
    const line = this.#cursor.line
    const { text, newLine } = scanPlain(this.#cursor, { flow: this.#flow, indent: this.#indent + 1 })
    this.#simpleKeyAllowed = newLine
    this.#add(token('plain', line, text))
  }

  #fetchBlock (): void {
    if (this.#flow) throw this.#noToken()
    this.#removeSimpleKey()
    this.#simpleKeyAllowed = true
    const line = this.#cursor.line
    this.#add(token('quoted', line, scanBlock(this.#cursor, this.#indent)))
  }

  /** The possible key of a level, unless its line is over or it lies too far back. */
  #simpleKeyAt (level: number): SimpleKey | undefined {
    const key = this.#simpleKeys[level]
    if (key === undefined) return undefined
    if (key.line === this.#cursor.line && key.at + longestSimpleKey >= this.#cursor.at) return key
    if (key.required) throw this.#cursor.problem("could not find expected ':'")
    this.#simpleKeys[level] = undefined
    return undefined
  }

  #saveSimpleKey (): void {
    if (!this.#simpleKeyAllowed) return
    const cursor = this.#cursor
    this.#removeSimpleKey()
    this.#simpleKeys[this.#simpleKeys.length - 1] = {
      token: this.#taken + this.#end - this.#head,
      required: !this.#flow && this.#indent === cursor.column,
      at: cursor.at,
      line: cursor.line,
      column: cursor.column,
      waits: true
    }
    this.#hadKey[this.#hadKey.length - 1] = true
  }

  #removeSimpleKey (): void {
    const last = this.#simpleKeys.length - 1
    if (this.#simpleKeys[last]?.required === true) throw this.#cursor.problem("could not find expected ':'")
    this.#simpleKeys[last] = undefined
  }
}
