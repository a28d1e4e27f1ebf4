/** What the scanner gives to the decoder. */
export type TokenType =
  'stream-end' | 'version' | 'tag-directive' | 'document-start' | 'document-end' |
  'block-sequence-start' | 'block-mapping-start' | 'block-end' |
  'flow-sequence-start' | 'flow-sequence-end' | 'flow-mapping-start' | 'flow-mapping-end' |
  'block-entry' | 'flow-entry' | 'key' | 'value' | 'alias' | 'anchor' | 'tag' | 'plain' | 'quoted'

/** One token: `plain` is a plain scalar, `quoted` any other. */
export interface Token {
  readonly type: TokenType
  /** The line of its start, from 0. */
  readonly line: number
  /** A scalar's text, an anchor's or alias's name, a tag's or directive's handle, a version. */
  readonly value: string
  /** A tag's rest, or a tag directive's prefix. */
  readonly suffix: string
}

/**
 * Makes a token.
 *
 * @param type what it is
 * @param line where it starts, from 0
 * @param value its text, if it has one
 * @returns the token
 */
export function token (type: TokenType, line: number, value = ''): Token {
  return { type, line, value, suffix: '' }
}
