import { Buffer } from 'node:buffer'
import { SprigError } from './errors.js'

/** ASN.1's tags, as far as X.509 certificates need them. */
export const tags = {
  boolean: 0x01,
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  oid: 0x06,
  utf8String: 0x0c,
  printableString: 0x13,
  utcTime: 0x17,
  generalizedTime: 0x18,
  sequence: 0x30,
  set: 0x31
} as const

/** One value of DER as it was read. */
export interface DerNode {
  readonly tag: number
  readonly content: Uint8Array
  /** Tag, length and content. */
  readonly whole: Uint8Array
}

/**
 * Writes one value of DER (X.690).
 *
 * @param tag its tag byte
 * @param parts its content, in parts
 * @returns tag, length and content
 */
export function der (tag: number, ...parts: readonly Uint8Array[]): Uint8Array {
  const content = Buffer.concat(parts)
  return Buffer.concat([Uint8Array.of(tag), lengthBytes(content.length), content])
}

/**
 * @param value a whole number, 0 or more
 * @returns it as a DER INTEGER
 */
export function derInteger (value: bigint): Uint8Array {
  const hex = value.toString(16)
  const bytes = Buffer.from(hex.length % 2 === 0 ? hex : `0${hex}`, 'hex')
  // A leading bit that is set would make it negative.
  return der(tags.integer, (bytes[0] ?? 0) >= 0x80 ? Uint8Array.of(0) : new Uint8Array(), bytes)
}

/**
 * @param id an object identifier in dotted form
 * @returns it as a DER OBJECT IDENTIFIER
 */
export function derOid (id: string): Uint8Array {
  const [first = 0, second = 0, ...rest] = id.split('.').map(Number)
  return der(tags.oid, Uint8Array.from([first * 40 + second, ...rest.flatMap(base128)]))
}

/**
 * Reads the values that stand one after another.
 *
 * @param bytes DER
 * @returns the values in their order
 * @throws {SprigError} code `syntax`: a length that does not fit
 */
export function readDer (bytes: Uint8Array): DerNode[] {
  const nodes: DerNode[] = []
  for (let at = 0; at < bytes.length;) {
    const node = readNode(bytes.subarray(at))
    nodes.push(node)
    at += node.whole.length
  }
  return nodes
}

function readNode (bytes: Uint8Array): DerNode {
  const tag = bytes[0] ?? 0
  const first = bytes[1] ?? 0
  const lengthSize = first < 0x80 ? 0 : first & 0x7f
  let length = first
  if (lengthSize > 0) length = bytes.subarray(2, 2 + lengthSize).reduce((sum, byte) => sum * 256 + byte, 0)
  const start = 2 + lengthSize
  if (lengthSize > 4 || bytes.length < start + length) throw new SprigError('syntax', 'asn1: syntax error: data truncated')
  return { tag, content: bytes.subarray(start, start + length), whole: bytes.subarray(0, start + length) }
}

function lengthBytes (length: number): Uint8Array {
  if (length < 0x80) return Uint8Array.of(length)
  const hex = length.toString(16)
  const bytes = Buffer.from(hex.length % 2 === 0 ? hex : `0${hex}`, 'hex')
  return Buffer.concat([Uint8Array.of(0x80 | bytes.length), bytes])
}

function base128 (value: number): number[] {
  const bytes = [value & 0x7f]
  for (let rest = value >>> 7; rest > 0; rest >>>= 7) bytes.unshift(0x80 | (rest & 0x7f))
  return bytes
}
