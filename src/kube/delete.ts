import type { Propagation } from './client.js'
import type { Clock } from './clock.js'
import { because, isKubeError } from './errors.js'
import { pathOf } from './mapping.js'
import type { Resource } from './resource.js'
import { retryConflict } from './retry-conflict.js'
import type { Transport } from './transport.js'

const policies = { background: 'Background', foreground: 'Foreground', orphan: 'Orphan' } as const

/** How an object is deleted. */
interface DeleteOptions {
  readonly propagation: Propagation
  readonly clock: Clock
}

/**
 * Deletes one object. When somebody else changes it at the same time, that is tried again, as Helm does (client.go, deleteResource).
 *
 * @param transport to the cluster
 * @param resource which
 * @param options what happens to its dependents, and a clock for the pauses before it is tried again
 * @returns whether it was there
 * @throws {KubeError} the API's complaint, with the object's name and kind before it
 */
export async function deleteResource (transport: Transport, resource: Resource, { propagation, clock }: DeleteOptions): Promise<boolean> {
  const request = {
    method: 'DELETE',
    path: pathOf(resource.mapping, resource.namespace, resource.name),
    body: JSON.stringify({ kind: 'DeleteOptions', apiVersion: 'v1', propagationPolicy: policies[propagation] }),
    idempotent: true
  } as const
  try {
    await retryConflict(async () => { await transport.request(request) }, clock, error => isKubeError(error, 'conflict'))
    return true
  } catch (error) {
    if (isKubeError(error, 'not-found')) return false
    const { namespace, name, mapping } = resource
    throw because(`failed to delete resource namespace=${namespace}, name=${name}, kind=${mapping.kind}`, error)
  }
}
