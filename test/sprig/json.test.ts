import t from 'tap'
import { compareRecorded } from '../engine/compare-recorded.js'

t.test('as Helm answers', async t => {
  compareRecorded(t, 'sprig-json')
})
