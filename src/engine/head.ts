import { messageOf } from '../errors.js'
import { mismatch, readString, readStringMap, readStruct, type Fields, type Place } from '../chart/decode.js'
import { readYaml } from '../chart/read-yaml.js'
import type { Value } from '../go/value.js'
import { EngineError } from './errors.js'

/** What Helm reads of every rendered document. */
export interface ManifestHead {
  readonly apiVersion: string
  readonly kind: string
  readonly name: string
  readonly annotations: ReadonlyMap<string, string>
}

/**
 * Reads the head of a document: Helm's SimpleHead.
 *
 * @param document one YAML document
 * @param path the template that it comes from
 * @returns its head; what is missing is empty
 * @throws {EngineError} `manifest`: `YAML parse error on PATH: …`
 */
export function readHead (document: string, path: string): ManifestHead {
  try {
    return readYaml(document, headOf)
  } catch (error) {
    throw new EngineError('manifest', `YAML parse error on ${path}: ${messageOf(error)}`, { cause: error })
  }
}

function headOf (value: Value): ManifestHead {
  const head = { apiVersion: '', kind: '', name: '', annotations: new Map<string, string>() }
  const metadata: Fields = new Map([
    ['name', (value: Value, place: Place) => { head.name = readString(value, place) ?? head.name }],
    ['annotations', (value: Value, place: Place) => { head.annotations = readStringMap(value, place, head.annotations) ?? new Map<string, string>() }]
  ])
  readStruct(value, 'util.SimpleHead', new Map([
    ['apiVersion', (value: Value, place: Place) => { head.apiVersion = readString(value, place) ?? head.apiVersion }],
    ['kind', (value: Value, place: Place) => { head.kind = readString(value, place) ?? head.kind }],
    ['metadata', (value: Value, place: Place) => { readMetadata(value, place, metadata) }]
  ]))
  return head
}

/** The Go type of the field has no name: it is spelled out where the field itself is wrong, and left out where one of its own fields is. */
function readMetadata (value: Value, place: Place, fields: Fields): void {
  if (value !== null && !(value instanceof Map)) throw mismatch(value, place, metadataType)
  readStruct(value, '', fields, { place })
}

const metadataType = 'struct { Name string "json:\\"name\\""; Annotations map[string]string "json:\\"annotations\\"" }'
