import { Buffer } from 'node:buffer'
import { int } from '../go/value.js'
import { work } from '../go/work.js'
import { define, type FunctionTable } from './define.js'
import { SprigError } from './errors.js'
import type { Sources } from './sources.js'
import { checkLength, runesOf } from './text.js'

/** What drawing a number costs: the system is asked each time. */
const drawn = 40

const digits = '0123456789'
const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
const printable = Array.from({ length: 95 }, (_, i) => String.fromCharCode(32 + i)).join('')

/**
 * Sprig's functions that draw at random.
 *
 * @param random where the random bytes come from
 * @returns the functions
 */
export function randomFunctions ({ random }: Pick<Sources, 'random'>): FunctionTable {
  const below = (limit: number): number => drawBelow(random, limit)
  const text = (characters: string) => define(['int'], count => drawText(characters, count, below))
  return new Map([
    ['randAlphaNum', text(letters + digits)],
    ['randAlpha', text(letters)],
    ['randNumeric', text(digits)],
    ['randAscii', text(printable)],
    ['randInt', define(['int', 'int'], (min, max) => int(min + drawInt(max - min, below)))],
    ['randBytes', define(['int'], count => Buffer.from(random(checkCount(count))).toString('base64'))],
    ['shuffle', define(['string'], value => shuffle(value, below))],
    ['uuidv4', define([], () => uuid(random(16)))]
  ])
}

/** A whole number from 0 to `limit` - 1, each as likely as the others: draws that would favour the low ones are thrown away. */
function drawBelow (random: Sources['random'], limit: number): number {
  const range = 2 ** 48
  const fair = range - range % limit
  for (;;) {
    const drawn = Buffer.from(random(6)).readUIntBE(0, 6)
    if (drawn < fair) return drawn % limit
  }
}

/** A negative count gives no text: goutils' error is dropped by Sprig. */
function drawText (characters: string, count: number, below: (limit: number) => number): string {
  checkLength(count)
  work(Math.max(count, 0) * drawn)
  return Array.from({ length: Math.max(count, 0) }, () => characters.charAt(below(characters.length))).join('')
}

function drawInt (span: number, below: (limit: number) => number): number {
  if (span <= 0) throw new SprigError('bounds', 'invalid argument to Intn')
  return below(span)
}

function checkCount (count: number): number {
  if (count < 0) throw new SprigError('bounds', 'runtime error: makeslice: len out of range')
  checkLength(count)
  work(count)
  return count
}

/** Fisher and Yates, from the end, over characters. */
function shuffle (text: string, below: (limit: number) => number): string {
  const runes = runesOf(text)
  work(runes.length * drawn)
  for (let i = runes.length - 1; i > 0; i--) {
    const j = below(i + 1)
    const moved = runes[i] ?? ''
    runes[i] = runes[j] ?? ''
    runes[j] = moved
  }
  return runes.join('')
}

/** RFC 9562, section 5.4. */
function uuid (bytes: Uint8Array): string {
  const buffer = Buffer.from(bytes)
  buffer.writeUInt8((buffer.readUInt8(6) & 0x0f) | 0x40, 6)
  buffer.writeUInt8((buffer.readUInt8(8) & 0x3f) | 0x80, 8)
  return buffer.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')
}
