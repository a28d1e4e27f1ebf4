import { Buffer } from 'node:buffer'
import { SprigError } from './errors.js'
import { piWords } from './pi-words.js'

const cost = 10
const alphabet = './ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'
const magic = 'OrpheanBeholderScryDoubt'
const subkeys = 18
const boxWords = 1024
/** Where each of the four substitution boxes starts in the words behind the subkeys. */
const boxes = [subkeys, subkeys + 256, subkeys + 512, subkeys + 768] as const

let initial: Uint32Array | undefined

/**
 * Hashes a password as golang.org/x/crypto/bcrypt does with its default cost of 10 (Provos and Mazières, "A Future-Adaptable Password Scheme").
 *
 * @param password the password's bytes, at most 72
 * @param salt 16 random bytes
 * @returns the hash in its modular form: `$2a$10$…`
 * @throws {SprigError} `bcrypt: password length exceeds 72 bytes`
 */
export function bcrypt (password: Uint8Array, salt: Uint8Array): string {
  if (password.length > 72) throw new SprigError('limit', 'bcrypt: password length exceeds 72 bytes')
  const key = words(Buffer.concat([password, Uint8Array.of(0)]), subkeys)
  const state = schedule(key, words(salt, 4))
  const text = words(Buffer.from(magic), 6)
  for (let i = 0; i < 64; i++) {
    for (let half = 0; half < 6; half += 2) encipher(state, text, half)
  }
  const bytes = Buffer.alloc(24)
  text.forEach((word, i) => bytes.writeUInt32BE(word, i * 4))
  return `$2a$${cost}$${encode(salt)}${encode(bytes.subarray(0, 23))}`
}

/** Bytes as big-endian words, again from the start as often as it takes. */
function words (bytes: Uint8Array, count: number): Uint32Array {
  const found = new Uint32Array(count)
  for (let i = 0; i < count * 4; i++) found[i >> 2] = ((found[i >> 2] ?? 0) << 8) | (bytes[i % bytes.length] ?? 0)
  return found
}

/** The expensive key schedule. */
function schedule (key: Uint32Array, salt: Uint32Array): Uint32Array {
  initial ??= piWords(subkeys + boxWords)
  const state = initial.slice()
  const none = new Uint32Array(4)
  const saltKey = Uint32Array.from({ length: subkeys }, (_, i) => salt[i % 4] ?? 0)
  expand(state, key, salt)
  for (let i = 0; i < 2 ** cost; i++) {
    expand(state, key, none)
    expand(state, saltKey, none)
  }
  return state
}

/** Mixes a key into the subkeys, then replaces subkeys and boxes by what the cipher makes of the salt. */
function expand (state: Uint32Array, key: Uint32Array, salt: Uint32Array): void {
  for (let i = 0; i < subkeys; i++) state[i] = (state[i] ?? 0) ^ (key[i] ?? 0)
  const pair = new Uint32Array(2)
  for (let i = 0; i < state.length; i += 2) {
    pair[0] = (pair[0] ?? 0) ^ (salt[i & 2] ?? 0)
    pair[1] = (pair[1] ?? 0) ^ (salt[(i & 2) + 1] ?? 0)
    encipher(state, pair, 0)
    state[i] = pair[0]
    state[i + 1] = pair[1]
  }
}

/** Blowfish: enciphers two words in place. */
function encipher (state: Uint32Array, text: Uint32Array, at: number): void {
  let left = (text[at] ?? 0) ^ (state[0] ?? 0)
  let right = text[at + 1] ?? 0
  for (let round = 1; round <= 16; round += 2) {
    right ^= mix(state, left) ^ (state[round] ?? 0)
    left ^= mix(state, right) ^ (state[round + 1] ?? 0)
  }
  text[at] = right ^ (state[17] ?? 0)
  text[at + 1] = left
}

function mix (state: Uint32Array, word: number): number {
  const sum = (state[boxes[0] + (word >>> 24)] ?? 0) + (state[boxes[1] + ((word >>> 16) & 0xff)] ?? 0)
  return ((sum ^ (state[boxes[2] + ((word >>> 8) & 0xff)] ?? 0)) + (state[boxes[3] + (word & 0xff)] ?? 0)) | 0
}

/** Base 64 with bcrypt's own alphabet, without padding. */
function encode (bytes: Uint8Array): string {
  let text = ''
  let buffer = 0
  let bits = 0
  for (const byte of bytes) {
    buffer = (buffer << 8) | byte
    for (bits += 8; bits >= 6; bits -= 6) text += alphabet.charAt((buffer >> (bits - 6)) & 63)
    buffer &= 63
  }
  return bits === 0 ? text : text + alphabet.charAt((buffer << (6 - bits)) & 63)
}
