import { marshalJson } from '../go/json.js'
import { fieldManager } from './apply.js'
import type { Clock } from './clock.js'
import { isKubeError } from './errors.js'
import { pathOf } from './mapping.js'
import { at, withMetadata } from './objects.js'
import type { Resource } from './resource.js'
import { retryConflict } from './retry-conflict.js'
import type { Transport } from './transport.js'

/**
 * A plain create (Helm's client-side way). A version that the manifest names is left out: what is new has none.
 *
 * @param transport to the cluster
 * @param resource what to create
 * @param clock for the pauses when a quota is being counted by somebody else too
 * @returns the JSON of the object as it is now
 * @throws {KubeError} already-exists, or the API's other complaints
 */
export async function create (transport: Transport, { mapping, namespace, object }: Resource, clock: Clock): Promise<string> {
  const unversioned = at(object, 'metadata', 'resourceVersion') === undefined ? object : withMetadata(object, 'resourceVersion', undefined)
  const request = { method: 'POST', path: pathOf(mapping, namespace), query: { fieldManager }, body: marshalJson(unversioned, { escapeHtml: false }) } as const
  return await retryConflict(async () => (await transport.request(request)).text, clock, error => isKubeError(error, 'conflict'))
}
