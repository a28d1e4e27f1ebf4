import { messageOf } from '../errors.js'
import type { Value } from '../go/value.js'
import { splitYamlDocuments, unmarshalYaml } from '../go/yaml.js'
import type { Discovery } from './discovery.js'
import { isKubeError, KubeError } from './errors.js'
import type { Mapping } from './mapping.js'
import { itemsOf, kindOf, textAt, withMetadata, type KubeObject } from './objects.js'
import type { Resource } from './resource.js'
import { requireObject } from './validate-object.js'

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
  const failures: KubeError[] = []
  for (const document of splitYamlDocuments(manifest)) {
    try {
      for (const object of readDocument(document)) resources.push(place(object, await mappingOf(object, discovery), namespace))
    } catch (error) {
      if (!(error instanceof KubeError) || (error.code !== 'manifest' && error.code !== 'no-match')) throw error
      failures.push(error)
    }
  }
  if (failures.length > 0) throw together(failures)
  return resources
}

function together (failures: readonly KubeError[]): KubeError {
  const [first] = failures
  const messages = failures.map(messageOf)
  return new KubeError(first?.code ?? 'manifest', messages.length === 1 ? messages.join() : `[${messages.join(', ')}]`, { cause: first })
}

/**
 * The objects of a manifest as they stand there, for who does not ask the cluster where they live.
 *
 * @param manifest YAML documents
 * @throws {KubeError} manifest
 */
export function readObjects (manifest: string): KubeObject[] {
  return splitYamlDocuments(manifest).flatMap(readDocument)
}

function readDocument (document: string): KubeObject[] {
  let value: Value
  try {
    value = unmarshalYaml(document)
  } catch (error) {
    throw new KubeError('manifest', `error parsing : ${messageOf(error)}`, { cause: error })
  }
  return value === null ? [] : flatten(requireObject(value))
}

/** The object, or what is in it when it is a list. */
function flatten (object: KubeObject): KubeObject[] {
  return Array.isArray(object.get('items')) ? itemsOf(object).flatMap(item => flatten(requireObject(item))) : [object]
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
