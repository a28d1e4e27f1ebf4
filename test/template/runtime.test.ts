import t from 'tap'
import { defaultLimits, Scope } from '../../src/template/runtime.js'

t.test('a scope has the default limits where it is told no others', async t => {
  t.strictSame(new Scope().limits, defaultLimits)
  t.strictSame(new Scope({ steps: 5 }).limits, { ...defaultLimits, steps: 5 })
  t.match(new Scope(), { steps: 0, output: 0, running: 0 })
})
