import { Buffer } from 'node:buffer'
import { encode } from '../go/bytes.js'
import { nodeCrypto } from './node-crypto.js'

const seed = Buffer.from('com.lyndir.masterpassword')

/** The shapes of the Master Password algorithm: each letter stands for a class of characters. */
const shapes: ReadonlyMap<string, readonly string[]> = new Map([
  ['maximum', ['anoxxxxxxxxxxxxxxxxx', 'axxxxxxxxxxxxxxxxxno']],
  ['long', [
    'CvcvnoCvcvCvcv', 'CvcvCvcvnoCvcv', 'CvcvCvcvCvcvno', 'CvccnoCvcvCvcv', 'CvccCvcvnoCvcv', 'CvccCvcvCvcvno', 'CvcvnoCvccCvcv',
    'CvcvCvccnoCvcv', 'CvcvCvccCvcvno', 'CvcvnoCvcvCvcc', 'CvcvCvcvnoCvcc', 'CvcvCvcvCvccno', 'CvccnoCvccCvcv', 'CvccCvccnoCvcv',
    'CvccCvccCvcvno', 'CvcvnoCvccCvcc', 'CvcvCvccnoCvcc', 'CvcvCvccCvccno', 'CvccnoCvcvCvcc', 'CvccCvcvnoCvcc', 'CvccCvcvCvccno'
  ]],
  ['medium', ['CvcnoCvc', 'CvcCvcno']],
  ['short', ['Cvcn']],
  ['basic', ['aaanaaan', 'aannaaan', 'aaannaaa']],
  ['pin', ['nnnn']]
])

const vowels = 'AEIOU'
const consonants = 'BCDFGHJKLMNPQRSTVWXYZ'
const letters = `${vowels}${vowels.toLowerCase()}${consonants}${consonants.toLowerCase()}`
const classes: ReadonlyMap<string, string> = new Map([
  ['V', vowels],
  ['v', vowels.toLowerCase()],
  ['C', consonants],
  ['c', consonants.toLowerCase()],
  ['a', letters],
  ['n', '0123456789'],
  ['o', "@&%?,=[]_:-+*$#!'^~;()/."],
  ['x', `${letters}0123456789!@#$%^&*()`]
])

/** What a password is derived from, besides its shape. */
export interface PasswordOwner {
  readonly counter: number
  readonly password: string
  readonly user: string
  readonly site: string
}

/**
 * Sprig's derivePassword: the Master Password algorithm (masterpassword.app, version 3).
 *
 * @param type the shape: maximum, long, medium, short, basic or pin
 * @param owner counter, master password, user and site
 * @returns the password, or the words that Sprig has for another type
 */
export function derivePassword (type: string, owner: PasswordOwner): string {
  const candidates = shapes.get(type)
  if (candidates === undefined) return `cannot find password template ${type}`
  const salt = Buffer.concat([seed, counted(owner.user)])
  const key = nodeCrypto().scryptSync(encode(owner.password), salt, 64, { N: 32768, r: 8, p: 2, maxmem: 128 * 1024 * 1024 })
  const digest = nodeCrypto().createHmac('sha256', key).update(Buffer.concat([seed, counted(owner.site), uint32(owner.counter)])).digest()
  const shape = candidates[digest.readUInt8(0) % candidates.length] ?? ''
  return Array.from(shape, (letter, i) => {
    const characters = classes.get(letter) ?? ''
    return characters.charAt(digest.readUInt8(i + 1) % characters.length)
  }).join('')
}

function counted (text: string): Uint8Array {
  const bytes = encode(text)
  return Buffer.concat([uint32(bytes.length), bytes])
}

function uint32 (value: number): Uint8Array {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32BE(value)
  return bytes
}
