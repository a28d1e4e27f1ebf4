import { crc32 } from 'node:zlib'
import type { Deflated } from './block.js'

/** Magic, method 8, no flags, no time, no hint, unknown system (RFC 1952, 2.3). */
const header = Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff])

/** An empty last block of fixed codes (RFC 1951, 3.2.6). */
const lastBlock = Buffer.from([0x03, 0x00])

/**
 * Makes one gzip stream of parts that were compressed apart from each other (RFC 1952: one member, not several, which not every client reads).
 *
 * @param parts in order; awaited one after another
 */
export async function * gzipStream (parts: AsyncIterable<Deflated> | Iterable<Deflated>): AsyncGenerator<Uint8Array> {
  yield header
  let crc = 0
  let size = 0
  for await (const part of parts) {
    yield part.bytes
    crc = combineCrc(crc, part)
    size += part.size
  }
  const trailer = Buffer.alloc(8)
  trailer.writeUInt32LE(crc)
  trailer.writeUInt32LE(size % 2 ** 32, 4)
  yield lastBlock
  yield trailer
}

/**
 * A few bytes as a part of a gzip stream, not compressed (RFC 1951, 3.2.4).
 *
 * @param bytes at most 65,535
 * @throws {RangeError} for more
 */
export function stored (bytes: Uint8Array): Deflated {
  const head = Buffer.alloc(5)
  head.writeUInt16LE(bytes.length, 1)
  head.writeUInt16LE(bytes.length ^ 0xffff, 3)
  return { bytes: Buffer.concat([head, bytes]), crc: crc32(bytes), size: bytes.length }
}

/** The check sum's polynomial, its bits in reverse: x^0 is the highest (RFC 1952, 8). */
const polynomial = 0xedb88320
const one = 0x80000000

/**
 * The check sum of bytes that follow others, from those of both: what came before counts as many bits further left, which is a multiplication
 * by a power of x, in the polynomials over two elements modulo the sum's own.
 */
function combineCrc (before: number, { crc, size }: Pick<Deflated, 'crc' | 'size'>): number {
  return (multiply(before, powerOfX(8 * size)) ^ crc) >>> 0
}

/** x to the power of n, by squaring. */
function powerOfX (n: number): number {
  let power = one
  let square = one >>> 1
  for (let rest = n; rest > 0; rest = Math.floor(rest / 2)) {
    if (rest % 2 === 1) power = multiply(power, square)
    square = multiply(square, square)
  }
  return power
}

function multiply (a: number, b: number): number {
  let product = 0
  let shifted = b
  for (let bit = one; bit !== 0; bit >>>= 1) {
    if ((a & bit) !== 0) product ^= shifted
    shifted = (shifted & 1) === 0 ? shifted >>> 1 : (shifted >>> 1) ^ polynomial
  }
  return product >>> 0
}
