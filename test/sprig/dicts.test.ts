import t from 'tap'
import type { Dict } from '../../src/go/value.js'
import { compareRecorded } from '../engine/compare-recorded.js'
import { call } from './call.js'

t.test('as Helm answers', async t => {
  compareRecorded(t, 'sprig-dicts')
})

t.test('set, unset and merge change the map they are given, and return it', async t => {
  const map: Dict = new Map([['a', 1]])
  t.equal(call('set', map, 'b', 2), map)
  t.equal(call('unset', map, 'a'), map)
  t.equal(call('merge', map, new Map([['c', 3]])), map)
  t.strictSame([...map], [['b', 2], ['c', 3]])
})

t.test('keys and values come in one order', async t => {
  const map: Dict = new Map([['b', 2], ['a', 1], ['\u{1f600}', 4], ['\uffee', 3]])
  t.strictSame(call('values', map), [1, 2, 3, 4])
})

t.test('a map that holds itself ends in an error', async t => {
  const a: Dict = new Map()
  a.set('a', a)
  const b: Dict = new Map()
  b.set('a', b)
  t.throws(() => call('merge', a, b), { name: 'SprigError', code: 'limit' })
})
