/** A date, with months and days counted from 1. */
export interface CivilDate {
  readonly year: number
  readonly month: number
  readonly day: number
  readonly yearDay: number
}

/** From 1 March of the year 0, where eras of 400 years start, to 1 January 1970. */
const marchToEpoch = 719_468
const daysPerEra = 146_097

/**
 * The date of a day, by the Gregorian calendar in both directions.
 *
 * @param days counted from 1 January 1970
 * @returns the date
 */
export function civilDate (days: number): CivilDate {
  // Years that start in March put the leap day last.
  const shifted = days + marchToEpoch
  const era = Math.floor(shifted / daysPerEra)
  const dayOfEra = shifted - era * daysPerEra
  const leapDays = Math.floor(dayOfEra / 1460) - Math.floor(dayOfEra / 36_524) + Math.floor(dayOfEra / 146_096)
  const yearOfEra = Math.floor((dayOfEra - leapDays) / 365)
  const dayFromMarch = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100))
  const monthFromMarch = Math.floor((5 * dayFromMarch + 2) / 153)
  const day = dayFromMarch - Math.floor((153 * monthFromMarch + 2) / 5) + 1
  const month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
  return { year, month, day, yearDay: days - daysSinceEpoch(year, 1, 1) + 1 }
}

/**
 * Days from 1 January 1970 to a date.
 *
 * @param year any year
 * @param month 1 to 12
 * @param day 1 to 31
 * @returns the days, negative before 1970
 */
export function daysSinceEpoch (year: number, month: number, day: number): number {
  const marchYear = month <= 2 ? year - 1 : year
  const era = Math.floor(marchYear / 400)
  const yearOfEra = marchYear - era * 400
  const dayFromMarch = Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + day - 1
  return era * daysPerEra + yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayFromMarch - marchToEpoch
}

/**
 * Whether a year has 29 February.
 *
 * @param year any year
 * @returns true for leap years of the Gregorian calendar
 */
export function isLeapYear (year: number): boolean {
  return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0
}

/**
 * The days of a month.
 *
 * @param year any year
 * @param month 1 to 12
 * @returns 28 to 31
 */
export function daysInMonth (year: number, month: number): number {
  if (month === 2) return isLeapYear(year) ? 29 : 28
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31
}
