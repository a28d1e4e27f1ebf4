import t from 'tap'
import { characterConstant, complexConstant, numberConstant, type NumberConstant } from '../../src/template/number.js'

function brief ({ int, uint, float, complex }: NumberConstant): unknown[] {
  return [int, uint, float, complex === undefined ? undefined : [complex.real, complex.imaginary]]
}

t.test('numbers under every type that holds them', async t => {
  t.strictSame(brief(numberConstant('42')), [42n, 42n, 42, undefined])
  t.strictSame(brief(numberConstant('-42')), [-42n, undefined, -42, undefined])
  t.strictSame(brief(numberConstant('-0')), [0n, 0n, 0, undefined])
  t.strictSame(brief(numberConstant('0x1F')), [31n, 31n, 31, undefined])
  t.strictSame(brief(numberConstant('1_000')), [1000n, 1000n, 1000, undefined])
  t.strictSame(brief(numberConstant('017')), [15n, 15n, 15, undefined])
  t.strictSame(brief(numberConstant('1.0')), [1n, 1n, 1, undefined])
  t.strictSame(brief(numberConstant('1.5')), [undefined, undefined, 1.5, undefined])
  t.strictSame(brief(numberConstant('1e3')), [1000n, 1000n, 1000, undefined])
  t.strictSame(brief(numberConstant('0x1p4')), [16n, 16n, 16, undefined])
  t.strictSame(brief(numberConstant('18446744073709551615')), [undefined, 18446744073709551615n, 18446744073709552000, undefined])
  t.strictSame(brief(numberConstant('1e300')), [undefined, undefined, 1e300, undefined])
})

t.test('complex numbers', async t => {
  t.strictSame(brief(numberConstant('2i')), [undefined, undefined, undefined, [0, 2]])
  t.strictSame(brief(numberConstant('0i')), [0n, 0n, 0, [0, 0]])
  t.strictSame(brief(complexConstant('1+2i')), [undefined, undefined, undefined, [1, 2]])
  t.strictSame(brief(complexConstant('3+0i')), [3n, 3n, 3, [3, 0]])
  t.strictSame(brief(complexConstant('1.5e3-0.5i')), [undefined, undefined, undefined, [1500, -0.5]])
})

t.test('characters', async t => {
  t.strictSame(brief(characterConstant("'a'")), [97n, 97n, 97, undefined])
  t.equal(characterConstant("'\\n'").int, 10n)
  t.equal(characterConstant("'\\xff'").int, 255n)
  t.equal(characterConstant("'\\377'").int, 255n)
  t.equal(characterConstant("'世'").int, 0x4e16n)
  t.equal(characterConstant("'\\U0001F600'").int, 0x1f600n)
  t.equal(characterConstant("'\udcff'").int, 0xfffdn)
})

t.test('what is no number', async t => {
  t.throws(() => numberConstant('0b2'), { message: 'illegal number syntax: "0b2"' })
  t.throws(() => numberConstant('09'), { message: 'integer overflow: "09"' })
  t.throws(() => numberConstant('1__0'), { message: 'illegal number syntax: "1__0"' })
  t.throws(() => numberConstant('99999999999999999999'), { message: 'integer overflow: "99999999999999999999"' })
  t.throws(() => numberConstant('1e999'), { message: 'illegal number syntax: "1e999"' })
  t.throws(() => complexConstant('1+i'), { message: 'syntax error scanning complex number' })
  for (const text of ["''", "'\\q'", "'\\400'", "'\\ud800'", "'\\x4'"]) t.throws(() => characterConstant(text), { message: 'invalid syntax' }, text)
  t.throws(() => characterConstant("'ab'"), { message: "malformed character constant: 'ab'" })
})
