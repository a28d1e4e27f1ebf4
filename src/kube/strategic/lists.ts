import { compareBytes } from '../../go/bytes.js'
import { formatValue, sprintf } from '../../go/fmt.js'
import { typeOf } from '../../go/type-name.js'
import type { Dict, List, Value } from '../../go/value.js'
import { KubeError } from '../errors.js'

/** The key of a directive: what is to happen to the mapping that has it. */
export const directive = '$patch'

/** The type of all elements (apimachinery's sliceElementType). */
export type ElementType = 'mapping' | 'scalar'

/**
 * The type that all elements of lists have.
 *
 * @throws {KubeError} manifest: they have several, or are lists themselves, or there is none
 */
export function elementType (...lists: readonly List[]): ElementType {
  const [first, ...rest] = lists.flat()
  if (first === undefined) throw new KubeError('manifest', 'no elements in any of the given slices')
  if (Array.isArray(first)) throw new KubeError('manifest', 'lists of lists are not supported')
  if (first === null) throw new KubeError('manifest', 'a list that is merged has an element that is null')
  if (rest.some(each => typeOf(each) !== typeOf(first))) throw new KubeError('manifest', `list element types are not identical: ${formatValue([...lists])}`)
  return first instanceof Map ? 'mapping' : 'scalar'
}

/**
 * The mapping that an element is.
 *
 * @throws {KubeError} manifest: it is none
 */
export function requireMapping (value: Value): Dict {
  if (value instanceof Map) return value
  throw new KubeError('manifest', `expected a map[string]interface {}, but received a ${typeOf(value)}`)
}

/**
 * The value of an element's merge key.
 *
 * @throws {KubeError} manifest: it has none
 */
export function mergeValue (element: Dict, mergeKey: string): Value {
  const value = element.get(mergeKey)
  if (value === undefined) throw new KubeError('manifest', sprintf('map: %v does not contain declared merge key: %s', element, mergeKey))
  return value
}

/** What tells an element from others: equal for values of one type that are equal. Without a merge key it is the element itself. */
export function identity (element: Value, mergeKey: string): string {
  const value = mergeKey === '' ? element : element instanceof Map ? element.get(mergeKey) ?? null : null
  return `${typeOf(value)} ${formatValue(value)}`
}

/** Elements of a mapping type by the text of their merge key; of those with the same, the last comes first, as Go's sort leaves them. */
export function sortedByKey (list: List, mergeKey: string): Dict[] {
  return list.map(requireMapping).reverse().map(element => ({ element, text: formatValue(mergeValue(element, mergeKey)) }))
    .sort((a, b) => compareBytes(a.text, b.text)).map(({ element }) => element)
}

/** Texts and numbers by their text. */
export function sortedScalars (list: List): List {
  return list.map(value => ({ value, text: formatValue(value) })).sort((a, b) => compareBytes(a.text, b.text)).map(({ value }) => value)
}

/** Each value once; the last one takes the place of one that is left out. */
export function withoutDuplicates (list: List): List {
  const all = list.map(value => ({ value, id: identity(value, '') }))
  for (let i = 0; i < all.length; i++) {
    for (let j = i + 1; j < all.length; j++) {
      if (all[i]?.id !== all[j]?.id) continue
      const last = all.pop()
      if (last !== undefined && j < all.length) all[j] = last
      j--
    }
  }
  return all.map(({ value }) => value)
}

/** Elements that are deleted, and the others. */
export function splitDeletions (list: List): { readonly kept: List, readonly deleted: List } {
  const deleted = list.filter(each => requireMapping(each).get(directive) === 'delete')
  return { kept: list.filter(each => !deleted.includes(each)), deleted }
}

/**
 * Elements in the order that others of the same identity have; deletions last.
 *
 * @param list what to put in order
 * @param order the order
 * @param mergeKey empty for texts and numbers
 * @throws {KubeError} manifest: an element has no merge key
 */
export function inOrder (list: List, order: List, mergeKey: string): List {
  if (mergeKey !== '') for (const each of [...list, ...order]) mergeValue(requireMapping(each), mergeKey)
  const { kept, deleted } = mergeKey === '' ? { kept: list, deleted: [] } : splitDeletions(list)
  const places = placesIn(order, mergeKey)
  const sorted: Array<{ readonly value: Value, readonly place: number | undefined }> = []
  for (const value of kept) {
    const place = places.get(identity(value, mergeKey))
    let at = sorted.length
    // What has no place in the order goes to the front, as it does in apimachinery.
    while (at > 0 && goesBefore(place, sorted[at - 1]?.place)) at--
    sorted.splice(at, 0, { value, place })
  }
  return [...sorted.map(({ value }) => value), ...deleted]
}

function goesBefore (a: number | undefined, b: number | undefined): boolean {
  return a === undefined || b === undefined || a < b
}

/** Where each element stands first. */
function placesIn (order: List, mergeKey: string): Map<string, number> {
  const places = new Map<string, number>()
  for (const [place, element] of order.entries()) {
    const id = identity(element, mergeKey)
    if (!places.has(id)) places.set(id, place)
  }
  return places
}

/**
 * Two lists as one, each in its own order: an element of the first stands before the first one of the second that the live list has behind it.
 *
 * @param lists the two
 * @param live the live list
 * @param mergeKey empty for texts and numbers
 */
export function interleave ({ first, second }: { readonly first: List, readonly second: List }, live: List, mergeKey: string): List {
  const places = placesIn(live, mergeKey)
  const merged: List = []
  let next = 0
  for (const element of second) {
    const place = places.get(identity(element, mergeKey))
    for (; next < first.length; next++) {
      const own = places.get(identity(first[next] ?? null, mergeKey))
      if (own === undefined || place === undefined || own >= place) break
      merged.push(first[next] ?? null)
    }
    merged.push(element)
  }
  return [...merged, ...first.slice(next)]
}
