import t from 'tap'
import { sourceDateEpoch } from '../../src/cli/source-date-epoch.js'

t.test('seconds since 1970, or nothing', async t => {
  t.equal(sourceDateEpoch({}), undefined)
  t.equal(sourceDateEpoch({ SOURCE_DATE_EPOCH: '' }), undefined)
  t.strictSame(sourceDateEpoch({ SOURCE_DATE_EPOCH: '1700000000' }), new Date('2023-11-14T22:13:20Z'))
  t.strictSame(sourceDateEpoch({ SOURCE_DATE_EPOCH: '0' }), new Date(0))
})

t.test('anything else is refused, in Helm\'s words', async t => {
  t.throws(() => sourceDateEpoch({ SOURCE_DATE_EPOCH: 'soon' }), { code: 'invalid-argument', message: 'invalid SOURCE_DATE_EPOCH: strconv.ParseInt: parsing "soon": invalid syntax' })
  t.throws(() => sourceDateEpoch({ SOURCE_DATE_EPOCH: '-1' }), { code: 'invalid-argument', message: 'invalid SOURCE_DATE_EPOCH: must not be negative' })
})
