import { daysInMonth, isLeapYear } from './calendar.js'
import { TimeError } from './errors.js'
import { layoutPieces, months, weekdays } from './time-layout.js'
import { quoteAscii } from './time-quote.js'
import { utc, type Zone } from './zone.js'

/** What a text says, by a layout. */
export interface ParsedTime {
  readonly year: number
  readonly month: number
  readonly day: number
  readonly hour: number
  readonly minute: number
  readonly second: number
  readonly nanos: number
  /** Undefined when the text has no offset. */
  readonly zone: Zone | undefined
  /** The abbreviation of a zone whose offset the text leaves open; empty when it names none. */
  readonly zoneName: string
}

/**
 * Reads a text by a layout: time.Parse up to the calendar.
 *
 * @param layout Go's reference time as the text is written
 * @param text the text
 * @returns its parts, each within its range
 * @throws {TimeError} worded as Go's
 */
export function parseLayout (layout: string, text: string): ParsedTime {
  return new TimeReader(layout, text).read()
}

/** How Go's abbreviations of zones look; `GMT` may carry hours. */
const zoneName = /^(?:ChST|MeST|GMT(?:[+-](?:0*(?:1?\d|2[0-3]))(?!\d))?|[+-]0*(?:1?\d|2[0-3])(?!\d)|[A-Z]{4}T(?![A-Z])|[A-Z]{3}T(?![A-Z])|WITA(?![A-Z])|[A-Z]{3}(?![A-Z]))/

/** Tells `#read` that the text does not fit the element. */
class Misfit extends Error {}

class TimeReader {
  readonly #layout: string
  readonly #text: string
  #rest: string
  #year = 0
  #month: number | undefined
  #day: number | undefined
  #yearDay: number | undefined
  #hour = 0
  #minute = 0
  #second = 0
  #nanos = 0
  #half: 'AM' | 'PM' | undefined
  #offset: number | undefined
  #zone: Zone | undefined
  #zoneName = ''

  constructor (layout: string, text: string) {
    this.#layout = layout
    this.#text = text
    this.#rest = text
  }

