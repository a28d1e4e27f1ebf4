import t from 'tap'
import { compareRecorded } from './compare-recorded.js'

t.test('what the fuzzer found is as recorded from Helm', async t => {
  compareRecorded(t, 'fuzz')
})
