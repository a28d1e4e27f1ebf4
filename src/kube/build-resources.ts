import { messageOf } from '../errors.js'
import type { Value } from '../go/value.js'
import { splitYamlDocuments, unmarshalYaml } from '../go/yaml.js'
import type { Discovery } from './discovery.js'
import { isKubeError, KubeError } from './errors.js'
import type { Mapping } from './mapping.js'
import { kindOf, listAt, textAt, withMetadata, type KubeObject } from './objects.js'
import type { Resource } from './resource.js'

/**
 * Reads a manifest into resources, as kubectl's builder does for Helm: documents in their order, lists flattened, the namespace filled in
 * where the kind has one and the object names none, and taken away where the kind has none.
 *
 * @param manifest YAML documents
 * @param namespace for objects that name none
 * @param discovery knows where kinds live
 * @throws {KubeError} manifest or no-match; of several complaints all are named
 */
export async function buildResources (manifest: string, namespace: string, discovery: Discovery): Promise<Resource[]> {
  const resources: Resource[] = []
  const failures: unknown[] = []
  for (const object of splitYamlDocuments(manifest).flatMap(readDocument)) {
    try {
      resources.push(place(object, await mappingOf(object, discovery), namespace))
    } catch (error) {
      if (!isKubeError(error, 'no-match')) throw error
      failures.push(error)
    }
  }
  if (failures.length > 0) throw together(failures)
  return resources
}

function together (failures: readonly unknown[]): KubeError {
  const messages = failures.map(messageOf)
  return new KubeError('no-match', messages.length === 1 ? messages.join() : `[${messages.join(', ')}]`, { cause: failures[0] })
}

function readDocument (document: string): KubeObject[] {
  let value: Value
  try {
    value = unmarshalYaml(document)
  } catch (error) {
    throw new KubeError('manifest', `error parsing : ${messageOf(error)}`, { cause: error })
  }
  return value === null ? [] : flatten(value)
}

/** The object, or what is in it when it is a list (`items`). */
function flatten (value: Value): KubeObject[] {
  if (!(value instanceof Map)) throw new KubeError('manifest', 'unable to decode "": a manifest must be a mapping')
  if (textAt(value, ['kind']) === '') throw new KubeError('manifest', 'unable to decode "": Object \'Kind\' is missing')
  return Array.isArray(value.get('items')) ? listAt(value, 'items').flatMap(flatten) : [value]
}

async function mappingOf (object: KubeObject, discovery: Discovery): Promise<Mapping> {
  try {
    return await discovery.mapping(kindOf(object))
  } catch (error) {
    if (!isKubeError(error, 'no-match')) throw error
    const [name, namespace] = [textAt(object, ['metadata', 'name']), textAt(object, ['metadata', 'namespace'])]
    const message = `resource mapping not found for name: "${name}" namespace: "${namespace}" from "": ${error.message}\nensure CRDs are installed first`
    throw new KubeError('no-match', message, { cause: error })
  }
}

function place (object: KubeObject, mapping: Mapping, namespace: string): Resource {
  const own = textAt(object, ['metadata', 'namespace'])
  const home = mapping.namespaced ? own || namespace : ''
  const placed = own === home ? object : withMetadata(object, 'namespace', home === '' ? undefined : home)
  return { mapping, namespace: home, name: textAt(object, ['metadata', 'name']), object: placed }
}
