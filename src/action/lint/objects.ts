import { mismatch, readString, readStruct, type Fields } from '../../chart/decode.js'
import { ChartError } from '../../chart/errors.js'
import { messageOf } from '../../errors.js'
import { JsonError, YamlError } from '../../go/errors.js'
import { unmarshalJson } from '../../go/json.js'
import type { Value } from '../../go/value.js'
import { splitYamlDocuments, unmarshalYaml } from '../../go/yaml.js'

/** What rules look at in an object of Kubernetes. */
export interface LintObject {
  readonly apiVersion: string
  readonly kind: string
  readonly name: string
}

/** A document of a file: an object, nothing, or what is wrong with it. */
export type LintDocument = { readonly object?: LintObject, readonly complaint?: undefined } | { readonly object?: undefined, readonly complaint: string }

/**
 * Reads a file's documents, as Kubernetes' decoder of YAML and JSON does: a file that starts like JSON is tried as that first, and what
 * is wrong is then said of it as JSON.
 *
 * @param text the file
 * @returns the documents; what is wrong with one is the last that is given
 */
export function * documentsOf (text: string): Generator<LintDocument> {
  const asJson = /^[ \t\r\n]*\{/.test(text) ? complaintAboutJson(text) : undefined
  for (const document of documents(text)) {
    const read = typeof document === 'string' ? readDocument(document) : document
    yield read.complaint !== undefined && asJson !== undefined ? { complaint: `unable to parse YAML: ${asJson}` } : read
    if (read.complaint !== undefined) return
  }
}

function documents (text: string): Array<string | LintDocument> {
  try {
    return splitYamlDocuments(text)
  } catch (error) {
    if (error instanceof YamlError) return [{ complaint: `unable to parse YAML: ${messageOf(error)}` }]
    throw error
  }
}

function readDocument (text: string): LintDocument {
  try {
    const value = unmarshalYaml(text)
    return value === null ? {} : { object: readObject(value) }
  } catch (error) {
    if (error instanceof YamlError) return { complaint: `unable to parse YAML: ${messageOf(error)}` }
    if (error instanceof ChartError) return { complaint: `unable to parse YAML: error unmarshaling JSON: while decoding JSON: ${messageOf(error)}` }
    throw error
  }
}

/** @throws {ChartError} invalid-chart, for a field of another type */
function readObject (value: Value): LintObject {
  const object = { apiVersion: '', kind: '', name: '' }
  const metadata: Fields = new Map([
    ['Namespace', (item, place) => { readString(item, place) }],
    ['Name', (item, place) => { object.name = readString(item, place) ?? '' }]
  ])
  readStruct(value, 'rules.k8sYamlStruct', new Map([
    ['apiVersion', (item, place) => { object.apiVersion = readString(item, place) ?? '' }],
    ['Kind', (item, place) => { object.kind = readString(item, place) ?? '' }],
    ['Metadata', (item, place) => {
      if (item !== null && !(item instanceof Map)) throw mismatch(item, place, 'rules.k8sYamlMetadata')
      readStruct(item, 'rules.k8sYamlMetadata', metadata, { place })
    }]
  ]))
  return object
}

/** What the first JSON value of a text has wrong, with the place in bytes. */
function complaintAboutJson (text: string): string | undefined {
  try {
    unmarshalJson(text)
    return undefined
  } catch (error) {
    if (!(error instanceof JsonError)) throw error
    const message = messageOf(error)
    if (message === 'unexpected end of JSON input') return 'unexpected EOF'
    const key = /^[ \t\r\n]*\{[ \t\r\n]*/.exec(text)?.[0].length ?? 0
    return message.endsWith('looking for beginning of object key string') ? `json: offset ${key + 1}: ${message}` : undefined
  }
}
