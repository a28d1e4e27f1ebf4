import t from 'tap'
import { defaultLimits, Scope } from '../../src/template/runtime.js'

t.test('a scope has the default limits where it is told no others', async t => {
  t.strictSame(new Scope().limits, defaultLimits)
  t.strictSame(new Scope({ steps: 5 }).limits, { ...defaultLimits, steps: 5 })
  t.match(new Scope(), { steps: 0, output: 0, running: 0 })
})

t.test('a scope is late by the clock it is given, when time is limited', async t => {
  let now = 1000
  const clock = (): number => now
  const limited = new Scope({ milliseconds: 50 }, clock)
  t.equal(limited.isLate, false)
  now = 1051
  t.equal(limited.isLate, true)
  t.equal(new Scope({}, clock).isLate, false)
  t.equal(new Scope({ milliseconds: 0 }).isLate, false, 'without a clock there is no time')
})
