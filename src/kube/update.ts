import { messageOf } from '../errors.js'
import { apply } from './apply.js'
import type { Updated, UpdateOptions } from './client.js'
import type { Clock } from './clock.js'
import { create } from './create.js'
import { deleteResource } from './delete.js'
import { because, cancelled, isKubeError, KubeError } from './errors.js'
import { migrateFieldManager } from './field-managers.js'
import { getObject } from './get.js'
import { textAt, type KubeObject } from './objects.js'
import { patchObject } from './patch.js'
import { throwTogether } from './perform.js'
import { replaceObject } from './replace.js'
import { isSameResource, type Resource } from './resource.js'
import { isOfOtherVersion } from './served-mapping.js'
import type { Transport } from './transport.js'
import type { Warn } from './warn.js'

/** Two revisions of a release, and how to come from one to the other. */
export interface Change {
  readonly original: readonly Resource[]
  readonly target: readonly Resource[]
  readonly options: UpdateOptions
}

/** What an update needs beside its transport. */
export interface UpdateContext {
  readonly clock: Clock
  readonly warn?: Warn
}

/**
 * Brings the objects of one revision to another's (helm v4.3.1, pkg/kube/client.go, Client.Update).
 *
 * @param transport to the cluster
 * @param change from what, to what, how
 * @param context time and warnings
 * @throws {KubeError} several failures as one, ` && ` between them
 */
export async function update (transport: Transport, change: Change, context: UpdateContext): Promise<Updated> {
  requirePossible(change.options)
  return await new Update(transport, change, context).run()
}

function requirePossible ({ serverSide, forceConflicts = false, forceReplace = false, threeWayMergeForUnstructured = false }: UpdateOptions): void {
  if (!serverSide && forceConflicts) {
    throw new KubeError('unsupported', 'invalid client update option(s): forceConflicts enabled when serverSideApply disabled')
  }
  if (serverSide && threeWayMergeForUnstructured) {
    throw new KubeError('unsupported', 'invalid operation: cannot use three-way merge for unstructured and server-side apply together')
  }
  if (serverSide && forceReplace) throw new KubeError('unsupported', 'invalid operation: cannot use server-side apply and force replace together')
}

/** One update under way, and what it did so far. */
class Update {
  readonly #transport: Transport
  readonly #change: Change
  readonly #context: UpdateContext
  readonly #created: Resource[] = []
  readonly #updated: Resource[] = []
  readonly #deleted: Resource[] = []
  readonly #failures: unknown[] = []

  constructor (transport: Transport, change: Change, context: UpdateContext) {
    this.#transport = transport
    this.#change = change
    this.#context = context
  }

  async run (): Promise<Updated> {
    const { original, target } = this.#change
    for (const resource of target) {
      if (this.#isEnded() || !await this.#bring(resource)) break
    }
    throwTogether(this.#failures, ' && ')
    for (const resource of original) {
      if (target.some(each => isSameResource(each, resource))) continue
      if (this.#isEnded()) break
      await this.#remove(resource)
    }
    throwTogether(this.#failures, ' && ')
    return { created: this.#created, updated: this.#updated, deleted: this.#deleted }
  }

  /** Whether the user, or who took the release over, wants no more to be done. */
  #isEnded (): boolean {
    const ended = this.#change.options.signal?.aborted === true
    if (ended) this.#failures.push(cancelled())
    return ended
  }

  /** Creates or updates one object; whether the others are to be tried as well. */
  async #bring (resource: Resource): Promise<boolean> {
    let live: KubeObject | undefined
    try {
      live = await this.#live(resource)
      if (live === undefined) await this.#create(resource)
    } catch (error) {
      this.#failures.push(error)
      return false
    }
    return live === undefined || await this.#update(resource, live)
  }

  async #live (resource: Resource): Promise<KubeObject | undefined> {
    try {
      return await getObject(this.#transport, resource)
    } catch (error) {
      if (isKubeError(error, 'not-found')) return undefined
      throw because('could not get information about the resource', error)
    }
  }

  async #create (resource: Resource): Promise<void> {
    const { serverSide, forceConflicts: force = false, onCreated } = this.#change.options
    this.#created.push(resource)
    try {
      if (serverSide) await apply(this.#transport, resource, { force, clock: this.#context.clock })
      else await create(this.#transport, resource, this.#context.clock)
    } catch (error) {
      throw because('failed to create resource', error)
    } finally {
      onCreated?.(resource)
    }
  }

  async #update (resource: Resource, live: KubeObject): Promise<boolean> {
    this.#updated.push(resource)
    try {
      await this.#send(resource, this.#originalOf(resource, live), live)
      return true
    } catch (error) {
      this.#failures.push(error)
      return !isKubeError(error, 'cancelled')
    }
  }

  /** What the object was to be before; what it is now, when the release had none. */
  #originalOf (resource: Resource, live: KubeObject): Resource {
    const original = this.#change.original.find(each => isSameResource(each, resource))
    if (original !== undefined) return original
    const { namespace, name, mapping } = resource
    this.#context.warn?.('resource exists on cluster but not in original release, using cluster state as baseline', { namespace, name, kind: mapping.kind })
    return { ...resource, object: live }
  }

  async #send (target: Resource, original: Resource, live: KubeObject): Promise<void> {
    const { serverSide, migrateFieldManager: migrate = false, forceConflicts: force = false, forceReplace = false } = this.#change.options
    if (forceReplace) {
      await replaceObject(this.#transport, target, live)
    } else if (serverSide) {
      if (migrate) await migrateFieldManager(this.#transport, original, this.#context.clock)
      await apply(this.#transport, target, { force, clock: this.#context.clock })
    } else {
      const { threeWayMergeForUnstructured: threeWay = false } = this.#change.options
      // Between two versions what differs says little, so the live object counts; of the original only what it has and the target lacks.
      await patchObject(this.#transport, { original: original.object, target, live }, { threeWay: threeWay || isOfOtherVersion(original) })
    }
  }

  async #remove (resource: Resource): Promise<void> {
    try {
      if (await this.#isToBeKept(resource)) return
      if (await deleteResource(this.#transport, resource, { propagation: 'background', clock: this.#context.clock })) this.#deleted.push(resource)
    } catch (error) {
      this.#failures.push(error)
    }
  }

  /** Its annotation says so; an object that cannot be looked at stays as well, as in Helm. */
  async #isToBeKept (resource: Resource): Promise<boolean> {
    try {
      const live = await getObject(this.#transport, resource)
      return textAt(live, ['metadata', 'annotations', 'helm.sh/resource-policy']) === 'keep'
    } catch (error) {
      if (isKubeError(error, 'not-found')) return true
      const { namespace, name, mapping } = resource
      this.#context.warn?.('unable to get object', { namespace, name, kind: mapping.kind, error: messageOf(error) })
      return true
    }
  }
}
