import { formatValue } from '../../../go/fmt.js'
import type { Dict, Value } from '../../../go/value.js'

/** Where a value stands in a chart's values: keys from the top. */
export type Place = readonly string[]

/** Any key or index: what `range` goes over. */
export const anyKey = '\0any'

/** What templates read: values with all that is in them, and values by themselves. */
export class Reads {
  readonly #whole: Place[] = []
  readonly #touched: Place[] = []

  /** Notes that a value is used with all that is in it. */
  whole (place: Place): void {
    this.#whole.push(place)
  }

  /** Notes that a value is looked at, but not what is in it: by a condition, or on the way to something below it. */
  touch (place: Place): void {
    this.#touched.push(place)
  }

  /**
   * The values that are not read: of a map of which nothing is read, only the map itself.
   *
   * @param values the chart's defaults
   * @param known keys at the top that are read elsewhere
   */
  unread (values: Dict, known: ReadonlySet<string>): Place[] {
    return [...values].filter(([key]) => !known.has(key)).flatMap(([key, value]) => this.#unreadBelow([key], value))
  }

  #unreadBelow (place: Place, value: Value): Place[] {
    if (this.#whole.some(read => startsWith(place, read))) return []
    const looked = [...this.#whole, ...this.#touched].some(read => startsWith(read, place))
    if (!looked) return [place]
    return value instanceof Map ? [...value].flatMap(([key, item]) => this.#unreadBelow([...place, key], item)) : []
  }
}

function startsWith (place: Place, start: Place): boolean {
  return start.length <= place.length && start.every((key, index) => key === anyKey || place[index] === anyKey || key === place[index])
}

/** The values at a place: several where it goes over a list or a map. */
export function valuesAt (values: Value, place: Place): Value[] {
  const [key, ...rest] = place
  if (key === undefined) return [values]
  const items = itemsOf(values)
  return (key === anyKey ? [...items.values()] : [items.get(key)]).flatMap(item => item === undefined ? [] : valuesAt(item, rest))
}

function itemsOf (value: Value): ReadonlyMap<string, Value> {
  if (value instanceof Map) return value
  return new Map(Array.isArray(value) ? [...value.entries()].map(([index, item]) => [String(index), item]) : [])
}

/** A place as one writes it after `.Values`. */
export function placeText (place: Place): string {
  return place.map(key => /^[\w-]+$/.test(key) ? key : JSON.stringify(key)).join('.')
}

/** A whole number that prints with an exponent: as `%v` of a float64, which is what values are, from a million on. */
export function printsWithExponent (value: Value): value is number {
  return typeof value === 'number' && Number.isInteger(value) && formatValue(value).includes('e')
}
