import { ProvenanceError } from './errors.js'

/** One packet of an OpenPGP stream. */
export interface Packet {
  /** Its type's number (RFC 9580 section 5). */
  readonly tag: number
  readonly body: Uint8Array
}

/** The numbers of the packets that keyrings and signatures are made of. */
export const tags = { signature: 2, secretKey: 5, publicKey: 6, secretSubkey: 7, userId: 13, publicSubkey: 14, userAttribute: 17 } as const

/**
 * Cuts an OpenPGP stream into its packets (RFC 9580 section 4.2), without looking into them.
 *
 * @param bytes the binary stream
 * @throws {ProvenanceError} invalid-keyring, in the words of the OpenPGP library that Helm uses
 */
export function splitPackets (bytes: Uint8Array): Packet[] {
  const reader = new Reader(bytes)
  const packets: Packet[] = []
  while (!reader.atEnd) packets.push(reader.packet())
  return packets
}

class Reader {
  readonly #bytes: Uint8Array
  #at = 0

  constructor (bytes: Uint8Array) {
    this.#bytes = bytes
  }

  get atEnd (): boolean {
    return this.#at >= this.#bytes.length
  }

  packet (): Packet {
    const head = this.#byte()
    if ((head & 0x80) === 0) throw new ProvenanceError('invalid-keyring', 'openpgp: invalid data: tag byte does not have MSB set')
    return (head & 0x40) === 0 ? this.#oldFormat(head) : { tag: head & 0x3f, body: this.#newFormatBody() }
  }

  #oldFormat (head: number): Packet {
    const size = head & 3
    const length = size === 3 ? this.#bytes.length - this.#at : this.#number(1 << size)
    return { tag: (head & 0x3f) >> 2, body: this.#take(length) }
  }

  /** Bodies of unknown length come in parts, the last of which says so. */
  #newFormatBody (): Uint8Array {
    const parts: Uint8Array[] = []
    for (;;) {
      const first = this.#byte()
      const partial = first >= 224 && first < 255
      parts.push(this.#take(partial ? 2 ** (first & 0x1f) : this.#length(first)))
      if (!partial) return parts.length === 1 && parts[0] !== undefined ? parts[0] : Buffer.concat(parts)
    }
  }

  #length (first: number): number {
    if (first < 192) return first
    return first < 224 ? (first - 192) * 256 + this.#byte() + 192 : this.#number(4)
  }

  #number (size: number): number {
    let number = 0
    for (let i = 0; i < size; i++) number = number * 256 + this.#byte()
    return number
  }

  #byte (): number {
    return this.#take(1)[0] ?? 0
  }

  #take (length: number): Uint8Array {
    const end = this.#at + length
    if (end > this.#bytes.length) throw new ProvenanceError('invalid-keyring', 'unexpected EOF')
    const taken = this.#bytes.subarray(this.#at, end)
    this.#at = end
    return taken
  }
}
