import t from 'tap'
import { compareRecorded } from '../engine/compare-recorded.js'
import { call } from './call.js'

t.test('as Helm answers', async t => {
  compareRecorded(t, 'sprig-crypto')
})

t.test('what is encrypted once more is another text', async t => {
  const text = 'hello wörld'
  t.equal(call('decryptAES', 'key', call('encryptAES', 'key', text)), text)
  t.not(call('encryptAES', 'key', text), call('encryptAES', 'other', text))
})
