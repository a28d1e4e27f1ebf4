import t from 'tap'
import { int64, type Value } from '../../src/go/value.js'
import { dateFunctions } from '../../src/sprig/dates.js'
import { compareRecorded } from '../engine/compare-recorded.js'

const paris = dateFunctions({ clock: () => new Date('2024-07-01T12:00:00.250Z'), zone: 'Europe/Paris' })

function call (name: string, ...args: Value[]): Value {
  return paris.get(name)?.call(...args) ?? null
}

t.test('as Helm answers', async t => {
  compareRecorded(t, 'sprig-dates')
})

t.test('the local zone is the one that was given', async t => {
  t.equal(call('date', '2006-01-02 15:04:05.000 MST -07:00', call('now')), '2024-07-01 14:00:00.250 CEST +02:00')
  t.equal(call('htmlDate', int64(1719784800)), '2024-07-01')
  t.equal(call('date', 'MST', int64(0)), 'CET')
})

t.test('a text without an offset is local time, also next to a change of the clocks', async t => {
  const unix = (text: string): Value => call('unixEpoch', call('toDate', '2006-01-02 15:04', text))
  t.equal(unix('2024-07-01 14:00'), String(Date.UTC(2024, 6, 1, 12) / 1000))
  t.equal(unix('2024-01-01 14:00'), String(Date.UTC(2024, 0, 1, 13) / 1000))
  t.equal(unix('2024-03-31 01:30'), String(Date.UTC(2024, 2, 31, 0, 30) / 1000))
  t.equal(unix('2024-03-31 03:30'), String(Date.UTC(2024, 2, 31, 1, 30) / 1000))
})

t.test('what was long ago', async t => {
  t.equal(call('ago', call('toDate', '2006-01-02 15:04', '2024-07-01 13:59')), '1m0s')
  t.equal(call('durationRound', call('toDate', '2006-01-02', '2020-07-01')), '4y')
})
