import t from 'tap'
import { int } from '../../src/go/value.js'
import { compareRecorded } from '../engine/compare-recorded.js'
import { call } from './call.js'

t.test('as Helm answers', async t => {
  compareRecorded(t, 'sprig-math')
})

t.test('a template cannot fill the memory with a list', async t => {
  t.throws(() => call('until', int(1_000_000_000)), { name: 'SprigError', code: 'limit' })
  t.throws(() => call('untilStep', int(0), int(-1_000_000_000), int(-1)), { code: 'limit' })
  t.throws(() => call('seq', int(1_000_000_000)), { code: 'limit' })
})
