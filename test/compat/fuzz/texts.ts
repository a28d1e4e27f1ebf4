import type { Random } from './random.js'

/** What a string of JSON, a number of YAML and so on may be. */
export type Data = null | boolean | number | string | Data[] | { [key: string]: Data }

const words = [
  '', 'a', 'b', 'abc', 'web', 'nginx', 'Hello World', 'foo-bar', 'foo_bar', 'fooBar', 'HTTPServer', 'one two  three', ' padded ', 'a.b.c', 'a/b/c', '../x/./y', '/usr/lib/', 'x=y', 'k: v',
  'yes', 'no', 'on', 'off', 'true', 'false', 'null', '~', 'y', 'N', 'True', 'NULL', '0', '1', '-1', '+1', '007', '0x1F', '0o17', '0b101', '1_000', '1.0', '1.5', '.5', '5.', '1e3', '1E-5', '1e400', '-0', '-0.0', '12e03',
  '9223372036854775807', '9223372036854775808', '-9223372036854775808', '18446744073709551615', '.inf', '-.inf', '.nan', 'NaN', 'Inf', '0x', '08', '1__0', '1:30', '12:30:45', '190:20:30.15', '2020-01-02', '2020-01-02T03:04:05Z', '2001-12-14 21:59:43.10 -5',
  'é', 'ß', 'ſ', 'K', 'İ', 'ǆ', '日本語', '😀', 'a😀b', '\u2028', '\u00a0', '\u200b', '\ufeff', '\u0085', '\u007f', '\u0000', '\u0001', '\t', '\n', '\r', 'a\nb', 'a\n', '\na', ' a\nb', 'a\n\n', 'a \nb', 'a\r\nb', 'a\tb', '\ta',
  '- x', '-x', '? x', ': x', ':x', 'x:', '#c', 'a #c', 'a#c', '[x]', '{x}', ']', '}', ',', '&a', '*a', '!t', '|', '>', '%x', '@x', '`x`', '"q"', '\'q\'', 'it\'s', 'a "b" c', '\\', 'a\\nb', '<a&b>', '---', '...', '--- a', '=', '<<', '$1', '$' + '{x}', '%d', '%s%%', '{{', '}}', '{{ x }}',
  'The quick brown fox jumps over the lazy dog and runs away from the very long line that must be folded somewhere',
  'x'.repeat(90), 'word '.repeat(20), 'aGVsbG8=', 'aGVsbG8', '{"a":1}', '[1,2]', '1h30m', '1.2.3', 'v1.2.3-rc.1+b5', 'http://user:pw@example.com:80/p/a?q=1&r=%20#frag'
]

const letters = 'abcdefgxyzABCXYZ0123456789 \t\n.,:;-_+*/\\|&!?#@%^~=$<>()[]{}\'"`éß日😀'

/** A text: mostly one that some format has trouble with, or some of them together, or letters. */
export function text (random: Random): string {
  const choice = random.int(10)
  if (choice < 7) return random.pick(words)
  if (choice < 8) return random.times(2, 3, () => random.pick(words)).join(random.pick(['', ' ', '\n', '-', ', ']))
  return letterText(random)
}

/** A text of a few characters of all kinds. */
export function letterText (random: Random): string {
  const characters = Array.from(letters)
  return random.times(0, 12, () => random.pick(characters)).join('')
}

/** A short name that may be a key or a part of a path. */
export function word (random: Random): string {
  return random.pick(['a', 'b', 'c', 'd', 'name', 'key', 'x1', 'x2', 'x10', 'image', 'tag'])
}

/** A key of a map: mostly a word. */
export function key (random: Random): string {
  return random.chance(0.8) ? word(random) : text(random)
}

/** A number that some format has trouble with. */
export function number (random: Random): number {
  const choice = random.int(10)
  if (choice < 4) return random.between(-3, 20)
  if (choice < 6) return random.pick([0, -0, 100, 255, 256, 1000, 65536, 99999, 100000, 999999, 1000000, 1048576, 2147483647, 2147483648, 4294967296, 9007199254740991, 2 ** 53 + 2, 2 ** 63, 1e18, 1e19, 1e20, 1e21, 1e22, 1e100, -1e6])
  if (choice < 8) return random.pick([0.1, 0.5, 1.5, 2.5, -2.5, 0.3, 1 / 3, 1e-4, 1e-5, 1e-6, 1e-7, 123456.789, 1234567.891, 0.1 + 0.2, 5e-324, 1.7976931348623157e308, 3.14, -0.001, 99.95, 1e15 + 0.5])
  return (random.int(2_000_001) - 1_000_000) / random.pick([1, 1, 10, 1000, 7])
}

/** Data as JSON has it. */
export function data (random: Random, depth: number): Data {
  const choice = random.int(depth <= 0 ? 7 : 11)
  if (choice < 1) return null
  if (choice < 2) return random.chance(0.5)
  if (choice < 4) return number(random)
  if (choice < 7) return text(random)
  return choice < 9 ? dataList(random, depth) : dataMap(random, depth)
}

/** A list of data. */
export function dataList (random: Random, depth: number): Data[] {
  return random.times(0, 4, () => data(random, depth - 1))
}

/** A map of data. */
export function dataMap (random: Random, depth: number): { [key: string]: Data } {
  return Object.fromEntries(random.times(0, 4, () => [key(random), data(random, depth - 1)]))
}

/**
 * JSON that is YAML too: what YAML 1.1 takes for a line end or for nothing is escaped.
 *
 * @param value the data
 */
export function json (value: Data): string {
  return JSON.stringify(value).replace(/[\u007f-\uffff]/g, character => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`)
}

/**
 * A text as a Go literal.
 *
 * @param value any text
 */
export function goString (value: string): string {
  return `"${value.replace(/[\\"]/g, '\\$&').replace(/[\u0000-\u001f\u007f]/g, character => `\\x${character.charCodeAt(0).toString(16).padStart(2, '0')}`)}"`
}

/**
 * Changes a text in a few places, as a slip of the hand would.
 *
 * @param random where and how
 * @param original the text
 * @param inserts what may be put in
 */
export function mutate (random: Random, original: string, inserts: readonly string[]): string {
  let changed = original
  for (let i = random.between(1, 3); i > 0; i--) {
    const at = random.int(changed.length + 1)
    const length = random.pick([1, 1, 1, 2, 3, 8])
    const choice = random.int(4)
    if (choice === 0) changed = changed.slice(0, at) + changed.slice(at + length)
    else if (choice === 1) changed = changed.slice(0, at) + random.pick(inserts) + changed.slice(at)
    else if (choice === 2) changed = changed.slice(0, at) + random.pick(inserts) + changed.slice(at + length)
    else changed = changed.slice(0, at) + changed.slice(at, at + length) + changed.slice(at)
  }
  // Half a character becomes the replacement character.
  return Buffer.from(changed).toString()
}
