import t from 'tap'
import { rfc3339Nano, roundedToSeconds } from '../../src/catalog/time.js'

t.test('times are printed as Go prints them', async t => {
  t.equal(rfc3339Nano(new Date('2026-11-20T12:00:00.000Z')), '2026-11-20T12:00:00Z')
  t.equal(rfc3339Nano(new Date('2026-11-20T12:00:10.500Z')), '2026-11-20T12:00:10.5Z')
  t.equal(rfc3339Nano(new Date('2026-11-20T12:00:00.120Z')), '2026-11-20T12:00:00.12Z')
  t.equal(rfc3339Nano(new Date('2026-11-20T12:00:00.001Z')), '2026-11-20T12:00:00.001Z')
})

t.test('a time is rounded to the nearest second', async t => {
  t.equal(roundedToSeconds(new Date('2026-11-20T12:00:00.499Z')).toISOString(), '2026-11-20T12:00:00.000Z')
  t.equal(roundedToSeconds(new Date('2026-11-20T12:00:59.500Z')).toISOString(), '2026-11-20T12:01:00.000Z')
})
