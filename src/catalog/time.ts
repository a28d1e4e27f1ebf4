/**
 * A time as Go's time.RFC3339Nano prints it in UTC: no zeros at the end of the fraction, no fraction of nothing.
 *
 * @param date a time, exact to the millisecond
 */
export function rfc3339Nano (date: Date): string {
  return date.toISOString().replace(/\.?0+Z$/, 'Z')
}

/** A time rounded to whole seconds, as ChartMuseum does with an index's `generated`. */
export function roundedToSeconds (date: Date): Date {
  return new Date(Math.round(date.getTime() / 1000) * 1000)
}
