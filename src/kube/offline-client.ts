import { defaultCapabilities, type Capabilities } from '../engine/capabilities.js'
import type { KubeClient, LiveObjects, StatusReader, Updated } from './client.js'
import type { ObjectName } from './condition.js'
import { KubeError } from './errors.js'
import type { KubeObject } from './objects.js'
import type { Revision } from './patch.js'
import type { Resource } from './resource.js'

/**
 * A cluster that is not there: whatever is asked for is done, and nothing is. It goes with releases that are kept in files
 * (HELM_MEMORY_DRIVER_DATA), as Helm's PrintingKubeClient does.
 */
export class OfflineClient implements KubeClient, StatusReader {
  async reach (): Promise<void> {
    // There is nothing to reach.
  }

  async capabilities (): Promise<Capabilities> {
    return defaultCapabilities()
  }

  async build (): Promise<Resource[]> {
    return []
  }

  async buildRecorded (): Promise<Resource[]> {
    return []
  }

  async get (resource: Resource): Promise<KubeObject> {
    throw new KubeError('not-found', `${resource.mapping.plural} "${resource.name}" not found`)
  }

  async create (): Promise<void> {
    // Nothing is kept.
  }

  async update (): Promise<Updated> {
    return { created: [], updated: [], deleted: [] }
  }

  async preview ({ live }: Revision): Promise<KubeObject> {
    return live
  }

  async delete (): Promise<void> {
    // Nothing was kept.
  }

  async wait (): Promise<void> {
    // All is as it ever will be.
  }

  async waitForKinds (): Promise<void> {
    // No kind will come.
  }

  async locate ({ kind, group = '', name }: ObjectName, namespace: string): Promise<Resource> {
    return { mapping: { group, version: 'v1', kind, plural: kind, namespaced: true }, namespace, name, object: new Map() }
  }

  async waitForConditions (): Promise<void> {
    // As above.
  }

  async describe (): Promise<LiveObjects> {
    return new Map()
  }
}
