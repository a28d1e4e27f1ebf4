import { marshalJson } from '../go/json.js'
import type { Clock } from './clock.js'
import { because, isKubeError, KubeError } from './errors.js'
import { pathOf } from './mapping.js'
import { resourceText, type Resource } from './resource.js'
import { retryConflict } from './retry-conflict.js'
import type { ApiRequest, Transport } from './transport.js'

/** The name under which the API notes who set a field: Helm's, so that either tool continues the other's work. */
export const fieldManager = 'helm'

/**
 * Server-side apply of one object (field manager `helm`, strict validation of its fields).
 *
 * @param transport to the cluster
 * @param resource what to apply
 * @param options `force`: take over fields that others manage; `clock`: for the pauses when a quota is being counted by somebody else too
 * @returns the JSON of the object as it is now
 * @throws {KubeError} the API's complaint, with the object's name and kind before it as Helm has it
 */
export async function apply (transport: Transport, resource: Resource, options: { readonly force: boolean, readonly clock: Clock }): Promise<string> {
  return await retryConflict(async () => await applyOnce(transport, resource, options.force), options.clock, isQuotaConflict)
}

async function applyOnce (transport: Transport, resource: Resource, force: boolean): Promise<string> {
  if (resource.name === '') throw because(`server-side apply failed for object ${resourceText(resource)}`, new KubeError('manifest', 'resource name may not be empty'))
  try {
    return (await transport.request(applyRequest(resource, force))).text
  } catch (error) {
    if (isKubeError(error, 'conflict')) throw because(`conflict occurred while applying object ${resourceText(resource)}`, error)
    if (isKubeError(error, 'unsupported')) throw because('server-side apply not available on the server', error)
    throw because(`server-side apply failed for object ${resourceText(resource)}`, error)
  }
}

/** The request that applies an object; `force` takes over fields that others manage. */
export function applyRequest ({ mapping, namespace, name, object }: Resource, force: boolean): ApiRequest {
  return {
    method: 'PATCH',
    path: pathOf(mapping, namespace, name),
    query: { fieldManager, fieldValidation: 'Strict', force: String(force) },
    contentType: 'application/apply-patch+yaml',
    body: marshalJson(object, { escapeHtml: false }),
    idempotent: true
  }
}

/** Two requests were counted against one ResourceQuota at the same time: the only conflict that Helm tries again. */
function isQuotaConflict (error: unknown): boolean {
  return isKubeError(error, 'conflict') &&
    error.message.includes('Operation cannot be fulfilled on resourcequotas') &&
    error.message.includes('the object has been modified')
}
