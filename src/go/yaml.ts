import { pretty, throughJson } from './yaml/dialect.js'
import { YamlEmitter } from './yaml/emitter.js'
import { YamlError } from './errors.js'
import { YamlDecoder } from './yaml/decoder.js'
import type { Value } from './value.js'

/**
 * A value as sigs.k8s.io/yaml writes it (`toYaml` with a line feed at the end): block style, lists at their key's column, keys in natural
 * order, long lines folded at column 80, strings quoted where YAML 1.1 would read something else.
 *
 * @param value any value; structs by their JSON fields, bytes as base64
 * @returns one document, ending with a line feed
 * @throws {YamlError} `unsupported` for complex numbers, NaN, infinities and control characters that YAML forbids, `depth` beyond `maxDepth` levels
 */
export function marshalYaml (value: Value): string {
  return new YamlEmitter(throughJson).emit(value)
}

/**
 * A value as go-yaml v3 writes it with an indentation of two (`toYamlPretty` with a line feed at the end): lists indented under their key,
 * nothing folded, floats as Go prints them, bytes as numbers.
 *
 * @param value any value
 * @returns one document, ending with a line feed
 * @throws {YamlError} `depth` beyond `maxDepth` levels; `internal` for complex numbers, where go-yaml panics
 */
export function marshalYamlPretty (value: Value): string {
  return new YamlEmitter(pretty).emit(value)
}

/**
 * The first document of a YAML text as sigs.k8s.io/yaml reads it: YAML 1.1 scalars, every number a float64, every key a string.
 *
 * @param text YAML
 * @returns the value; null for an empty text
 * @throws {YamlError} `error converting YAML to JSON: yaml: line N: …`
 */
export function unmarshalYaml (text: string): Value {
  return convert(text, false)
}

/**
 * As `unmarshalYaml`, but a key that stands twice in one mapping is an error.
 *
 * @param text YAML
 * @returns the value
 * @throws {YamlError} as `unmarshalYaml`, and `duplicate-key`: `… key "a" already set in map`
 */
export function unmarshalYamlStrict (text: string): Value {
  return convert(text, true)
}

function convert (text: string, strict: boolean): Value {
  try {
    return new YamlDecoder(text, { strict }).decode()
  } catch (error) {
    if (error instanceof YamlError) throw new YamlError(error.code, `error converting YAML to JSON: ${error.message}`, { cause: error })
    throw error
  }
}

/**
 * Splits a text at its document separators as Kubernetes' YAML reader does (and so Helm for values files): a line that starts with
 * `---`, followed by nothing but white space or a comment.
 *
 * @param text YAML
 * @returns the documents' texts in order, each line ending with a line feed; a separator that opens a document stays in it
 * @throws {YamlError} `syntax` when anything else follows the dashes: `invalid Yaml document separator: x`
 */
export function splitYamlDocuments (text: string): string[] {
  const documents: string[] = []
  let document = ''
  for (const line of lines(text)) {
    if (line.startsWith('---')) {
      const rest = line.slice(3).trim()
      if (rest !== '' && !rest.startsWith('#')) throw new YamlError('syntax', `invalid Yaml document separator: ${rest}`)
      if (document !== '') {
        documents.push(document)
        document = ''
        continue
      }
    }
    document += `${line}\n`
  }
  return document === '' ? documents : [...documents, document]
}

function lines (text: string): string[] {
  const all = text.split(/\r?\n/)
  if (all.at(-1) === '') all.pop()
  return all
}
