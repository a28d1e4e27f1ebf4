import { Buffer } from 'node:buffer'
import { decode, encode } from '../go/bytes.js'
import { decodeBase64 } from './base.js'
import { bcrypt } from './bcrypt.js'
import { longWork } from '../go/work.js'
import { define, type FunctionTable } from './define.js'
import { derivePassword } from './derive-password.js'
import { SprigError } from './errors.js'
import { nodeCrypto } from './node-crypto.js'
import type { Sources } from './sources.js'

const blockSize = 16
const keySize = 32

/**
 * Sprig's functions on passwords and secret texts.
 *
 * @param random the random bytes of salts and initialisation vectors
 * @returns the functions
 */
export function secretFunctions ({ random }: Pick<Sources, 'random'>): FunctionTable {
  return new Map([
    ['bcrypt', define(['string'], password => hashed(password, random))],
    ['htpasswd', define(['string', 'string'], (user, password) =>
      user.includes(':') ? `invalid username: ${user}` : `${user}:${hashed(password, random)}`)],
    ['derivePassword', define(['uint32', 'string', 'string', 'string', 'string'], (counter, type, password, user, site) => {
      longWork(hashWork * 2)
      return derivePassword(type, { counter: Number(counter.value), password, user, site })
    })],
    ['encryptAES', define(['string', 'string'], (password, text) => encrypt(password, text, random))],
    ['decryptAES', define(['string', 'string'], decrypt)]
  ])
}

/** What bcrypt and scrypt cost: they are meant to take their time. */
const hashWork = 400_000

/** What cannot be hashed gives the error's text, as Sprig has it. */
function hashed (password: string, random: Sources['random']): string {
  longWork(hashWork)
  try {
    return bcrypt(encode(password), random(16))
  } catch (error) {
    if (error instanceof SprigError) return `failed to encrypt string with bcrypt: ${error.message}`
    throw error
  }
}

/** AES-256 in CBC mode, the initialisation vector first; the password is cut or filled up with zeros to make the key. */
function encrypt (password: string, text: string, random: Sources['random']): string {
  if (text === '') return ''
  const vector = random(blockSize)
  const cipher = nodeCrypto().createCipheriv('aes-256-cbc', keyOf(password), vector)
  return Buffer.concat([vector, cipher.update(encode(text)), cipher.final()]).toString('base64')
}

function decrypt (password: string, text: string): string {
  if (text === '') return ''
  const bytes = decodeBase64(encode(text))
  if (bytes.length < blockSize) {
    throw new SprigError('bounds', `runtime error: slice bounds out of range [:${blockSize}] with capacity ${capacityOf(text)}`)
  }
  if (bytes.length % blockSize !== 0) throw new SprigError('bounds', 'crypto/cipher: input not full blocks')
  if (bytes.length === blockSize) throw new SprigError('bounds', 'runtime error: index out of range [-1]')
  const decipher = nodeCrypto().createDecipheriv('aes-256-cbc', keyOf(password), bytes.subarray(0, blockSize)).setAutoPadding(false)
  const plain = Buffer.concat([decipher.update(bytes.subarray(blockSize)), decipher.final()])
  const padding = plain.readUInt8(plain.length - 1)
  // Go cuts off as much as the last byte says, and only notices when that is more than there is.
  if (padding > plain.length) throw new SprigError('bounds', `runtime error: slice bounds out of range [:${plain.length - padding}]`)
  return decode(plain.subarray(0, plain.length - padding))
}

/** What Go sets aside for decoding. */
function capacityOf (text: string): number {
  return Math.floor(text.length / 4) * 3
}

function keyOf (password: string): Uint8Array {
  const key = Buffer.alloc(keySize)
  key.set(encode(password).subarray(0, keySize))
  return key
}
