import t from 'tap'
import { compareRecorded } from './compare-recorded.js'

t.test('as Helm answers', async t => {
  compareRecorded(t, 'engine-toml')
})
