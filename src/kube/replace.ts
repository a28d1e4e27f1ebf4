import { marshalJson } from '../go/json.js'
import { fieldManager } from './apply.js'
import { because } from './errors.js'
import { pathOf } from './mapping.js'
import { textAt, withMetadata, type KubeObject } from './objects.js'
import type { Resource } from './resource.js'
import type { ApiRequest, Transport } from './transport.js'

/**
 * Puts an object in place of the live one, as it stands (Helm's --force-replace).
 *
 * @param transport to the cluster
 * @param target what is to be
 * @param live what is there: if somebody changes it in between, this fails
 * @throws {KubeError}
 */
export async function replaceObject (transport: Transport, target: Resource, live: KubeObject): Promise<void> {
  try {
    await transport.request(replaceRequest(target, live))
  } catch (error) {
    throw because('failed to replace object', error)
  }
}

/** The request that does so. */
export function replaceRequest ({ mapping, namespace, name, object }: Resource, live: KubeObject): ApiRequest {
  const version = ['metadata', 'resourceVersion']
  const versioned = textAt(object, version) === '' ? withMetadata(object, 'resourceVersion', textAt(live, version)) : object
  return {
    method: 'PUT',
    path: pathOf(mapping, namespace, name),
    query: { fieldManager, fieldValidation: 'Strict' },
    body: marshalJson(versioned, { escapeHtml: false })
  }
}
