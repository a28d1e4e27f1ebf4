import { messageOf } from '../../../errors.js'
import { TimeError } from '../../../go/errors.js'
import { quoteRune } from '../../../go/strconv.js'
import { parseTime } from '../../../go/time.js'
import { bytesOf } from './addresses.js'
import { FormatError } from './format-error.js'
import { within } from './names.js'

/** RFC 3339, full-date. @throws {FormatError} */
export function checkDate (text: string): void {
  try {
    parseTime('2006-01-02', text)
  } catch (error) {
    if (error instanceof TimeError) throw new FormatError(messageOf(error), { cause: error })
    throw error
  }
}

/** RFC 3339, full-time: a leap second only where one can be. @throws {FormatError} */
export function checkTime (text: string): void {
  if (bytesOf(text) < 9) throw new FormatError('less than 9 characters long')
  if (text[2] !== ':' || text[5] !== ':') throw new FormatError('missing colon in correct place')
  const [hour = 0, minute = 0, second = 0] = text.slice(0, 8).split(':').map(part => readNumber(part, 'hour/min/sec'))
  if (hour > 23 || minute > 59 || second > 60) throw new FormatError('hour/min/sec out of range')
  const offset = readOffset(withoutFraction(text.slice(8)))
  const ofDay = hour * 60 + minute + offset
  if (second >= 60 && (ofDay < 0 ? ofDay + 24 * 60 : ofDay) !== 23 * 60 + 59) throw new FormatError('invalid leap second')
}

/** RFC 3339, date-time. @throws {FormatError} */
export function checkDateTime (text: string): void {
  if (bytesOf(text) < 20) throw new FormatError('less than 20 characters long')
  if (!/^.{10}[tT]/s.test(text)) throw new FormatError('11th character must be t or T')
  within('invalid date element', () => { checkDate(text.slice(0, 10)) })
  within('invalid time element', () => { checkTime(text.slice(11)) })
}

/** A duration as in RFC 3339, appendix A. @throws {FormatError} */
export function checkDuration (text: string): void {
  if (!text.startsWith('P')) throw new FormatError('must start with P')
  const rest = text.slice(1)
  if (rest === '') throw new FormatError('nothing after P')
  if (rest.endsWith('W')) {
    checkWeeks(rest.slice(0, -1))
    return
  }
  for (const [index, part] of rest.split('T').entries()) {
    if (index > 0 && part === '') throw new FormatError('no time elements')
    if (index > 1) throw new FormatError('more than one T')
    checkElements(part, index === 0 ? 'YMD' : 'HMS')
  }
}

/** A time and another one, or a duration, with a slash between them. @throws {FormatError} */
export function checkPeriod (text: string): void {
  const slash = text.indexOf('/')
  if (slash === -1) throw new FormatError('missing slash')
  const start = text.slice(0, slash)
  const end = text.slice(slash + 1)
  if (start.startsWith('P')) {
    within('invalid start duration', () => { checkDuration(start) })
    within('invalid end date-time', () => { checkDateTime(end) })
    return
  }
  within('invalid start date-time', () => { checkDateTime(start) })
  if (end.startsWith('P')) within('invalid end duration', () => { checkDuration(end) })
  else within('invalid end date-time', () => { checkDateTime(end) })
}

function readNumber (text: string, what: string): number {
  if (!/^[+-]?\d+$/.test(text)) throw new FormatError(`invalid ${what}`)
  const number = Number(text)
  if (number < 0) throw new FormatError(`non-positive ${what}`)
  return number
}

function withoutFraction (text: string): string {
  if (!text.startsWith('.')) return text
  const rest = text.replace(/^\.\d*/, '')
  if (rest.length === text.length - 1) throw new FormatError('no digits in second fraction')
  return rest
}

/** The minutes to add for UTC. */
function readOffset (text: string): number {
  if (text === 'z' || text === 'Z') return 0
  if (bytesOf(text) !== 6) throw new FormatError('offset must be 6 characters long')
  const sign = text.charAt(0)
  if (sign !== '+' && sign !== '-') throw new FormatError('offset must begin with plus/minus')
  if (text.charAt(3) !== ':') throw new FormatError('missing colon in offset in correct place')
  const [hour = 0, minute = 0] = [text.slice(1, 3), text.slice(4)].map(part => readNumber(part, 'hour/min in offset'))
  if (hour > 23 || minute > 59) throw new FormatError('hour/min in offset out of range')
  return (sign === '+' ? -1 : 1) * (hour * 60 + minute)
}

function checkWeeks (text: string): void {
  if (text === '') throw new FormatError('no number in week')
  if (!/^\d+$/.test(text)) throw new FormatError('invalid week')
}

/** Numbers with units, each unit once and in order. */
function checkElements (text: string, units: string): void {
  let left = units
  for (let rest = text; rest !== '';) {
    const digits = /^\d*/.exec(rest)?.[0].length ?? 0
    if (digits === 0) throw new FormatError('missing number')
    const unit = rest.charAt(digits)
    if (unit === '') throw new FormatError('missing unit')
    if (!left.includes(unit)) throw new FormatError(`${units.includes(unit) ? 'unit' : 'invalid unit'} ${quoteRune(unit.codePointAt(0) ?? 0)}${units.includes(unit) ? ' out of order' : ''}`)
    left = left.slice(left.indexOf(unit) + 1)
    rest = rest.slice(digits + 1)
  }
}
