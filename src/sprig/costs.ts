import type { GoFunc } from '../go/value.js'
import { work } from '../go/work.js'

/** Units of work for each character given, for functions that do more with it than copying. */
const perCharacter: ReadonlyMap<string, number> = new Map([
  ...['upper', 'lower', 'swapcase', 'nospace', 'initials', 'trimAll', 'trimall', 'b32enc', 'b32dec', 'adler32sum', 'squote'].map(name => [name, 2] as const),
  ...['title', 'untitle', 'wrap', 'wrapWith', 'split', 'splitn', 'urlParse', 'regexQuoteMeta', 'semver', 'duration', 'durationRound'].map(name => [name, 4] as const),
  ...['camelcase', 'snakecase', 'kebabcase', 'toDate', 'mustToDate', 'date', 'dateInZone', 'semverCompare'].map(name => [name, 8] as const),
  // The pieces are counted when they are there: charts split megabytes of CRDs into few.
  ['splitList', 0.5],
  // Node's path functions take more than twice as long for twice the text.
  ...['clean', 'dir', 'base', 'osClean', 'osDir', 'osBase'].map(name => [name, 16] as const),
  ...['fromJson', 'mustFromJson', 'fromJsonArray'].map(name => [name, 2] as const),
  // The decoder counts each node besides: a long text has few of them, and one made to be slow has one for each two characters.
  ...['fromYaml', 'fromYamlArray'].map(name => [name, 1] as const),
  ['fromToml', 6]
])

/**
 * Lets functions count what they do with each character they are given, before they do it.
 *
 * @param table functions by name
 * @returns the same functions; those that are cheap as they are
 */
export function counted<F extends GoFunc> (table: ReadonlyMap<string, F>): Map<string, F> {
  return new Map([...table].map(([name, fn]) => {
    const units = perCharacter.get(name)
    return [name, units === undefined ? fn : { ...fn, call: (...args) => { work(charactersIn(args) * units); return fn.call(...args) } }]
  }))
}

function charactersIn (args: readonly unknown[]): number {
  let count = 0
  for (const arg of args) if (typeof arg === 'string') count += arg.length
  return count
}
