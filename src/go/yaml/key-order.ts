import { isDigit, isLetter } from '../unicode.js'

/**
 * go-yaml v2's natural order of keys: letters after everything else, runs of digits by their number.
 *
 * @param a a key
 * @param b a key
 * @returns negative when `a` comes first, positive when `b` does, 0 when they are the same
 */
export function compareKeys (a: string, b: string): number {
  return compare(a, b, false)
}

/**
 * go-yaml v3's order of keys: as v2's, but after digits a letter comes before everything else (`v1b` before `v1-a`).
 *
 * @param a a key
 * @param b a key
 * @returns negative when `a` comes first, positive when `b` does, 0 when they are the same
 */
export function compareKeysV3 (a: string, b: string): number {
  return compare(a, b, true)
}

function compare (a: string, b: string, v3: boolean): number {
  const shorter = Math.min(a.length, b.length)
  for (let i = 0; i < shorter; i++) {
    const x = a.charCodeAt(i)
    const y = b.charCodeAt(i)
    if (x === y) continue
    if (isAsciiLetter(x) && isAsciiLetter(y)) return x - y
    return compareRunes(a, b, v3)
  }
  return a.length - b.length
}

function isAsciiLetter (unit: number): boolean {
  return unit < 0x80 && isLetter(unit)
}

function compareRunes (a: string, b: string, v3: boolean): number {
  const left = runes(a)
  const right = runes(b)
  const shorter = Math.min(left.length, right.length)
  for (let i = 0; i < shorter; i++) {
    if (left.at(i) !== right.at(i)) return compareAt(left, right, i) * (v3 && lettersFirst(left, right, i) ? -1 : 1)
  }
  return left.length - right.length
}

/** Where one of the keys has a letter, and a digit stands before it. */
function lettersFirst (left: Runes, right: Runes, i: number): boolean {
  return i > 0 && isDigit(left.at(i - 1)) && isLetter(left.at(i)) !== isLetter(right.at(i))
}

/** A key's code points, without a copy for the usual key that has none beyond U+FFFF. */
interface Runes {
  readonly length: number
  at: (index: number) => number
}

function runes (text: string): Runes {
  if (!/[\ud800-\udfff]/.test(text)) return { length: text.length, at: index => text.charCodeAt(index) }
  const points = Array.from(text, character => character.codePointAt(0) ?? 0)
  return { length: points.length, at: index => points[index] ?? NaN }
}

/** Where the keys first differ, at `i`. */
function compareAt (left: Runes, right: Runes, i: number): number {
  const difference = left.at(i) - right.at(i)
  const leftIsLetter = isLetter(left.at(i))
  if (leftIsLetter !== isLetter(right.at(i))) return leftIsLetter ? 1 : -1
  if (leftIsLetter) return difference
  const leading = followsNonZeroDigit(left, right, i) ? 1n : 0n
  const leftRun = digitRun(left, i, leading)
  const rightRun = digitRun(right, i, leading)
  if (leftRun.value !== rightRun.value) return leftRun.value < rightRun.value ? -1 : 1
  return leftRun.end === rightRun.end ? difference : leftRun.end - rightRun.end
}

/** A zero after another digit is part of its number: the runs are then read with a digit before them. */
function followsNonZeroDigit (left: Runes, right: Runes, i: number): boolean {
  if (left.at(i) !== 0x30 && right.at(i) !== 0x30) return false
  for (let j = i - 1; j >= 0 && isDigit(left.at(j)); j--) {
    if (left.at(j) !== 0x30) return true
  }
  return false
}

/** The number at `start`, in 64 bits as Go counts, and where it ends. */
function digitRun (key: Runes, start: number, leading: bigint): { value: bigint, end: number } {
  let end = start
  let value = leading
  for (; end < key.length && isDigit(key.at(end)); end++) value = BigInt.asIntN(64, value * 10n + BigInt(key.at(end) - 0x30))
  return { value, end }
}
