import { formatValue } from '../../../go/fmt.js'
import type { Dict, Value } from '../../../go/value.js'

/** Where a value stands in a chart's values: keys from the top. */
export type Place = readonly string[]

/** Any key or index: what `range` goes over. */
export const anyKey = '\0any'

/** What was read of a value. */
class Read {
  /** Whether it was used with all that is in it. */
  whole = false
  readonly below = new Map<string, Read>()

  at (key: string): Read {
    const known = this.below.get(key)
    if (known !== undefined) return known
    const read = new Read()
    this.below.set(key, read)
    return read
  }
}

/** What templates read: values with all that is in them, and values by themselves. */
export class Reads {
  readonly #top = new Read()

  /** Notes that a value is used with all that is in it. */
  whole (place: Place): void {
    this.#note(place).whole = true
  }

  /** Notes that a value is looked at, but not what is in it: by a condition, or on the way to something below it. */
  touch (place: Place): void {
    this.#note(place)
  }

  #note (place: Place): Read {
    return place.reduce((read, key) => read.at(key), this.#top)
  }

  /**
   * The values that are not read: of a map of which nothing is read, only the map itself.
   *
   * @param values the chart's defaults
   * @param known keys at the top that are read elsewhere
   */
  unread (values: Dict, known: ReadonlySet<string>): Place[] {
    return unreadBelow(values, [this.#top], []).filter(([key = '']) => !known.has(key))
  }
}

/** A value may have been read by its key, and as one of all there are. */
function unreadBelow (value: Dict, reads: readonly Read[], place: Place): Place[] {
  if (reads.some(({ whole }) => whole)) return []
  return [...value].flatMap(([key, item]) => {
    const found = reads.flatMap(({ below }) => [below.get(key), below.get(anyKey)]).filter(read => read !== undefined)
    if (found.length === 0) return [[...place, key]]
    return item instanceof Map ? unreadBelow(item, found, [...place, key]) : []
  })
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
