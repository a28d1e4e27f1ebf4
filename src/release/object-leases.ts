import { marshalJson } from '../go/json.js'
import { isKubeError } from '../kube/errors.js'
import { parseObject } from '../kube/json.js'
import { pathOf } from '../kube/mapping.js'
import { textsAt } from '../kube/objects.js'
import { leaseAnnotations, leaseOf, leasePath, type Lease, type LeaseKeeper, type Renewal } from './lease.js'
import type { ObjectDriverOptions, RecordKind } from './record-kind.js'
import { isUnderWay } from './release.js'

/** Leases as annotations of the records' objects: they appear, and go, with what the record says. */
export class ObjectLeases implements LeaseKeeper {
  readonly #kind: RecordKind
  readonly #options: ObjectDriverOptions
  readonly #held = new Map<string, Lease>()

  constructor (kind: RecordKind, options: ObjectDriverOptions) {
    this.#kind = kind
    this.#options = options
  }

  hold (key: string, lease: Lease): void {
    this.#held.set(key, lease)
  }

  held (key: string): Lease | undefined {
    return this.#held.get(key)
  }

  letGo (key: string): void {
    this.#held.delete(key)
  }

  async read (key: string): Promise<Lease | undefined> {
    try {
      const { text } = await this.#options.transport.request({ method: 'GET', path: this.#path(key) })
      return leaseOf(textsAt(parseObject(text), 'metadata', 'annotations'))
    } catch (error) {
      if (isKubeError(error, 'not-found')) return undefined
      throw error
    }
  }

  async renew (key: string, expires: Date): Promise<Renewal> {
    const lease = this.#held.get(key)
    if (lease === undefined) return 'ended'
    this.#held.set(key, { ...lease, expires })
    const patch = [{ op: 'test', path: leasePath('id'), value: lease.id }, { op: 'replace', path: leasePath('expires'), value: expires.toISOString() }]
    const body = marshalJson(patch.map(step => new Map(Object.entries(step))))
    try {
      await this.#options.transport.request({ method: 'PATCH', path: this.#path(key), body, contentType: 'application/json-patch+json', idempotent: true })
      return 'renewed'
    } catch (error) {
      if (!this.#held.has(key) || isKubeError(error, 'not-found')) return 'ended'
      if (isKubeError(error, 'invalid')) return 'lost'
      throw error
    }
  }

  /**
   * The annotations that a record is written with; a record that says that its operation ended ends the lease.
   *
   * @param key the record's
   * @param status what it says
   */
  annotations (key: string, status: string): Map<string, string> {
    const lease = this.#held.get(key)
    if (lease === undefined) return new Map()
    if (isUnderWay(status)) return leaseAnnotations(lease)
    this.#held.delete(key)
    return new Map()
  }

  #path (key: string): string {
    return pathOf(this.#kind.mapping, this.#options.namespace, key)
  }
}
