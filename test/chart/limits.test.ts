import t from 'tap'
import { Budget, uploadLimits } from '../../src/chart/limits.js'

t.test('a budget is spent, and not to its last byte', async t => {
  const budget = new Budget({ ...uploadLimits, total: 100, entries: 1 })
  budget.spend(60)
  t.equal(budget.bytes, 40)
  t.throws(() => { budget.spend(40) }, { name: 'ChartError', code: 'too-large', message: 'decompressed chart is larger than the maximum file size 100' })
  t.equal(budget.bytes, 40)
  budget.countEntry()
  t.throws(() => { budget.countEntry() }, { code: 'too-large', message: 'chart archive has more than 1 entries' })
})
