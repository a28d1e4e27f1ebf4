import { canBackquote, quote } from '../go/strconv.js'
import type { GoFunc } from '../go/value.js'
import { define, type FunctionTable } from './define.js'
import { SprigError } from './errors.js'
import { PatternCache, type Pattern } from './pattern.js'
import type { Sources } from './sources.js'
import { strings, TypedSlice } from './typed.js'

/**
 * Sprig's functions on regular expressions: RE2's, in time proportional to the text whatever the pattern.
 *
 * @param sources the stopwatch that long searches are charged by
 * @returns the functions; they share a cache of compiled patterns
 */
export function regexFunctions ({ stopwatch }: Pick<Sources, 'stopwatch'> = {}): FunctionTable {
  const cache = new PatternCache(stopwatch)
  const compile = (expression: string): Pattern => cache.compile(expression)
  return new Map([
    ['regexMatch', define(['string', 'string'], (expression, text) => matches(compile, expression, text))],
    ['mustRegexMatch', define(['string', 'string'], (expression, text) => compile(expression).test(text))],
    ...both('regexFind', compile, compiled => define(['string', 'string'], (expression, text) => compiled(expression).find(text))),
    ...both('regexFindAll', compile, compiled => define(['string', 'string', 'int'], (expression, text, count) =>
      found(compiled(expression).findAll(text, count)))),
    ...both('regexReplaceAll', compile, compiled => define(['string', 'string', 'string'], (expression, text, replacement) =>
      compiled(expression).replaceAll(text, replacement))),
    ...both('regexReplaceAllLiteral', compile, compiled => define(['string', 'string', 'string'], (expression, text, replacement) =>
      compiled(expression).replaceAllLiteral(text, replacement))),
    ...both('regexSplit', compile, compiled => define(['string', 'string', 'int'], (expression, text, count) =>
      splitBy(compiled(expression), text, count))),
    ['regexQuoteMeta', define(['string'], text => text.replace(/[\\.+*?()|[\]{}^$]/g, '\\$&'))]
  ])
}

type Compile = (expression: string) => Pattern

/** The plain function panics on a bad pattern and so names the call that failed; the `must` one returns the parser's error as it is. */
function both (name: string, compile: Compile, make: (compile: Compile) => GoFunc): Array<[string, GoFunc]> {
  const mustName = `must${name.charAt(0).toUpperCase()}${name.slice(1)}`
  return [[name, make(expression => namingCompile(compile, expression))], [mustName, make(compile)]]
}

function namingCompile (compile: Compile, expression: string): Pattern {
  try {
    return compile(expression)
  } catch (error) {
    if (!(error instanceof SprigError)) throw error
    throw new SprigError('syntax', `regexp: Compile(${canBackquote(expression) ? `\`${expression}\`` : quote(expression)}): ${error.message}`, { cause: error })
  }
}

/** A pattern that cannot be read matches nothing. */
function matches (compile: Compile, expression: string, text: string): boolean {
  try {
    return compile(expression).test(text)
  } catch (error) {
    if (error instanceof SprigError) return false
    throw error
  }
}

/** No part is a nil slice; but the pattern must be one. */
function splitBy (pattern: Pattern, text: string, count: number): TypedSlice {
  return count === 0 ? new TypedSlice('[]string') : strings(pattern.split(text, count))
}

/** Go gives a nil slice where nothing was found, which JSON shows as null. */
function found (texts: readonly string[]): TypedSlice {
  return texts.length === 0 ? new TypedSlice('[]string') : strings(texts)
}
