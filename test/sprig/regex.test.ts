import t from 'tap'
import { compareRecorded } from '../engine/compare-recorded.js'
import { call } from './call.js'

t.test('as Helm answers', async t => {
  compareRecorded(t, 'sprig-regex')
})

t.test('no pattern takes more than linear time', async t => {
  t.equal(call('regexMatch', '^(a+)+$', `${'a'.repeat(50_000)}b`), false)
})
