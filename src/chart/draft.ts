/** A record while it is being read: the same fields, still open to change. */
export type Draft<T> = { -readonly [K in keyof T]: T[K] }

/** Sets a field, or takes it away when there is nothing to set. */
export function assign<T extends object, K extends keyof T> (draft: T, key: K, value: T[K] | undefined): void {
  if (value === undefined) Reflect.deleteProperty(draft, key)
  else draft[key] = value
}

/**
 * Leaves out what Go's `omitempty` leaves out: empty strings, lists and mappings, and false.
 *
 * @param draft the record, changed in place
 * @param keep fields that stay even when empty
 */
export function withoutEmpty<T extends object> (draft: T, keep: readonly string[]): T {
  for (const [key, value] of Object.entries(draft)) {
    if (!keep.includes(key) && isEmpty(value)) Reflect.deleteProperty(draft, key)
  }
  return draft
}

function isEmpty (value: unknown): boolean {
  return value === '' || value === false || (Array.isArray(value) && value.length === 0) || (value instanceof Map && value.size === 0)
}
