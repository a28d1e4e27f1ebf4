import { Int, type Value } from '../go/value.js'
import { KubeError } from './errors.js'
import { at, dictAt, type KubeObject } from './objects.js'

/**
 * Refuses a manifest that is no object, or whose metadata is not of the right types, as kubectl's builder does before anything is sent;
 * all else is the server's to check.
 *
 * @param value what a document holds
 * @throws {KubeError} manifest, worded as kubectl and encoding/json word it
 */
export function requireObject (value: Value): KubeObject {
  if (!(value instanceof Map)) throw invalid(`unable to decode "": json: cannot unmarshal ${jsonKind(value)} into Go value of type struct`)
  const faults = [headerFault(value, 'apiVersion'), headerFault(value, 'kind')].filter(fault => fault !== undefined)
  if (faults.length > 0) throw invalid(`error validating "": error validating data: ${faults.length === 1 ? faults.join() : `[${faults.join(', ')}]`}`)
  const fault = metadataFault(value)
  if (fault !== undefined) throw invalid(`unable to decode "": json: cannot unmarshal ${fault}`)
  return value
}

function invalid (message: string): KubeError {
  return new KubeError('manifest', message)
}

function headerFault (object: KubeObject, field: string): string | undefined {
  const value = object.get(field) ?? null
  if (value === null || value === '') return `${field} not set`
  return typeof value === 'string' ? undefined : `${field} isn't string type`
}

function metadataFault (object: KubeObject): string | undefined {
  const metadata = object.get('metadata') ?? null
  if (metadata !== null && !(metadata instanceof Map)) return `${jsonKind(metadata)} into Go struct field metadataOnlyObject.metadata of type v1.ObjectMeta`
  for (const field of ['name', 'generateName', 'namespace']) {
    const value = at(object, 'metadata', field) ?? null
    if (value !== null && typeof value !== 'string') return `${jsonKind(value)} into ${place(field)} of type string`
  }
  for (const field of ['labels', 'annotations']) {
    const value = at(object, 'metadata', field) ?? null
    if (value !== null && !(value instanceof Map)) return `${jsonKind(value)} into ${place(field)} of type map[string]string`
    const wrong = [...dictAt(object, 'metadata', field).values()].find(each => each !== null && typeof each !== 'string')
    if (wrong !== undefined) return `${jsonKind(wrong)} into ${place(field)} of type string`
  }
  return undefined
}

function place (field: string): string {
  return `Go struct field ObjectMeta.metadata.${field}`
}

/** encoding/json's names of what it read. */
function jsonKind (value: Value): string {
  if (Array.isArray(value)) return 'array'
  if (value instanceof Map) return 'object'
  if (typeof value === 'number' || value instanceof Int) return 'number'
  return typeof value === 'boolean' ? 'bool' : 'string'
}
