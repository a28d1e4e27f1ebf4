import { Buffer } from 'node:buffer'
import type { KeyObject } from 'node:crypto'
import { messageOf } from '../errors.js'
import { longWork, work } from '../go/work.js'
import { der, derInteger, readDer, tags } from './der.js'
import { SprigError } from './errors.js'
import { nodeCrypto } from './node-crypto.js'
import { decodePem, encodePem } from './pem.js'

/** Units of work for a key of 2048 bits: less than it takes, since charts of many parts make dozens (40 fit), each for a certificate of its own. */
const keyWork = 440_000

/** Units of work for a signature of 2048 bits, and for reading a key. */
const signingWork = 20_000
const readingWork = 10_000

/**
 * Makes a key. Keys come from the runtime's own generator, not from the random source that is passed in: a test's source would make
 * keys that are no secret.
 *
 * @param bits the size of the modulus
 * @returns an RSA key
 */
export function generateRsaKey (bits: number): KeyObject {
  longWork(bits > 2048 ? 4_000_000 : keyWork)
  return nodeCrypto().generateKeyPairSync('rsa', { modulusLength: bits }).privateKey
}

/**
 * Counts what a signature costs before it is made: eight times as much for twice the bits, and some more where the public exponent is a
 * large one, too.
 *
 * @param key that will sign; a template may give any
 * @throws {WorkError} when it is more than is left
 */
export function countSigning ({ asymmetricKeyDetails: { modulusLength = 1024, publicExponent = 3n } = {} }: KeyObject): void {
  longWork(Math.ceil(signingWork * (modulusLength / 2048) ** 3 * (publicExponent > 0xffff_ffffn ? 3 : 1)))
}

/**
 * Sprig's genPrivateKey.
 *
 * @param type `rsa` (also when empty), `dsa`, `ecdsa` or `ed25519`
 * @returns the key in PEM, or the words that Sprig has for another type
 */
export function generatePrivateKey (type: string): string {
  switch (type) {
    case '':
    case 'rsa':
      return privateKeyPem(generateRsaKey(4096))
    case 'dsa':
      longWork(6_000_000)
      return privateKeyPem(nodeCrypto().generateKeyPairSync('dsa', { modulusLength: 2048, divisorLength: 256 }).privateKey)
    case 'ecdsa':
      work(20_000)
      return privateKeyPem(nodeCrypto().generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey)
    case 'ed25519':
      work(20_000)
      return privateKeyPem(nodeCrypto().generateKeyPairSync('ed25519').privateKey)
    default:
      return `Unknown type ${type}`
  }
}

/**
 * A private key in the PEM form that Go's library gives its type.
 *
 * @param key the key
 * @returns PKCS #1 for RSA, SEC 1 for elliptic curves, OpenSSL's old form for DSA, else PKCS #8
 */
export function privateKeyPem (key: KeyObject): string {
  switch (key.asymmetricKeyType) {
    case 'rsa':
      return encodePem('RSA PRIVATE KEY', key.export({ type: 'pkcs1', format: 'der' }))
    case 'ec':
      return encodePem('EC PRIVATE KEY', key.export({ type: 'sec1', format: 'der' }))
    case 'dsa':
      return encodePem('DSA PRIVATE KEY', dsaKey(key))
    default:
      return encodePem('PRIVATE KEY', key.export({ type: 'pkcs8', format: 'der' }))
  }
}

/**
 * Reads a private key.
 *
 * @param pem PKCS #8, PKCS #1, SEC 1, or OpenSSL's old form of DSA
 * @returns the key
 * @throws {SprigError} code `syntax`, worded as Sprig words it
 */
export function parsePrivateKey (pem: string): KeyObject {
  work(readingWork + pem.length)
  const block = decodePem(pem)
  if (block === undefined) throw new SprigError('syntax', 'no PEM data in input')
  if (block.type === 'PRIVATE KEY') return read('decoding PEM as PKCS#8', () => nodeCrypto().createPrivateKey({ key: Buffer.from(block.bytes), format: 'der', type: 'pkcs8' }))
  if (!block.type.endsWith(' PRIVATE KEY')) throw new SprigError('syntax', `no private key data in PEM block of type ${block.type}`)
  switch (block.type) {
    case 'RSA PRIVATE KEY':
      return read('parsing RSA private key from PEM', () => nodeCrypto().createPrivateKey({ key: Buffer.from(block.bytes), format: 'der', type: 'pkcs1' }))
    case 'EC PRIVATE KEY':
      return read('parsing EC private key from PEM', () => nodeCrypto().createPrivateKey({ key: Buffer.from(block.bytes), format: 'der', type: 'sec1' }))
    case 'DSA PRIVATE KEY':
      return read('parsing DSA private key from PEM', () => nodeCrypto().createPrivateKey(encodePem(block.type, block.bytes)))
    default:
      throw new SprigError('syntax', `invalid private key type ${block.type}`)
  }
}

function read (doing: string, parse: () => KeyObject): KeyObject {
  try {
    return parse()
  } catch (error) {
    throw new SprigError('syntax', `${doing}: ${messageOf(error)}`, { cause: error })
  }
}

/** Version, p, q, g, y and x, taken out of the modern forms of the two halves. */
function dsaKey (key: KeyObject): Uint8Array {
  const [, algorithm, secret] = childrenOf(key.export({ type: 'pkcs8', format: 'der' }))
  const [, point] = childrenOf(nodeCrypto().createPublicKey(key).export({ type: 'spki', format: 'der' }))
  const parameters = readDer(algorithm?.content ?? new Uint8Array())[1]
  return der(tags.sequence, derInteger(0n), parameters?.content ?? new Uint8Array(), point?.content.subarray(1) ?? new Uint8Array(),
    secret?.content ?? new Uint8Array())
}

function childrenOf (bytes: Uint8Array): ReturnType<typeof readDer> {
  return readDer(readDer(bytes)[0]?.content ?? new Uint8Array())
}
