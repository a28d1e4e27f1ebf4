import t from 'tap'
import { forEachLimited } from '../../src/catalog/for-each-limited.js'

t.test('so many at a time, each once', async t => {
  let running = 0
  let most = 0
  const done: number[] = []
  await forEachLimited([1, 2, 3, 4, 5, 6, 7], 3, async item => {
    most = Math.max(most, ++running)
    await new Promise(resolve => setImmediate(resolve))
    running--
    done.push(item)
  })
  t.strictSame([most, done], [3, [1, 2, 3, 4, 5, 6, 7]])
})

t.test('after a failure nothing more is begun, and it is thrown', async t => {
  const begun: number[] = []
  await t.rejects(forEachLimited([1, 2, 3, 4, 5], 2, async item => {
    begun.push(item)
    await new Promise(resolve => setImmediate(resolve))
    if (item === 2) throw new Error('no')
  }), { message: 'no' })
  t.strictSame(begun, [1, 2, 3])
})
