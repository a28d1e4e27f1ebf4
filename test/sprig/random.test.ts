import t from 'tap'
import { int, Int } from '../../src/go/value.js'
import { randomFunctions } from '../../src/sprig/random.js'
import { textOf } from '../../src/sprig/text.js'
import { fixedSources } from '../engine/case-chart.js'
import { call } from './call.js'

t.test('every character is as likely as the others', async t => {
  const functions = randomFunctions(fixedSources())
  const text = functions.get('randNumeric')?.call(int(20_000))
  const counts = new Map<string, number>()
  for (const digit of textOf(text ?? null)) counts.set(digit, (counts.get(digit) ?? 0) + 1)
  t.equal(counts.size, 10)
  for (const [digit, count] of counts) t.ok(count > 1800 && count < 2200, `${digit} comes about 2000 times, not ${count}`)
})

t.test('draws beyond the last whole multiple are thrown away', async t => {
  const draws = [Uint8Array.of(255, 255, 255, 255, 255, 255), Uint8Array.of(0, 0, 0, 0, 0, 7)]
  const drawn = randomFunctions({ random: () => draws.shift() ?? new Uint8Array(6) }).get('randInt')?.call(int(0), int(10))
  t.strictSame(drawn, int(7))
})

t.test('a range of whole numbers', async t => {
  const functions = randomFunctions(fixedSources())
  const seen = new Set<bigint>()
  for (let i = 0; i < 200; i++) {
    const drawn = functions.get('randInt')?.call(int(-2), int(3))
    if (drawn instanceof Int) seen.add(drawn.value)
  }
  t.strictSame([...seen].sort((a, b) => Number(a - b)), [-2n, -1n, 0n, 1n, 2n])
})

t.test('shuffle keeps the characters', async t => {
  const shuffled = call('shuffle', 'hello wörld')
  t.strictSame(Array.from(textOf(shuffled)).sort(), Array.from('hello wörld').sort())
  t.not(shuffled, 'hello wörld')
})

t.test('the same source gives the same texts', async t => {
  t.equal(call('randAlphaNum', int(30)), call('randAlphaNum', int(30)))
  t.equal(call('uuidv4'), call('uuidv4'))
})

t.test('a template cannot fill the memory', async t => {
  t.throws(() => call('randAlphaNum', int(2_000_000_000)), { name: 'SprigError', code: 'limit' })
  t.throws(() => call('randBytes', int(2_000_000_000)), { code: 'limit' })
})
