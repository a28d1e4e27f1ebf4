import t from 'tap'
import { Lexer } from '../../src/template/lexer.js'
import type { Token } from '../../src/template/token.js'

function tokens (text: string, options = { breakIsKeyword: true, continueIsKeyword: true }): Token[] {
  const lexer = new Lexer(text, options)
  const found: Token[] = []
  for (;;) {
    const token = lexer.next()
    found.push(token)
    if (token.kind === 'eof' || token.kind === 'error') return found
  }
}

/** Kinds and texts in short; a space is a space. */
function brief (text: string): string[] {
  return tokens(text).map(({ kind, text }) => kind === 'space' ? ' ' : kind === 'eof' ? 'eof' : `${kind}:${text}`)
}

t.test('kinds', async t => {
  const table: ReadonlyArray<readonly [text: string, expected: readonly string[]]> = [
    ['', ['eof']],
    ['abc', ['text:abc', 'eof']],
    ['a{{.b}}c', ['text:a', 'leftDelim:{{', 'field:.b', 'rightDelim:}}', 'text:c', 'eof']],
    ['{{. $ $x}}', ['leftDelim:{{', 'dot:.', ' ', 'variable:$', ' ', 'variable:$x', 'rightDelim:}}', 'eof']],
    ['{{x.y (z)}}', ['leftDelim:{{', 'identifier:x', 'field:.y', ' ', 'leftParen:(', 'identifier:z', 'rightParen:)', 'rightDelim:}}', 'eof']],
    ['{{$a, $b := 1 | 2}}', ['leftDelim:{{', 'variable:$a', 'char:,', ' ', 'variable:$b', ' ', 'declare::=', ' ', 'number:1', ' ', 'pipe:|', ' ',
      'number:2', 'rightDelim:}}', 'eof']],
    ['{{$a = "s"}}', ['leftDelim:{{', 'variable:$a', ' ', 'assign:=', ' ', 'string:"s"', 'rightDelim:}}', 'eof']],
    ["{{'a' `r` true nil}}", ['leftDelim:{{', "charConstant:'a'", ' ', 'rawString:`r`', ' ', 'bool:true', ' ', 'nil:nil', 'rightDelim:}}', 'eof']],
    ['{{1+2i -3 .5 0x1F}}', ['leftDelim:{{', 'complex:1+2i', ' ', 'number:-3', ' ', 'number:.5', ' ', 'number:0x1F', 'rightDelim:}}', 'eof']],
    ['{{if else end range with define block template}}', ['leftDelim:{{', 'if:if', ' ', 'else:else', ' ', 'end:end', ' ', 'range:range', ' ', 'with:with', ' ',
      'define:define', ' ', 'block:block', ' ', 'template:template', 'rightDelim:}}', 'eof']],
    ['a {{- .b -}} c', ['text:a', 'leftDelim:{{', 'field:.b', 'rightDelim:}}', 'text:c', 'eof']],
    ['  {{- "" }}', ['leftDelim:{{', 'string:""', ' ', 'rightDelim:}}', 'eof']],
    ['a{{/* b */}}c', ['text:a', 'text:c', 'eof']],
    ['a {{- /* b */ -}} c', ['text:a', 'text:c', 'eof']],
    ['{{é}}', ['leftDelim:{{', 'identifier:é', 'rightDelim:}}', 'eof']]
  ]
  for (const [text, expected] of table) t.strictSame(brief(text), expected, text)
})

t.test('errors', async t => {
  const table: ReadonlyArray<readonly [text: string, message: string]> = [
    ['{{', 'unclosed action'],
    ['{{/*', 'unclosed comment'],
    ['{{/* */ x}}', 'comment ends before closing delimiter'],
    ['{{(', 'unclosed action'],
    ['{{(}}', 'unclosed left paren'],
    ['{{)}}', 'unexpected right paren'],
    ['{{:}}', 'expected :='],
    ['{{"a}}', 'unterminated quoted string'],
    ['{{`a}}', 'unterminated raw quoted string'],
    ["{{'a}}", 'unterminated character constant'],
    ['{{1x}}', 'bad number syntax: "1x"'],
    ['{{a#}}', "bad character U+0023 '#'"],
    ['{{\u0001}}', 'unrecognized character in action: U+0001'],
    ['{{\udc80}}', "unrecognized character in action: U+FFFD '\ufffd'"]
  ]
  for (const [text, message] of table) t.equal(tokens(text).at(-1)?.text, message, text)
})

t.test('positions are indices, lines count from 1', async t => {
  const found = tokens('é\n{{ .a\n "b" -}}\n\nc')
  t.strictSame(found.map(({ kind, pos, line }) => [kind, pos, line]), [
    ['text', 0, 1], ['leftDelim', 2, 2], ['space', 4, 2], ['field', 5, 2], ['space', 7, 2], ['string', 9, 3],
    ['rightDelim', 14, 3], ['text', 18, 5], ['eof', 19, 5]
  ])
})

t.test('break and continue are names where functions have them', async t => {
  t.strictSame(tokens('{{break continue}}', { breakIsKeyword: false, continueIsKeyword: false }).map(token => token.kind),
    ['leftDelim', 'identifier', 'space', 'identifier', 'rightDelim', 'eof'])
})

t.test('a long line is read in time that grows with its length', async t => {
  t.equal(tokens('{{.a}}'.repeat(50_000)).length, 150_001)
})
