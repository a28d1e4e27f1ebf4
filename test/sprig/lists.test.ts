import t from 'tap'
import type { List } from '../../src/go/value.js'
import { compareRecorded } from '../engine/compare-recorded.js'
import { call } from './call.js'

t.test('as Helm answers', async t => {
  compareRecorded(t, 'sprig-lists')
})

t.test('no function changes the list it is given', async t => {
  const list: List = ['b', 'a', 'b', null]
  for (const name of ['first', 'last', 'rest', 'initial', 'reverse', 'uniq', 'compact', 'sortAlpha', 'concat']) call(name, list)
  for (const name of ['append', 'push', 'prepend', 'without']) call(name, list, 'a')
  t.strictSame(list, ['b', 'a', 'b', null])
})

t.test('a list that holds itself ends in an error', async t => {
  const a: List = []
  a.push(a)
  const b: List = []
  b.push(b)
  t.throws(() => call('has', a, [b]), { name: 'SprigError', code: 'limit' })
  t.throws(() => call('deepCopy', a), { name: 'SprigError', code: 'limit' })
})
