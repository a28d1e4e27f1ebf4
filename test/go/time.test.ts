import t from 'tap'
import { formatDuration, formatTime, GoTime, parseDuration, parseTime } from '../../src/go/time.js'

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

/** What Go 1.26 printed: for each layout, each of the times below. */
const printed: ReadonlyArray<readonly [string, ...string[]]> = [
  ['2006-01-02T15:04:05Z07:00',
    '2024-02-29T15:04:05Z', '1999-12-31T00:00:09+01:00', '0045-01-02T12:30:00-03:30', '12345-07-08T09:01:02Z'],
  ['Mon, 02 Jan 2006 15:04:05 MST',
    'Thu, 29 Feb 2024 15:04:05 UTC', 'Fri, 31 Dec 1999 00:00:09 CET', 'Mon, 02 Jan 0045 12:30:00 -0330', 'Sun, 08 Jul 12345 09:01:02 UTC'],
  ['Monday, 02-Jan-06 3:04PM -0700',
    'Thursday, 29-Feb-24 3:04PM +0000', 'Friday, 31-Dec-99 12:00AM +0100', 'Monday, 02-Jan-45 12:30PM -0330', 'Sunday, 08-Jul-45 9:01AM +0000'],
  ['January _2 2006 03:04:05.000 pm Z0700',
    'February 29 2024 03:04:05.123 pm Z', 'December 31 1999 12:00:09.000 am +0100', 'January  2 0045 12:30:00.000 pm -0330', 'July  8 12345 09:01:02.000 am Z'],
  ['__2 002 1 2 4 5 .999 ,999999',
    ' 60 060 2 29 4 5 .123 ,123456', '365 365 12 31 0 9  ', '  2 002 1 2 30 0  ,000005', '189 189 7 8 1 2  '],
  ['Janet Monkey 01/02/03 -07 -07:00:00 Z07 Z070000',
    'Janet Monkey 02/29/03 +00 +00:00:00 Z Z', 'Janet Monkey 12/31/12 +01 +01:00:00 +01 +010000', 'Janet Monkey 01/02/12 -03 -03:30:00 -03 -033000', 'Janet Monkey 07/08/09 +00 +00:00:00 Z Z'],
  ['05.00 05.9 05,000000000',
    '05.12 05.1 05,123456789', '09.00 09 09,000000000', '00.00 00 00,000005000', '02.00 02 02,000000000'],
  ['_2006 2.2006',
    '_2024 29.2024', '_1999 31.1999', '_0045 2.0045', '_12345 8.12345'],
  ['15h4m5s',
    '15h4m5s', '00h0m9s', '12h30m0s', '09h1m2s'],
  ['MST -070000 Z07:00:00',
    'UTC +000000 Z', 'CET +010000 +01:00:00', '-0330 -033000 -03:30:00', 'UTC +000000 Z']
]

t.test('every element of a layout', async t => {
  const times = [
    new GoTime(1709219045n, 123456789), new GoTime(946594809n, 0, { name: 'CET', offset: 3600 }),
    new GoTime(-60746918400n, 5000, { name: '', offset: -12600 }), new GoTime(327419658062n, 0)
  ]
  for (const [layout, ...texts] of printed) t.strictSame(times.map(time => formatTime(time, layout)), texts, layout)
})

/** What Go 1.26 read: a layout, a text, and the time as RFC 3339 with its zone's name, or the error. */
const read: ReadonlyArray<readonly [string, string, string]> = [
  ['2006-01-02', '2024-02-29', '2024-02-29T00:00:00Z UTC'],
  ['2006-01-02', '2023-02-29', 'parsing time "2023-02-29": day out of range'],
  ['Jan 2, 2006 at 3:04pm (MST)', 'Feb 3, 2013 at 7:54pm (PST)', '2013-02-03T19:54:00Z PST'],
  ['2006-01-02 15:04:05', '2024-1-2 3:4:5', 'parsing time "2024-1-2 3:4:5" as "2006-01-02 15:04:05": cannot parse "1-2 3:4:5" as "01"'],
  ['Mon Jan _2 15:04:05 2006', 'Fri Sep  2 22:04:05 1977', '1977-09-02T22:04:05Z UTC'],
  ['02 Jan 06 15:04 MST', '02 jan 70 15:04 UTC', '1970-01-02T15:04:00Z UTC'],
  ['15:04:05.000', '01:02:03.456', '0000-01-01T01:02:03.456Z UTC'],
  ['15:04:05', '01:02:03,5', '0000-01-01T01:02:03.5Z UTC'],
  ['2006 002', '2024 060', '2024-02-29T00:00:00Z UTC'],
  ['2006 __2 01', '2023  60 03', '2023-03-01T00:00:00Z UTC'],
  ['2006 002', '2023 366', 'parsing time "2023 366": day-of-year out of range'],
  ['3:04PM', '12:30AM', '0000-01-01T00:30:00Z UTC'],
  ['3:04pm', '13:30pm', 'parsing time "13:30pm": hour out of range'],
  ['2006-01-02T15:04:05-0700', '2024-01-01T00:00:00+0530', '2024-01-01T00:00:00+05:30 +0530'],
  ['MST', 'GMT+3', '0000-01-01T03:00:00+03:00 GMT+3'],
  ['MST', 'WITA', '0000-01-01T00:00:00Z WITA'],
  ['MST', 'abc', 'parsing time "abc" as "MST": cannot parse "abc" as "MST"'],
  ['2006-01-02 MST', '2024-01-01 CEST', '2024-01-01T00:00:00Z CEST'],
  ['Monday', 'Sunday', '0000-01-01T00:00:00Z UTC'],
  ['Monday', 'Someday', 'parsing time "Someday" as "Monday": cannot parse "Someday" as "Monday"'],
  ['2006', '20x4', 'parsing time "20x4" as "2006": cannot parse "20x4" as "2006"'],
  ['2006-01-02', '2024-01-02x', 'parsing time "2024-01-02x": extra text: "x"'],
  ['06', '68', '2068-01-01T00:00:00Z UTC'],
  ['06', '69', '1969-01-01T00:00:00Z UTC'],
  ['Z07:00:00', '+01:02:03', '0000-01-01T00:00:00+01:02 +0102'],
  ['2006-01-02', 'é', 'parsing time "\\xc3\\xa9" as "2006-01-02": cannot parse "\\xc3\\xa9" as "2006"'],
  ['5', '61', 'parsing time "61": second out of range']
]

t.test('texts are read by layouts', async t => {
  for (const [layout, text, expected] of read) {
    if (expected.startsWith('parsing')) {
      t.throws(() => parseTime(layout, text), { code: 'time', message: expected }, text)
    } else {
      const time = parseTime(layout, text)
      t.equal(`${time.rfc3339Nano()} ${formatTime(time, 'MST')}`, expected, `${layout}: ${text}`)
    }
  }
})

t.test('a text without a zone is in the one that is given', async t => {
  const paris = { name: 'CET', offset: 3600 }
  t.equal(parseTime('2006-01-02', '2024-01-01', paris).string(), '2024-01-01 00:00:00 +0100 CET')
  t.equal(parseTime('2006-01-02Z07:00', '2024-01-01+01:00', paris).string(), '2024-01-01 00:00:00 +0100 CET')
  t.equal(parseTime('2006-01-02Z07:00', '2024-01-01+02:00', paris).string(), '2024-01-01 00:00:00 +0200 +0200')
})
