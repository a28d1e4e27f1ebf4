import t from 'tap'
import { endWorkLimit, limitWork, longWork, work, workDone } from '../../src/go/work.js'

t.test('work is counted', async t => {
  const before = workDone()
  work(5)
  work(7)
  t.equal(workDone() - before, 12)
})

t.test('and limited, within what a limit around it leaves', async t => {
  const none = limitWork(() => 100)
  work(60)
  const outer = limitWork(() => 1000)
  t.throws(() => work(50), { name: 'WorkError', code: 'work' })
  endWorkLimit(outer)
  endWorkLimit(none)
  work(1_000_000)
  t.pass('without a limit there is none')
})

t.test('long work asks what is left by now, and is refused before it is done', async t => {
  let left = 100
  const outer = limitWork(() => left)
  longWork(90)
  left = 10
  const before = workDone()
  t.throws(() => longWork(11), { name: 'WorkError', code: 'work' })
  t.equal(workDone(), before, 'it does not count')
  longWork(10)
  const none = limitWork(() => 1000)
  t.throws(() => longWork(11), { code: 'work' }, 'what a limit around it leaves')
  endWorkLimit(none)
  endWorkLimit(outer)
  longWork(1_000_000)
})
