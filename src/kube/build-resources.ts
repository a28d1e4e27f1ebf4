import { messageOf } from '../errors.js'
import type { Value } from '../go/value.js'
import { splitYamlDocuments, unmarshalYaml } from '../go/yaml.js'
import type { Discovery } from './discovery.js'
import { isKubeError, KubeError } from './errors.js'
import type { Mapping } from './mapping.js'
import { apiVersionOf, itemsOf, kindOf, textAt, withMetadata, type GroupVersionKind, type KubeObject } from './objects.js'
import type { Resource } from './resource.js'
import { isOfOtherVersion, servedMapping } from './served-mapping.js'
import { requireObject } from './validate-object.js'
import type { Warn } from './warn.js'

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
  return await gather(manifest, async object => [place(object, await located(object, async kind => await discovery.mapping(kind)), namespace)])
}

/**
 * Reads a manifest that was sent once, whatever the API has given up since: an object of a version that is no longer served is looked for in
 * one that is, as it stands there otherwise; one whose kind is gone altogether is left out. Helm refuses such a manifest.
 *
 * @param manifest YAML documents
 * @param namespace for objects that name none
 * @param cluster knows where kinds live; is told of each such object
 * @throws {KubeError} as above, but no-match only while a server of the API does not answer
 */
export async function buildRecorded (manifest: string, namespace: string, { discovery, warn }: { readonly discovery: Discovery, readonly warn?: Warn }): Promise<Resource[]> {
  return await gather(manifest, async object => {
    const kind = kindOf(object)
    const mapping = await located(object, async kind => await servedMapping(kind, discovery))
    const facts = { kind: kind.kind, namespace: textAt(object, ['metadata', 'namespace'], namespace), name: textAt(object, ['metadata', 'name']), version: apiVersionOf(kind) }
    if (mapping === undefined) {
      warn?.('the cluster no longer serves the kind of a recorded object, so there can be no such object', facts)
      return []
    }
    const resource = place(object, mapping, namespace)
    if (isOfOtherVersion(resource)) warn?.('the cluster no longer serves the version of a recorded object, using another one', { ...facts, namespace: resource.namespace, served: apiVersionOf(mapping) })
    return [resource]
  })
}

async function gather (manifest: string, resourcesOf: (object: KubeObject) => Promise<Resource[]>): Promise<Resource[]> {
  const resources: Resource[] = []
  const failures: KubeError[] = []
  for (const document of splitYamlDocuments(manifest)) {
    try {
      for (const object of readDocument(document)) resources.push(...await resourcesOf(object))
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

async function located<Found> (object: KubeObject, find: (kind: GroupVersionKind) => Promise<Found>): Promise<Found> {
  try {
    return await find(kindOf(object))
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
