import t from 'tap'
import { count, dayOf, shortDigest } from '../../src/web/words.js'

t.test('numbers and days in words', async t => {
  t.equal(count(0, 'chart'), '0 charts')
  t.equal(count(1, 'version'), '1 version')
  t.equal(count(12_000, 'chart'), '12,000 charts')
  t.equal(count(1, 'repository'), '1 repository')
  t.equal(count(2, 'repository'), '2 repositories')
  t.equal(dayOf(Date.UTC(2026, 10, 20, 23, 59)), '20 Nov 2026')
  t.equal(shortDigest('0123456789abcdef'), '0123456789ab')
})
