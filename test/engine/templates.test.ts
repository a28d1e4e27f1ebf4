import t from 'tap'
import { compareRecorded } from './compare-recorded.js'

t.test('what templates see, as Helm shows it', async t => {
  compareRecorded(t, 'engine-values')
})
