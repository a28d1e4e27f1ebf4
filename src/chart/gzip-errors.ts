import { ChartError } from './errors.js'

/** zlib's complaints about what stands around the compressed data, and the words that Go has for them. */
const words = new Map([
  ['incorrect header check', 'gzip: invalid header'],
  ['unknown compression method', 'gzip: invalid header'],
  ['unknown header flags set', 'gzip: invalid header'],
  ['invalid window size', 'gzip: invalid header'],
  ['header crc mismatch', 'gzip: invalid header'],
  ['incorrect data check', 'gzip: invalid checksum'],
  ['incorrect length check', 'gzip: invalid checksum']
])

/**
 * An error of Node's zlib in the words of Go's compress/gzip and compress/flate.
 *
 * @param thrown what the decompression failed with
 * @param offset how many bytes of compressed data it had been given: zlib does not tell at which of them it stopped
 * @returns a ChartError (invalid-archive), or `thrown` itself when it is no error of zlib's
 */
export function gzipError (thrown: unknown, offset: number): unknown {
  if (!(thrown instanceof Error) || !('code' in thrown)) return thrown
  if (thrown.code === 'Z_BUF_ERROR') return new ChartError('invalid-archive', 'unexpected EOF', { cause: thrown })
  if (thrown.code !== 'Z_DATA_ERROR') return thrown
  return new ChartError('invalid-archive', words.get(thrown.message) ?? `flate: corrupt input before offset ${offset}`, { cause: thrown })
}

/**
 * Checks the start of a gzip stream as Go's gzip.NewReader does: ten bytes must be there, and begin with the magic number.
 *
 * @param head the stream's first ten bytes, fewer if there are no more
 * @throws {ChartError} invalid-archive: `EOF` for nothing at all, `unexpected EOF` for less than a header, `gzip: invalid header`
 */
export function checkGzipHeader (head: Uint8Array): void {
  if (head.length === 0) throw new ChartError('invalid-archive', 'EOF')
  if (head.length < gzipHeaderSize) throw new ChartError('invalid-archive', 'unexpected EOF')
  if (head[0] !== 0x1f || head[1] !== 0x8b || head[2] !== 8) throw new ChartError('invalid-archive', 'gzip: invalid header')
}

/** Bytes of the part of a gzip header that every one has. */
export const gzipHeaderSize = 10
