import { messageOf } from '../errors.js'
import { JsonError } from '../go/errors.js'
import { unmarshalJson } from '../go/json.js'
import type { Dict } from '../go/value.js'
import { ChartError } from './errors.js'
import { mergeMaps } from './merge-maps.js'
import { parseSet, parseSetFile, parseSetJson, parseSetLiteral, parseSetString } from './strvals.js'
import { parseValues } from './values-file.js'

/** The values that a user gives on the command line, a list for each flag. */
export interface ValueOptions {
  /** `-f`, `--values`: paths or URLs of YAML files. */
  readonly values?: readonly string[]
  readonly set?: readonly string[]
  readonly setString?: readonly string[]
  readonly setFile?: readonly string[]
  readonly setJson?: readonly string[]
  readonly setLiteral?: readonly string[]
}

/** Is given the values after each file and flag, and what it was; it may mark what is new, in place or in a copy. */
export type MarkValues = (values: Dict, source: string) => Dict

/**
 * Puts the user's values together, later ones over earlier ones: files, `--set-json`, `--set`, `--set-string`, `--set-file`, `--set-literal`,
 * whatever their order on the command line (helm.sh/helm/v4 pkg/cli/values MergeValues).
 *
 * @param options the flags
 * @param read gives the text at a path, a URL, or `-` for standard input
 * @param mark for who wants to know where values come from
 * @throws {ChartError} invalid-values, prefixed with the file or the flag; and whatever `read` fails with for a file of `--values`
 */
export async function loadValues (options: ValueOptions, read: (path: string) => Promise<string>, mark: MarkValues = values => values): Promise<Dict> {
  let values: Dict = new Map()
  for (const path of options.values ?? []) values = mark(mergeMaps(values, parseFile(path, await read(path))), `-f ${path}`)
  for (const text of options.setJson ?? []) values = mark(setJson(values, text), `--set-json ${text}`)
  for (const text of options.set ?? []) {
    flag('--set', () => { parseSet(values, text) })
    values = mark(values, `--set ${text}`)
  }
  for (const text of options.setString ?? []) {
    flag('--set-string', () => { parseSetString(values, text) })
    values = mark(values, `--set-string ${text}`)
  }
  for (const text of options.setFile ?? []) {
    await parseSetFile(values, text, read).catch((thrown: unknown) => { throw failed('--set-file', thrown) })
    values = mark(values, `--set-file ${text}`)
  }
  for (const text of options.setLiteral ?? []) {
    flag('--set-literal', () => { parseSetLiteral(values, text) })
    values = mark(values, `--set-literal ${text}`)
  }
  return values
}

function parseFile (path: string, text: string): Dict {
  try {
    return parseValues(text)
  } catch (thrown) {
    if (!(thrown instanceof ChartError)) throw thrown
    throw new ChartError('invalid-values', `failed to parse ${path}: ${thrown.message}`, { cause: thrown })
  }
}

/** A whole object is merged; anything else is `key=JSON` pairs. */
function setJson (values: Dict, text: string): Dict {
  const object = text.trim().startsWith('{')
  try {
    if (object) return mergeMaps(values, asDict(text.trim()))
    parseSetJson(values, text)
    return values
  } catch (thrown) {
    if (!(thrown instanceof ChartError || thrown instanceof JsonError)) throw thrown
    throw new ChartError('invalid-values', `failed parsing --set-json data ${object ? 'JSON: ' : ''}${text}`, { cause: thrown })
  }
}

function asDict (text: string): Dict {
  const value = unmarshalJson(text)
  if (value instanceof Map) return value
  throw new ChartError('invalid-values', 'no JSON object')
}

function flag (name: string, parse: () => void): void {
  try {
    parse()
  } catch (thrown) {
    if (!(thrown instanceof ChartError)) throw thrown
    throw failed(name, thrown)
  }
}

function failed (name: string, thrown: unknown): ChartError {
  return new ChartError('invalid-values', `failed parsing ${name} data: ${messageOf(thrown)}`, { cause: thrown })
}
