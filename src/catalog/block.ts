import { promisify } from 'node:util'
import { constants, crc32, deflateRaw } from 'node:zlib'
import type { Fragment } from './fragment.js'

const deflate = promisify(deflateRaw)

/** Bytes as a gzip stream has them. */
export interface Deflated {
  /** Whole bytes of a raw deflate stream that goes on, and that refers to nothing before them. */
  readonly bytes: Uint8Array
  /** Of what they unpack to. */
  readonly crc: number
  readonly size: number
}

/** Fragments that follow one another, in one piece; what it holds never changes. */
export class Block {
  readonly names: readonly string[]
  readonly versions: number
  readonly bytes: Buffer
  /** The same, with a separator at the end. */
  readonly separated: Buffer
  /** Where each fragment ends, and how many versions it has. */
  readonly #ends: readonly number[]
  readonly #counts: readonly number[]
  #deflated: Promise<Deflated> | undefined

  /**
   * @param fragments at least one, in order; their bytes are copied
   * @param separator what stands between two of them
   */
  constructor (fragments: readonly Fragment[], separator: Buffer) {
    this.names = fragments.map(({ name }) => name)
    this.#counts = fragments.map(({ versions }) => versions)
    this.versions = this.#counts.reduce((sum, count) => sum + count, 0)
    let end = -separator.length
    this.#ends = fragments.map(({ bytes }) => (end += separator.length + bytes.length))
    this.separated = Buffer.concat(fragments.flatMap(({ bytes }) => separator.length === 0 ? [bytes] : [bytes, separator]))
    this.bytes = this.separated.subarray(0, this.separated.length - separator.length)
  }

  /** What it was made of; the bytes are parts of its own. */
  get fragments (): Fragment[] {
    const between = this.separated.length - this.bytes.length
    return this.names.map((name, i) => ({
      name,
      versions: this.#counts[i] ?? 0,
      bytes: this.bytes.subarray(i === 0 ? 0 : (this.#ends[i - 1] ?? 0) + between, this.#ends[i])
    }))
  }

  /** Its bytes, compressed: the first time beside everything else, then kept. */
  async deflated (): Promise<Deflated> {
    this.#deflated ??= deflatedOf(this.bytes)
    return await this.#deflated
  }
}

async function deflatedOf (bytes: Buffer): Promise<Deflated> {
  // A flush at the end, in place of the mark of the last block, makes it whole bytes that others can follow.
  return { bytes: await deflate(bytes, { finishFlush: constants.Z_SYNC_FLUSH }), crc: crc32(bytes), size: bytes.length }
}
