import type { Dict, Value } from '../go/value.js'

/** A deep copy of a mapping: mappings and lists are new all the way down, scalars are shared. */
export function copyValues (values: Dict): Dict {
  const copied: Dict = new Map()
  values.forEach((value, key) => { copied.set(key, copyValue(value)) })
  return copied
}

function copyValue (value: Value): Value {
  if (value instanceof Map) return copyValues(value)
  return Array.isArray(value) ? value.map(copyValue) : value
}