  read (): ParsedTime {
    const pieces = layoutPieces(this.#layout)
    for (const [index, { literal, element }] of pieces.entries()) {
      this.#skip(literal)
      if (element !== '') this.#read(element, pieces[index + 1]?.literal === '' ? pieces[index + 1]?.element ?? '' : '')
    }
    if (this.#rest !== '') throw this.#problem(`: extra text: ${quoteAscii(this.#rest)}`)
    if (this.#half === 'PM' && this.#hour < 12) this.#hour += 12
    if (this.#half === 'AM' && this.#hour === 12) this.#hour = 0
    this.#applyYearDay()
    const month = this.#month ?? 1
    const day = this.#day ?? 1
    if (day < 1 || day > daysInMonth(this.#year, month)) throw this.#problem(': day out of range')
    return {
      year: this.#year,
      month,
      day,
      hour: this.#hour,
      minute: this.#minute,
      second: this.#second,
      nanos: this.#nanos,
      zone: this.#foundZone(),
      zoneName: this.#zoneName
    }
  }

  #foundZone (): Zone | undefined {
    if (this.#zone !== undefined || this.#offset === undefined) return this.#zone
    return { name: this.#zoneName, offset: this.#offset }
  }

  /** A day of the year sets month and day, or must agree with them. */
  #applyYearDay (): void {
    if (this.#yearDay === undefined) return
    if (this.#yearDay < 1 || this.#yearDay > (isLeapYear(this.#year) ? 366 : 365)) throw this.#problem(': day-of-year out of range')
    let month = 1
    let day = this.#yearDay
    while (day > daysInMonth(this.#year, month)) day -= daysInMonth(this.#year, month++)
    if ((this.#month ?? month) !== month) throw this.#problem(': day-of-year does not match month')
    if ((this.#day ?? day) !== day) throw this.#problem(': day-of-year does not match day')
    this.#month = month
    this.#day = day
  }

  /** Literal text; any run of spaces is as good as another. */
  #skip (literal: string): void {
    for (let i = 0; i < literal.length; i++) {
      if (literal.charAt(i) === ' ') {
        if (this.#rest !== '' && !this.#rest.startsWith(' ')) throw this.#cannotParse(this.#rest, literal.slice(0))
        while (literal.charAt(i + 1) === ' ') i++
        this.#rest = this.#rest.replace(/^ +/, '')
      } else {
        if (!this.#rest.startsWith(literal.charAt(i))) throw this.#cannotParse(this.#rest, literal)
        this.#rest = this.#rest.slice(1)
      }
    }
  }

  #read (element: string, next: string): void {
    const held = this.#rest
    try {
      this.#readElement(element, next)
    } catch (error) {
      if (error instanceof Misfit) throw this.#cannotParse(held, element)
      throw error
    }
  }

  #readElement (element: string, next: string): void {
    switch (element) {
      case '2006': this.#year = Number(this.#take(/^\d{4}/)); return
      case '06': {
        const year = Number(this.#take(/^\d\d/))
        this.#year = year + (year >= 69 ? 1900 : 2000)
        return
      }
      case 'January': this.#month = this.#takeName(months) + 1; return
      case 'Jan': this.#month = this.#takeName(months.map(name => name.slice(0, 3))) + 1; return
      case '1': case '01': this.#month = this.#inRange(this.#takeNumber(element), 'month', [1, 12]); return
      case 'Monday': this.#takeName(weekdays); return
      case 'Mon': this.#takeName(weekdays.map(name => name.slice(0, 3))); return
      case '2': case '02': this.#day = this.#takeNumber(element); return
      case '_2': this.#day = Number(this.#take(/^ ?(\d\d?)/)); return
      case '__2': this.#yearDay = Number(this.#take(/^ {0,2}(\d{1,3})/)); return
      case '002': this.#yearDay = Number(this.#take(/^\d{3}/)); return
      case 'MST': this.#readZoneName(); return
      default: this.#readClock(element, next)
    }
  }

  #readClock (element: string, next: string): void {
    switch (element) {
      case '15': this.#hour = this.#inRange(Number(this.#take(/^\d\d?/)), 'hour', [0, 23]); return
      case '3': case '03': this.#hour = this.#inRange(this.#takeNumber(element), 'hour', [0, 12]); return
      case '4': case '04': this.#minute = this.#inRange(this.#takeNumber(element), 'minute', [0, 59]); return
      case '5': case '05':
        this.#second = this.#inRange(this.#takeNumber(element), 'second', [0, 59])
        // A fraction may follow even if the layout has none.
        if (!/^[.,][09]/.test(next)) this.#readFraction(/^(?:[.,](\d+))?/)
        return
      case 'PM': this.#half = this.#take(/^[AP]M/) === 'PM' ? 'PM' : 'AM'; return
      case 'pm': this.#half = this.#take(/^[ap]m/) === 'pm' ? 'PM' : 'AM'; return
      default:
        if (element.includes('07')) this.#readOffset(element)
        else this.#readFraction(element.charAt(1) === '0' ? new RegExp(`^[.,](\\d{${element.length - 1}})`) : /^(?:[.,](\d+))?/)
    }
  }

  #readFraction (pattern: RegExp): void {
    this.#nanos = Number(this.#take(pattern).replace(/^[.,]/, '').slice(0, 9).padEnd(9, '0'))
  }

  #readZoneName (): void {
    if (this.#rest.startsWith('UTC')) {
      this.#rest = this.#rest.slice(3)
      this.#zone = utc
      return
    }
    this.#zoneName = this.#take(zoneName)
  }

  #readOffset (element: string): void {
    if (element.startsWith('Z') && this.#rest.startsWith('Z')) {
      this.#rest = this.#rest.slice(1)
      this.#zone = utc
      return
    }
    const colon = element.includes(':') ? ':' : ''
    const count = element.length <= 3 ? 1 : element.length <= 6 ? 2 : 3
    const text = this.#rest
    const found = new RegExp(`^(.)(\\d\\d)${`${colon}(\\d\\d)`.repeat(count - 1)}`).exec(text)
    if (found === null) throw new Misfit()
    this.#rest = text.slice(found[0].length)
    const hours = this.#inRange(Number(found[2]), 'time zone offset hour', [0, 24])
    const minutes = this.#inRange(Number(found[3] ?? 0), 'time zone offset minute', [0, 60])
    const seconds = this.#inRange(Number(found[4] ?? 0), 'time zone offset second', [0, 60])
    if (found[1] !== '+' && found[1] !== '-') throw new Misfit()
    const offset = (hours * 60 + minutes) * 60 + seconds
    this.#offset = found[1] === '-' ? -offset : offset
  }

  /** One or two digits; two when the element has a leading zero. */
  #takeNumber (element: string): number {
    return Number(this.#take(element.startsWith('0') ? /^\d\d/ : /^\d\d?/))
  }

  #take (pattern: RegExp): string {
    const found = pattern.exec(this.#rest)
    if (found === null) throw new Misfit()
    this.#rest = this.#rest.slice(found[0].length)
    return found[1] ?? found[0]
  }

  #takeName (names: readonly string[]): number {
    const lower = this.#rest.toLowerCase()
    const index = names.findIndex(name => lower.startsWith(name.toLowerCase()))
    if (index < 0) throw new Misfit()
    this.#rest = this.#rest.slice(names[index]?.length ?? 0)
    return index
  }

  #inRange (value: number, what: string, [low, high]: readonly [number, number]): number {
    if (value < low || value > high) throw this.#problem(`: ${what} out of range`)
    return value
  }

  #cannotParse (held: string, element: string): TimeError {
    return this.#problem(` as ${quoteAscii(this.#layout)}: cannot parse ${quoteAscii(held)} as ${quoteAscii(element)}`)
  }

  #problem (message: string): TimeError {
    return new TimeError('time', `parsing time ${quoteAscii(this.#text)}${message}`)
  }
}
