import { byteLength } from '../go/bytes.js'
import { sprintf } from '../go/fmt.js'
import { quote } from '../go/strconv.js'

/** The words and signs that have a meaning of their own, by their spelling. */
const keywordKinds = {
  '.': 'dot',
  block: 'block',
  break: 'break',
  continue: 'continue',
  define: 'define',
  else: 'else',
  end: 'end',
  if: 'if',
  nil: 'nil',
  range: 'range',
  template: 'template',
  with: 'with'
} as const

/** The kind of a keyword. */
export type KeywordKind = typeof keywordKinds[keyof typeof keywordKinds]

/** The kinds of tokens, as Go's lexer has them; comments give none. */
export type TokenKind =
  | 'error' // its text is the message
  | 'bool'
  | 'char' // a printable ASCII character with no other kind, such as a comma
  | 'charConstant'
  | 'complex' // 1+2i; an imaginary number alone is a `number`
  | 'assign'
  | 'declare'
  | 'eof'
  | 'field' // .Name
  | 'identifier'
  | 'leftDelim'
  | 'leftParen'
  | 'number'
  | 'pipe'
  | 'rawString' // with its quotes
  | 'rightDelim'
  | 'rightParen'
  | 'space'
  | 'string' // with its quotes
  | 'text'
  | 'variable' // $ or $name
  | KeywordKind

/** One token. */
export interface Token {
  readonly kind: TokenKind
  /** Where it starts: an index into the text. */
  readonly pos: number
  readonly text: string
  /** The line on which it starts, from 1. */
  readonly line: number
}

const keywords: ReadonlyMap<string, KeywordKind> = new Map(Object.entries(keywordKinds))
const keywordKindSet: ReadonlySet<string> = new Set(keywords.values())

/**
 * The keyword that a word is.
 *
 * @param word an identifier
 * @returns its kind, or undefined when it is no keyword
 */
export function keywordOf (word: string): KeywordKind | undefined {
  return keywords.get(word)
}

/** How much of a token an error shows. */
const shown = 10

/**
 * A token as errors show it.
 *
 * @param token any token
 * @returns `EOF`, `<if>` for a keyword, the message of an error, else the text quoted, cut after ten characters
 */
export function describeToken (token: Token): string {
  if (token.kind === 'eof') return 'EOF'
  if (token.kind === 'error') return token.text
  if (keywordKindSet.has(token.kind)) return `<${token.text}>`
  if (byteLength(token.text) <= shown) return quote(token.text)
  return `${sprintf('%.10q', token.text)}...`
}
