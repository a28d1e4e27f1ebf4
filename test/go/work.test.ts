import t from 'tap'
import { endWorkLimit, limitWork, work, workDone } from '../../src/go/work.js'

t.test('work is counted', async t => {
  const before = workDone()
  work(5)
  work(7)
  t.equal(workDone() - before, 12)
})

t.test('and limited, within what a limit around it leaves', async t => {
  const none = limitWork(100)
  work(60)
  const outer = limitWork(1000)
  t.throws(() => work(50), { name: 'WorkError', code: 'work' })
  endWorkLimit(outer)
  endWorkLimit(none)
  work(1_000_000)
  t.pass('without a limit there is none')
})
