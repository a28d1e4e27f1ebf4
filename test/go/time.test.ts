import t from 'tap'
import { formatDuration, GoTime, parseDuration } from '../../src/go/time.js'

t.test('a time is read and written to the nanosecond, at its offset', async t => {
  for (const text of ['2026-11-20T18:07:00Z', '2026-11-20T18:07:00.1Z', '2026-11-20T18:07:00.123456789+02:00', '0001-01-01T00:00:00Z', '1969-12-31T23:59:59.999999999-03:30', '2024-02-29T00:00:00Z']) {
    t.equal(GoTime.parseRfc3339(text).rfc3339Nano(), text)
  }
  t.equal(GoTime.parseRfc3339('2026-11-20T18:07:00.5Z').rfc3339(), '2026-11-20T18:07:00Z')
  t.equal(GoTime.fromDate(Date.UTC(2026, 10, 20, 18, 7, 0, 5), 6).rfc3339Nano(), '2026-11-20T18:07:00.005000006Z')
  t.equal(GoTime.fromDate(-1).rfc3339Nano(), '1969-12-31T23:59:59.999Z')
  t.equal(GoTime.parseRfc3339('2026-11-20T18:07:00.5Z').milliseconds(), Date.UTC(2026, 10, 20, 18, 7, 0, 500))
})

t.test('the other layouts', async t => {
  t.equal(GoTime.parseRfc3339('1977-09-02T22:04:05Z').ansiC(), 'Fri Sep  2 22:04:05 1977')
  t.equal(GoTime.parseRfc3339('2016-01-16T00:00:01Z').string(), '2016-01-16 00:00:01 +0000 UTC')
  t.equal(GoTime.parseRfc3339('2016-01-16T00:00:01.25+01:00').string(), '2016-01-16 00:00:01.25 +0100 +0100')
})

t.test('the zero time is no time', async t => {
  t.ok(GoTime.zero.isZero)
  t.ok(GoTime.parseRfc3339('0001-01-01T00:00:00Z').isZero)
  t.notOk(GoTime.fromDate(0).isZero)
})

t.test('what is no time', async t => {
  t.throws(() => GoTime.parseRfc3339('yesterday'), { code: 'time', message: 'parsing time "yesterday" as "2006-01-02T15:04:05Z07:00": cannot parse "yesterday" as "2006"' })
  t.throws(() => GoTime.parseRfc3339('2026-13-01T00:00:00Z'), { message: 'parsing time "2026-13-01T00:00:00Z": month out of range' })
  t.throws(() => GoTime.parseRfc3339('2026-02-29T00:00:00Z'), { message: 'parsing time "2026-02-29T00:00:00Z": day out of range' })
  t.throws(() => GoTime.parseRfc3339('2026-01-01T24:00:00Z'), { message: 'parsing time "2026-01-01T24:00:00Z": hour out of range' })
})

t.test('durations', async t => {
  const both: Array<[string, bigint]> = [['0s', 0n], ['1ns', 1n], ['1.5µs', 1500n], ['300ms', 300_000_000n], ['1.5s', 1_500_000_000n], ['5m0s', 300_000_000_000n], ['2h45m0.000000001s', 9_900_000_000_001n], ['-1h0m0s', -3_600_000_000_000n]]
  for (const [text, nanoseconds] of both) {
    t.equal(parseDuration(text), nanoseconds, text)
    t.equal(formatDuration(nanoseconds), text)
  }
  t.equal(parseDuration('0'), 0n)
  t.equal(parseDuration('+1.5h'), 5_400_000_000_000n)
  t.equal(parseDuration('.5s'), 500_000_000n)
  t.equal(parseDuration('-9223372036854775808ns'), -(1n << 63n))
  const refused: Array<[string, string]> = [
    ['', 'time: invalid duration ""'], ['3', 'time: missing unit in duration "3"'], ['-', 'time: invalid duration "-"'], ['s', 'time: invalid duration "s"'], ['.s', 'time: invalid duration ".s"'],
    ['1x', 'time: unknown unit "x" in duration "1x"'], ['9223372036854775808ns', 'time: invalid duration "9223372036854775808ns"'], ['1h 2m', 'time: unknown unit "h " in duration "1h 2m"']
  ]
  for (const [text, message] of refused) t.throws(() => parseDuration(text), { code: 'duration', message }, text)
})
