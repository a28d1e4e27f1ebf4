const withTime = /^(\d{4})-(\d\d?)-(\d\d?)[Tt](\d\d?):(\d\d?):(\d\d?)(?:[.,]\d+)?(?:Z|[+-](\d\d):(\d\d))$/
const withSpace = /^(\d{4})-(\d\d?)-(\d\d?) +(\d\d?):(\d\d?):(\d\d?)(?:[.,]\d+)?$/
const dateOnly = /^(\d{4})-(\d\d?)-(\d\d?)$/

/**
 * Whether go-yaml takes a plain scalar for a time: RFC 3339 with short fields allowed, a date and time with a space, or a date.
 *
 * @param text the scalar
 * @returns true when it is one and names a time that exists (no 30 February, no hour 24)
 */
export function isTimestamp (text: string): boolean {
  if (text.charCodeAt(4) !== 0x2d) return false
  const parts = withTime.exec(text) ?? withSpace.exec(text) ?? dateOnly.exec(text)
  if (parts === null) return false
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0, zoneHour = 0, zoneMinute = 0] = parts.slice(1).map(part => Number(part || 0))
  return month >= 1 && month <= 12 && day >= 1 && day <= daysIn(year, month) &&
    hour < 24 && minute < 60 && second < 60 && zoneHour <= 24 && zoneMinute <= 60
}

function daysIn (year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31
}
