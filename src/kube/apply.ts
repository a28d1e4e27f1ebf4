import { marshalJson } from '../go/json.js'
import { messageOf } from '../errors.js'
import type { Clock } from './clock.js'
import { KubeError, isKubeError } from './errors.js'
import { pathOf } from './mapping.js'
import { resourceText, type Resource } from './resource.js'
import type { Transport } from './transport.js'

/** The name under which the API notes who set a field: Helm's, so that either tool continues the other's work. */
export const fieldManager = 'helm'

/** client-go's retry.DefaultRetry. */
const quotaAttempts = 5
const quotaDelay = 10

/**
 * Server-side apply of one object (field manager `helm`, strict validation of its fields).
 *
 * @param transport to the cluster
 * @param resource what to apply
 * @param options `force`: take over fields that others manage; `clock`: for the pauses when a quota is being counted by somebody else too
 * @throws {KubeError} the API's complaint, with the object's name and kind before it as Helm has it
 */
export async function apply (transport: Transport, resource: Resource, options: { readonly force: boolean, readonly clock: Clock }): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      await applyOnce(transport, resource, options.force)
      return
    } catch (error) {
      if (attempt >= quotaAttempts || !isQuotaConflict(error)) throw error
      await options.clock.sleep(quotaDelay)
    }
  }
}

async function applyOnce (transport: Transport, resource: Resource, force: boolean): Promise<void> {
  if (resource.name === '') throw failed('server-side apply failed for', resource, new KubeError('manifest', 'resource name may not be empty'))
  try {
    await transport.request({
      method: 'PATCH',
      path: pathOf(resource.mapping, resource.namespace, resource.name),
      query: { fieldManager, fieldValidation: 'Strict', force: String(force) },
      contentType: 'application/apply-patch+yaml',
      body: marshalJson(resource.object, { escapeHtml: false }),
      idempotent: true
    })
  } catch (error) {
    if (isKubeError(error, 'conflict')) throw failed('conflict occurred while applying', resource, error)
    if (isKubeError(error, 'unsupported')) throw new KubeError('unsupported', `server-side apply not available on the server: ${messageOf(error)}`, { cause: error })
    throw failed('server-side apply failed for', resource, error)
  }
}

function failed (what: string, resource: Resource, cause: unknown): KubeError {
  const code = cause instanceof KubeError ? cause.code : 'server'
  const status = cause instanceof KubeError ? cause.status : undefined
  return new KubeError(code, `${what} object ${resourceText(resource)}: ${messageOf(cause)}`, { cause, ...status === undefined ? {} : { status } })
}

/** Two requests were counted against one ResourceQuota at the same time: the only conflict that Helm tries again. */
function isQuotaConflict (error: unknown): boolean {
  return isKubeError(error, 'conflict') &&
    error.message.includes('Operation cannot be fulfilled on resourcequotas') &&
    error.message.includes('the object has been modified')
}
