import t from 'tap'
import { Remembered } from '../../src/access/remembered.js'

t.test('values are forgotten in time, and the oldest when there are too many', async t => {
  let now = 0
  const memory = new Remembered<number>({ entries: 2, milliseconds: 10 }, () => new Date(now))
  memory.set('a', 1)
  memory.set('b', 2)
  t.equal(memory.get('a'), 1)
  memory.set('a', 3)
  memory.set('c', 4)
  t.strictSame([memory.get('a'), memory.get('b'), memory.get('c')], [3, undefined, 4], 'a was set anew, so b is the oldest')
  now = 10
  t.equal(memory.get('a'), undefined)
  for (let i = 0; i < 1000; i++) memory.set(String(i), i)
  t.equal(memory.size, 2)
})
