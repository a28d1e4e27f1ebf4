import { Buffer } from 'node:buffer'
import t from 'tap'
import { encode } from '../../src/go/bytes.js'
import { formatValue } from '../../src/go/fmt.js'
import { formatFloat32 } from '../../src/go/format-float.js'
import { canBackquote, formatFloat, parseFloat, parseInt, parseUint, quote, quoteRune, quoteToAscii, unquote } from '../../src/go/strconv.js'
import { evaluate, type Functions } from '../compat/call.js'
import { outputBytes, recordedCases } from '../compat/case-file.js'
import { collections, textOf } from '../compat/collections.js'

const functions: Functions = {
  ...collections,
  quote: (...args) => args.filter(arg => arg !== null).map(arg => quote(formatValue(arg))).join(' ')
}

t.test('quote as Helm quotes', async t => {
  for (const { name, call = '', result } of recordedCases('quote')) {
    t.same(Buffer.from(encode(textOf(evaluate(call, { functions })))), outputBytes(result), name)
  }
})

t.test('other quotes', async t => {
  t.equal(quoteToAscii('é😀\x7f'), '"\\u00e9\\U0001f600\\x7f"')
  t.equal(quoteRune(0x27), "'\\''")
  t.equal(quoteRune(0xd800), "'\ufffd'")
  t.equal(canBackquote('a\tb'), true)
  t.equal(canBackquote('a`b'), false)
})

t.test('unquote', async t => {
  t.equal(unquote('"a\\tb\\x41\\u00e9\\U0001F600\\101\\"\'"'), 'a\tbAé😀A"\'')
  t.equal(unquote('`raw\\n\r`'), 'raw\\n')
  t.equal(unquote("'é'"), 'é')
  t.equal(unquote("'\\''"), "'")
  t.equal(unquote('"\\xc3\\xa9\\xff"'), 'é\udcff', 'bytes that make up a character are one')
  for (const bad of ['', '"', '"a', 'a"', '"\\q"', '"\\x4"', '"\\400"', '"\\ud800"', '"\\U00110000"', '"a\nb"', "'ab'", '`a`b`', '"a"b"', "\"\\'\"", 'a']) {
    t.throws(() => unquote(bad), { code: 'syntax', message: 'invalid syntax' }, bad)
  }
})

t.test('integers', async t => {
  const read: ReadonlyArray<readonly [string, 0 | 10, bigint]> = [
    ['0', 10, 0n], ['-9223372036854775808', 10, -9223372036854775808n], ['+9223372036854775807', 10, 9223372036854775807n], ['007', 10, 7n],
    ['007', 0, 7n], ['0x1F', 0, 31n], ['0X_1f', 0, 31n], ['0b101', 0, 5n], ['0o17', 0, 15n], ['-0x10', 0, -16n], ['1_000', 0, 1000n], ['0_7', 0, 7n]
  ]
  for (const [text, base, value] of read) t.equal(parseInt(text, base), value, `${text} to the base ${base}`)
  for (const [text, base] of [['', 10], ['-', 10], ['1_0', 10], ['0x1', 10], ['08', 0], ['1__0', 0], ['_1', 0], ['1_', 0], ['0x', 0], ['+-1', 0], [' 1', 10], ['é', 10]] as const) {
    t.throws(() => parseInt(text, base), { code: 'syntax', message: `strconv.ParseInt: parsing ${quote(text)}: invalid syntax` }, text)
  }
  t.throws(() => parseInt('9223372036854775808', 10, 'Atoi'), { code: 'range', message: 'strconv.Atoi: parsing "9223372036854775808": value out of range' })
  t.throws(() => parseInt('9'.repeat(1_000_000), 10), { code: 'range' })
  t.equal(parseUint('18446744073709551615', 10), 18446744073709551615n)
  t.throws(() => parseUint('18446744073709551616', 10), { code: 'range' })
  t.throws(() => parseUint('-1', 10), { code: 'syntax' })
})

t.test('floats are read', async t => {
  const read: ReadonlyArray<readonly [string, number]> = [
    ['1.5', 1.5], ['.5', 0.5], ['5.', 5], ['1e-3', 0.001], ['+1_0.5', 10.5], ['0x1p-2', 0.25], ['0x1.8p1', 3], ['-0X.8P0', -0.5], ['0x1.fffffffffffff8p0', 2],
    ['inf', Infinity], ['-Infinity', -Infinity], ['NaN', NaN], ['1e-400', 0], ['0x1p-1074', 5e-324], ['0x1p-1075', 0]
  ]
  for (const [text, value] of read) t.equal(Object.is(parseFloat(text), value), true, text)
  for (const text of ['', '.', '1e', '0x1', '0x.p1', '1__0', '+nan', '1.5.5', 'e5', '1x']) t.throws(() => parseFloat(text), { code: 'syntax' }, text)
  for (const text of ['1e309', '-1e999', '0x1p1024']) t.throws(() => parseFloat(text), { code: 'range' }, text)
})

t.test('floats are written', async t => {
  t.equal(formatFloat(1e6, 'g', -1), '1e+06')
  t.equal(formatFloat(123456.789, 'e', 2), '1.23e+05')
  t.equal(formatFloat(2.5, 'f', 0), '2', 'half to even')
  t.equal(formatFloat(0.1, 'f', 25), '0.1000000000000000055511151')
  t.equal(formatFloat(1e23, 'f', -1), '100000000000000000000000')
  t.equal(formatFloat(-0, 'g', -1), '-0')
  t.equal(formatFloat(1.5, 'x', 3), '0x1.800p+00')
  t.equal(formatFloat32(0.1), '0.1')
  t.equal(formatFloat32(16777217), '1.6777216e+07')
  t.equal(formatFloat32(1e300), '+Inf')
})
