import t from 'tap'
import { describeToken, keywordOf, type TokenKind } from '../../src/template/token.js'

function describe (kind: TokenKind, text: string): string {
  return describeToken({ kind, text, pos: 0, line: 1 })
}

t.test('tokens as errors show them', async t => {
  t.equal(describe('eof', 'EOF'), 'EOF')
  t.equal(describe('error', 'unclosed action'), 'unclosed action')
  t.equal(describe('range', 'range'), '<range>')
  t.equal(describe('dot', '.'), '<.>')
  t.equal(describe('string', '"short"'), '"\\"short\\""')
  t.equal(describe('text', '0123456789'), '"0123456789"')
  t.equal(describe('text', '0123456789a'), '"0123456789"...')
  // Eleven bytes, but nine characters.
  t.equal(describe('text', '世0123456é'), '"世0123456é"...')
})

t.test('keywords', async t => {
  t.equal(keywordOf('if'), 'if')
  t.equal(keywordOf('.'), 'dot')
  t.equal(keywordOf('If'), undefined)
  t.equal(keywordOf('constructor'), undefined)
})
