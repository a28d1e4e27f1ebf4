import type { Dict, Value } from '../../go/value.js'
import { textAt, type KubeObject } from '../../kube/objects.js'

/**
 * What a live object has of the fields that a manifest names, so that defaults and what others set beside them are no differences. Elements of
 * lists are the same by their `name` where all have one, else by their place; what a list has beyond that is kept when it goes by place.
 *
 * @param live the object
 * @param named whose fields count
 */
export function namedFields (live: KubeObject, named: KubeObject): KubeObject {
  const fields: Dict = new Map()
  for (const [key, value] of live) if (named.has(key)) fields.set(key, namedValue(value, named.get(key) ?? null))
  return fields
}

function namedValue (live: Value, named: Value): Value {
  if (live instanceof Map && named instanceof Map) return namedFields(live, named)
  if (!Array.isArray(live) || !Array.isArray(named)) return live
  if (!isNamed(live) || !isNamed(named)) return live.map((each, i) => i < named.length ? namedValue(each, named[i] ?? null) : each)
  const byName = new Map(named.map(each => [nameOf(each), each]))
  return live.filter(each => byName.has(nameOf(each))).map(each => namedValue(each, byName.get(nameOf(each)) ?? null))
}

/**
 * The fields of two manifests together, those of the second where both have them.
 *
 * @param first such as what was sent last
 * @param second such as what is to be sent
 */
export function allFields (first: KubeObject, second: KubeObject): KubeObject {
  const all: Dict = new Map(first)
  for (const [key, value] of second) all.set(key, bothValues(first.get(key), value))
  return all
}

function bothValues (first: Value | undefined, second: Value): Value {
  if (first instanceof Map && second instanceof Map) return allFields(first, second)
  if (!Array.isArray(first) || !Array.isArray(second) || !isNamed(first) || !isNamed(second)) return second
  const byName = new Map(first.map(each => [nameOf(each), each]))
  const names = new Set(second.map(nameOf))
  return [...second.map(each => bothValues(byName.get(nameOf(each)), each)), ...first.filter(each => !names.has(nameOf(each)))]
}

function isNamed (list: readonly Value[]): boolean {
  return list.every(each => nameOf(each) !== '')
}

function nameOf (element: Value): string {
  return textAt(element, ['name'])
}
