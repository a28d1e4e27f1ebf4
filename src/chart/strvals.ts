import { int64, type Dict, type List, type Value } from '../go/value.js'
import { copyValues } from './copy-values.js'
import { ChartError } from './errors.js'
import { readJsonPrefix } from './json-prefix.js'
import { StrvalsParser, type Syntax } from './strvals-parser.js'
import { Scanner } from './strvals-scanner.js'

/**
 * Reads a `--set` text into values: `name=value,other.name=value,list[0]=value`. Values are typed: true, false and null in any case, integers
 * that do not start with 0 (and 0 itself), `{a,b}` lists; everything else is text.
 *
 * @param values changed in place
 * @param text the flag's argument
 * @throws {ChartError} invalid-values, in the words of helm.sh/helm/v4 pkg/strvals
 */
export function parseSet (values: Dict, text: string): void {
  parse(values, text, pairs(typed))
}

/** The same with every value a text (`--set-string`). */
export function parseSetString (values: Dict, text: string): void {
  parse(values, text, pairs(value => value))
}

/** The same with every value JSON (`--set-json`); nothing at all is null. */
export function parseSetJson (values: Dict, text: string): void {
  parse(values, text, { stops: '=[,.', escapes: true, readValue: scanner => ({ value: readJson(scanner), end: false }) })
}

/** One key, and the rest of the text as it is for its value (`--set-literal`). */
export function parseSetLiteral (values: Dict, text: string): void {
  parse(values, text, { stops: '=[.', escapes: false, readValue: scanner => ({ value: scanner.until('', false).text, end: false }) })
}

/**
 * The same as `parseSet` with every value the path of a file, whose text is the value (`--set-file`).
 *
 * @param values changed in place
 * @param text the flag's argument
 * @param read gives the text at a path
 * @throws {ChartError} invalid-values; and whatever `read` fails with
 */
export async function parseSetFile (values: Dict, text: string, read: (path: string) => Promise<string>): Promise<void> {
  const contents = new Map<string, PromiseSettledResult<string>>()
  for (const path of pathsIn(values, text)) {
    const [content] = await Promise.allSettled([read(path)])
    contents.set(path, content)
  }
  parse(values, text, pairs(path => settled(contents.get(path), path)))
}

/** The paths that a text names, as far as it can be parsed: the parser itself cannot wait. */
function pathsIn (values: Dict, text: string): Set<string> {
  const paths = new Set<string>()
  try {
    parse(copyValues(values), text, pairs(path => { paths.add(path); return path }))
  } catch (thrown) {
    // The second reading meets the same error in its place, after the errors of the files before it.
    if (!(thrown instanceof ChartError)) throw thrown
  }
  return paths
}

function settled (content: PromiseSettledResult<string> | undefined, path: string): string {
  if (content === undefined) throw new ChartError('invalid-values', `${path} was not read`)
  if (content.status === 'rejected') throw content.reason
  return content.value
}

function parse (values: Dict, text: string, syntax: Syntax): void {
  new StrvalsParser(new Scanner(text), syntax).parse(values)
}

/** Pairs separated by commas, whose values are texts or `{a,b}` lists of them. */
function pairs (convert: (text: string) => Value): Syntax {
  return { stops: '=[,.', escapes: true, readValue: scanner => readPairValue(scanner, convert) }
}

function readPairValue (scanner: Scanner, convert: (text: string) => Value): { value: Value, end: boolean } {
  if (scanner.accept('{')) return { value: readList(scanner, convert), end: false }
  if (scanner.ended) return { value: '', end: true }
  return { value: convert(scanner.until(',', true).text), end: false }
}

function readList (scanner: Scanner, convert: (text: string) => Value): List {
  const list: List = []
  for (;;) {
    const { text, stop } = scanner.until(',}', true)
    if (stop === undefined) throw new ChartError('invalid-values', "list must terminate with '}'")
    list.push(convert(text))
    if (stop === ',') continue
    scanner.accept(',')
    return list
  }
}

function readJson (scanner: Scanner): Value {
  if (scanner.skipEmpty()) return null
  const { value, length } = readJsonPrefix(scanner.rest)
  scanner.skip(length)
  scanner.skipEmpty()
  return value
}

/** A value of `--set`. Go folds case by single characters, and so does upper case here: the long s counts as an s. */
function typed (text: string): Value {
  switch (text.toUpperCase()) {
    case 'TRUE': return true
    case 'FALSE': return false
    case 'NULL': return null
    case '0': return int64(0)
  }
  if (!/^[+-]?\d+$/.test(text) || text.startsWith('0')) return text
  const value = BigInt(text.replace('+', ''))
  return BigInt.asIntN(64, value) === value ? int64(value) : text
}
