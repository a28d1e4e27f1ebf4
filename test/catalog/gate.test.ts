import t from 'tap'
import { Gate } from '../../src/catalog/gate.js'

t.test('no more than so many run at the same time, in the order in which they came', async t => {
  const gate = new Gate(3)
  const began: number[] = []
  const state = { running: 0, most: 0 }
  const results = await Promise.allSettled(Array.from({ length: 20 }, (_, i) => gate.run(async () => {
    began.push(i)
    state.most = Math.max(state.most, ++state.running)
    await new Promise(resolve => setImmediate(resolve))
    state.running--
    if (i % 4 === 0) throw new Error(`${i} failed`)
    return i
  })))
  t.strictSame(began, Array.from({ length: 20 }, (_, i) => i))
  t.equal(state.most, 3)
  t.equal(results.filter(({ status }) => status === 'rejected').length, 5)
  t.equal(await gate.run(async () => 'still open'), 'still open')
})
