import type { Propagation } from './client.js'
import { isKubeError } from './errors.js'
import { pathOf } from './mapping.js'
import type { Resource } from './resource.js'
import type { Transport } from './transport.js'

const policies = { background: 'Background', foreground: 'Foreground', orphan: 'Orphan' } as const

/**
 * Deletes one object.
 *
 * @param transport to the cluster
 * @param resource which
 * @param propagation what happens to its dependents
 * @returns whether it was there
 * @throws {KubeError}
 */
export async function deleteResource (transport: Transport, resource: Resource, propagation: Propagation): Promise<boolean> {
  try {
    await transport.request({
      method: 'DELETE',
      path: pathOf(resource.mapping, resource.namespace, resource.name),
      body: JSON.stringify({ kind: 'DeleteOptions', apiVersion: 'v1', propagationPolicy: policies[propagation] }),
      idempotent: true
    })
    return true
  } catch (error) {
    if (isKubeError(error, 'not-found')) return false
    throw error
  }
}
