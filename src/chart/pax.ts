import { byteLength, decode, encode } from '../go/bytes.js'
import { refuseHeader, type TarHeader } from './tar-header.js'

const integer = /^[+-]?\d+$/
const time = /^[+-]?\d+(\.\d*)?$/

/** PAX fields that are numbers, and how they must look. */
const numbers = new Map([['uid', integer], ['gid', integer], ['size', integer], ['atime', time], ['mtime', time], ['ctime', time]])

/** PAX fields that are C strings: a NUL would end them early for some readers. */
const strings = new Set(['path', 'linkpath', 'uname', 'gname'])

/**
 * Reads the records of a PAX header (`LENGTH KEY=VALUE\n`) as strictly as Go's archive/tar.
 *
 * @param data the bytes of the extended header
 * @throws {ChartError} invalid-archive, `archive/tar: invalid tar header`
 */
export function parsePax (data: Uint8Array): Map<string, string> {
  const records = new Map<string, string>()
  let rest = data
  while (rest.length > 0) {
    const space = rest.indexOf(0x20)
    const digits = space < 0 || space > 20 ? '' : decode(rest.subarray(0, space))
    const length = integer.test(digits) ? Number(digits) : 0
    if (length < 5 || length > rest.length || length <= space + 1 || rest[length - 1] !== 0x0a) refuseHeader()
    const [key, value] = parseRecord(decode(rest.subarray(space + 1, length - 1)))
    records.set(key, value)
    rest = rest.subarray(length)
  }
  return records
}

function parseRecord (record: string): [string, string] {
  const equals = record.indexOf('=')
  const key = record.slice(0, equals)
  const value = record.slice(equals + 1)
  if (equals < 1 || (strings.has(key) ? value : key).includes('\0')) refuseHeader()
  return [key, value]
}

/**
 * The header with what its PAX records override; an empty value overrides nothing.
 *
 * @throws {ChartError} invalid-archive, `archive/tar: invalid tar header`: a number that is none, a negative size
 */
export function applyPax (header: TarHeader, records: ReadonlyMap<string, string>): TarHeader {
  for (const [key, form] of numbers) {
    const value = records.get(key) ?? ''
    if (value !== '' && !form.test(value)) refuseHeader()
  }
  const size = valueOf(records, 'size')
  if (size?.startsWith('-') === true) refuseHeader()
  return {
    ...header,
    name: valueOf(records, 'path') ?? header.name,
    size: size === undefined ? header.size : Number(size),
    modified: Number(valueOf(records, 'mtime') ?? header.modified)
  }
}

function valueOf (records: ReadonlyMap<string, string>, key: string): string | undefined {
  const value = records.get(key)
  return value === '' ? undefined : value
}

/** Whether the records make the entry a sparse file. */
export function isSparse (records: ReadonlyMap<string, string>): boolean {
  return [...records.keys()].some(key => key.startsWith('GNU.sparse.'))
}

/** A PAX record, its own length in front. */
export function paxRecord (key: string, value: string): Uint8Array {
  const tail = byteLength(key) + byteLength(value) + 3
  let size = tail + String(tail).length
  if (tail + String(size).length !== size) size = tail + String(size).length
  return encode(`${size} ${key}=${value}\n`)
}
