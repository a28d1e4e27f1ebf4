import { GoTime } from '../go/time.js'

/** The exact texts of times that were read from records: a Date has milliseconds only, and a record that is written again must not lose the rest. */
const exact = new WeakMap<object, string>()

/** When a chart or a file of it was last changed, as RFC 3339 with nanoseconds; undefined when that is not known. */
export function modificationText (file: { readonly modified?: Date }): string | undefined {
  return exact.get(file) ?? (file.modified === undefined ? undefined : GoTime.fromDate(file.modified.getTime()).rfc3339Nano())
}

/** Remembers the text that a record had for the file's time. */
export function keepModificationText (file: object, text: string): void {
  exact.set(file, text)
}
