import { messageOf } from '../errors.js'
import type { Dict } from '../go/value.js'
import type { Capabilities } from '../engine/capabilities.js'
import { apply } from './apply.js'
import { buildRecorded, buildResources } from './build-resources.js'
import { clusterCapabilities } from './cluster-capabilities.js'
import type { ContainerLog, CreateOptions, KubeClient, LiveObjects, ObjectReader, PodLogs, PodQuery, Propagation, StatusReader, Updated, UpdateOptions, WaitFor, WaitOptions } from './client.js'
import type { Clock } from './clock.js'
import type { ConditionOn, ObjectName } from './condition.js'
import { create } from './create.js'
import { describe } from './describe.js'
import { deleteResource } from './delete.js'
import { Discovery } from './discovery.js'
import { Beginnings, EndedHooks } from './ended-hooks.js'
import { KubeError } from './errors.js'
import { explain } from './explain.js'
import { getObject } from './get.js'
import type { GroupVersionKind, KubeObject } from './objects.js'
import type { Revision } from './patch.js'
import { perform } from './perform.js'
import { preview } from './preview.js'
import type { Resource } from './resource.js'
import type { Transport } from './transport.js'
import { waitAsLegacy } from './legacy-wait.js'
import { containerLogs, podLogs } from './logs.js'
import { lookUpObjects, type LookUpKey } from './look-up.js'
import { update } from './update.js'
import { waitForKinds } from './wait-for-kinds.js'
import { waitForConditions } from './wait-conditions.js'
import { waitFor, type Waiting } from './wait.js'
import type { Warn } from './warn.js'

/** What the client needs beside its transport. */
export interface ClusterClientOptions {
  /** Where objects go that name no namespace. */
  readonly namespace: string
  readonly clock: Clock
  readonly warn?: Warn
}

/** Release actions' view of a real cluster. */
export class ClusterClient implements KubeClient, ObjectReader, PodLogs, StatusReader {
  readonly #transport: Transport
  readonly #discovery: Discovery
  readonly #options: ClusterClientOptions
  readonly #begun = new Beginnings()

  /**
   * @param transport to the cluster
   * @param options namespace, time and warnings
   */
  constructor (transport: Transport, options: ClusterClientOptions) {
    this.#transport = transport
    this.#discovery = new Discovery(transport)
    this.#options = options
  }

  async reach (): Promise<void> {
    try {
      await this.#transport.request({ method: 'GET', path: '/version' })
    } catch (error) {
      const code = error instanceof KubeError ? error.code : 'unreachable'
      // Where client-go does not look for a message in the answer, it has one of its own.
      const message = code === 'unauthorized' ? 'the server has asked for the client to provide credentials' : messageOf(error)
      throw new KubeError(code, `kubernetes cluster unreachable: ${message}`, { cause: error })
    }
  }

  async capabilities (): Promise<Capabilities> {
    this.#discovery.reset()
    return await clusterCapabilities(this.#transport, this.#discovery, this.#options.warn)
  }

  async build (manifest: string): Promise<Resource[]> {
    return await buildResources(manifest, this.#options.namespace, this.#discovery)
  }

  async buildRecorded (manifest: string): Promise<Resource[]> {
    const { namespace, warn } = this.#options
    return await buildRecorded(manifest, namespace, { discovery: this.#discovery, ...warn === undefined ? {} : { warn } })
  }

  async get (resource: Resource): Promise<KubeObject> {
    return await getObject(this.#transport, resource)
  }

  async create (resources: readonly Resource[], { serverSide, forceConflicts: force = false, signal }: CreateOptions): Promise<void> {
    await perform(resources, async resource => {
      const { clock } = this.#options
      const created = serverSide ? await apply(this.#transport, resource, { force, clock }) : await create(this.#transport, resource, clock)
      this.#begun.note(resource, created)
    }, signal)
  }

  async update (original: readonly Resource[], target: readonly Resource[], options: UpdateOptions): Promise<Updated> {
    const { clock, warn } = this.#options
    return await update(this.#transport, { original, target, options }, { clock, ...warn === undefined ? {} : { warn } })
  }

  async preview (revision: Revision, options: UpdateOptions): Promise<KubeObject> {
    return await preview(this.#transport, revision, options)
  }

  async delete (resources: readonly Resource[], propagation: Propagation): Promise<void> {
    await perform(resources, async resource => { await deleteResource(this.#transport, resource, { propagation, clock: this.#options.clock }) })
  }

  async wait (resources: readonly Resource[], until: WaitFor, options: WaitOptions): Promise<void> {
    const ended = new EndedHooks(this.#transport, until === 'hook' ? resources : [], this.#begun)
    const waiting = { ...this.#waiting(options), get: async (resource: Resource) => ended.of(resource) ?? await this.get(resource) }
    try {
      if (options.legacy === true) await waitAsLegacy(this.#transport, { resources, until }, waiting)
      else await waitFor(resources, until, waiting)
    } finally {
      ended.close()
    }
  }

  async locate ({ kind, group, name }: ObjectName, namespace: string): Promise<Resource> {
    const mapping = await this.#discovery.named({ kind, ...group === undefined ? {} : { group } })
    return { mapping, namespace: mapping.namespaced ? namespace : '', name, object: new Map() }
  }

  async waitForConditions (conditions: readonly ConditionOn[], options: WaitOptions): Promise<void> {
    await waitForConditions(conditions, this.#waiting(options))
  }

  #waiting ({ timeout, signal, progress }: WaitOptions): Waiting {
    return {
      clock: this.#options.clock,
      signal,
      timeout,
      progress,
      get: async resource => await this.get(resource),
      explain: async (resource, live) => await explain(this.#transport, resource, live)
    }
  }

  async waitForKinds (kinds: readonly GroupVersionKind[], { timeout, signal }: WaitOptions): Promise<void> {
    await waitForKinds(this.#discovery, kinds, { clock: this.#options.clock, signal, timeout })
  }

  async lookUp (key: LookUpKey): Promise<Dict> {
    return await lookUpObjects(this.#transport, this.#discovery, key)
  }

  async podLogs (namespace: string, query: PodQuery): Promise<string> {
    return await podLogs(this.#transport, namespace, query)
  }

  async containerLogs (namespace: string, pod: string): Promise<ContainerLog[]> {
    return await containerLogs(this.#transport, namespace, pod)
  }

  async describe (resources: readonly Resource[], { tables }: { readonly tables: boolean }): Promise<LiveObjects> {
    const { warn } = this.#options
    return await describe(this.#transport, resources, { tables, ...warn === undefined ? {} : { warn } })
  }
}
