import { decode } from '../go/bytes.js'
import { ChartError } from './errors.js'

/**
 * A tar header, read as Go's archive/tar reads it: chart clients are Go programs, and an archive that meant one thing to us and
 * another to them could smuggle files past our checks.
 */
export interface TarHeader {
  readonly name: string
  /** The type flag: `0` and NUL are files, `5` a directory, `x` and `g` PAX records, `L` and `K` long names, and so on. */
  readonly type: string
  readonly size: number
  readonly mode: number
  /** Seconds since 1970. */
  readonly modified: number
}

/** Bytes of a tar block: headers are one, and data is padded to whole ones. */
export const blockSize = 512

/** Types that have no data whatever their size says: links, devices, directories, pipes. */
const headerOnly = new Set(['1', '2', '3', '4', '5', '6'])

/** How many bytes of data follow a header. */
export function dataSize (header: TarHeader): number {
  return headerOnly.has(header.type) ? 0 : header.size
}

/** @throws {ChartError} always: Go's ErrHeader */
export function refuseHeader (): never {
  throw new ChartError('invalid-archive', 'archive/tar: invalid tar header')
}

/**
 * Reads one header block.
 *
 * @param block 512 bytes
 * @throws {ChartError} invalid-archive, `archive/tar: invalid tar header`: a wrong checksum or a number that is none
 */
export function readTarHeader (block: Uint8Array): TarHeader {
  checkSum(block)
  const magic = text(block, 257, 8, false)
  const posix = magic.startsWith('ustar\0')
  const gnu = magic === 'ustar  \0'
  const numbers = posix || gnu ? [[108, 8], [116, 8], [329, 8], [337, 8]] : [[108, 8], [116, 8]]
  for (const [start = 0, length = 0] of numbers) numeric(block, start, length)
  const size = numeric(block, 124, 12)
  if (size < 0n) refuseHeader()
  const prefix = posix ? posixPrefix(block) : gnu ? formerGoPrefix(block) : ''
  const name = text(block, 0, 100)
  return {
    name: prefix === '' ? name : `${prefix}/${name}`,
    type: String.fromCharCode(block[156] ?? 0),
    size: Number(size),
    mode: Number(numeric(block, 100, 8)),
    modified: Number(numeric(block, 136, 12))
  }
}

/** The ustar prefix; the star variant keeps two times in the last part of its place. */
function posixPrefix (block: Uint8Array): string {
  if (text(block, 508, 4, false) !== 'tar\0') return text(block, 345, 155)
  numeric(block, 476, 12)
  numeric(block, 488, 12)
  return text(block, 345, 131)
}

/** GNU headers have two times where ustar has the prefix; where no times can be read there, Go takes ASCII text for a prefix. */
function formerGoPrefix (block: Uint8Array): string {
  const times = [345, 357].filter(start => block[start] !== 0)
  if (times.every(start => isNumeric(block, start, 12))) return ''
  const prefix = text(block, 345, 155)
  return /^[\0-\x7f]*$/.test(prefix) ? prefix : ''
}

function checkSum (block: Uint8Array): void {
  let unsigned = 0
  let signed = 0
  for (let i = 0; i < blockSize; i++) {
    const byte = i >= 148 && i < 156 ? 0x20 : block[i] ?? 0
    unsigned += byte
    signed += byte > 127 ? byte - 256 : byte
  }
  const sum = octal(block, 148, 8)
  if (sum !== BigInt(unsigned) && sum !== BigInt(signed)) refuseHeader()
}

function isNumeric (block: Uint8Array, start: number, length: number): boolean {
  try {
    numeric(block, start, length)
    return true
  } catch (thrown) {
    if (thrown instanceof ChartError) return false
    throw thrown
  }
}

/** A number: octal digits, or base 256 in two's complement when the first bit is set. */
function numeric (block: Uint8Array, start: number, length: number): bigint {
  const first = block[start] ?? 0
  if ((first & 0x80) === 0) return octal(block, start, length)
  let value = (first & 0x40) === 0 ? 0n : -1n
  for (let i = 0; i < length; i++) {
    const byte = i === 0 && (first & 0x40) === 0 ? first & 0x7f : block[start + i] ?? 0
    value = (value << 8n) | BigInt(byte)
  }
  if (BigInt.asIntN(64, value) !== value) refuseHeader()
  return value
}

function octal (block: Uint8Array, start: number, length: number): bigint {
  const digits = text(block, start, length, false).replace(/^[ \0]+|[ \0]+$/g, '').replace(/\0.*$/s, '')
  if (digits === '') return 0n
  if (!/^[0-7]+$/.test(digits)) refuseHeader()
  const value = BigInt(`0o${digits}`)
  if (value >= 1n << 64n) refuseHeader()
  return BigInt.asIntN(64, value)
}

/** Text up to the first NUL, or all of it when `cut` is false. */
function text (block: Uint8Array, start: number, length: number, cut = true): string {
  const bytes = block.subarray(start, start + length)
  const end = cut ? bytes.indexOf(0) : -1
  return decode(end < 0 ? bytes : bytes.subarray(0, end))
}
