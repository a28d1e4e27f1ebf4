import { FormatError } from './format-error.js'

/** RFC 6901, section 3. @throws {FormatError} */
export function checkJsonPointer (text: string): void {
  if (text === '') return
  if (!text.startsWith('/')) throw new FormatError('not starting with /')
  if (/~(?![01])/.test(text)) throw new FormatError('~ must be followed by 0 or 1')
}

/** A number of levels to go up, then a pointer or `#` (draft-handrews-relative-json-pointer-01). @throws {FormatError} */
export function checkRelativeJsonPointer (text: string): void {
  const digits = /^\d*/.exec(text)?.[0] ?? ''
  if (digits === '') throw new FormatError('must start with non-negative integer')
  if (digits.length > 1 && digits.startsWith('0')) throw new FormatError('starts with zero')
  const rest = text.slice(digits.length)
  if (rest !== '#') checkJsonPointer(rest)
}
