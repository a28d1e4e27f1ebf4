import { marshalJson } from '../go/json.js'
import { isKubeError } from '../kube/errors.js'
import { parseObject } from '../kube/json.js'
import { pathOf } from '../kube/mapping.js'
import { textsAt } from '../kube/objects.js'
import { HeldLeases } from './held-leases.js'
import { leaseAnnotations, leaseOf, leasePath, type Lease, type Renewal } from './lease.js'
import type { ObjectDriverOptions, RecordKind } from './record-kind.js'

/** Leases as annotations of the records' objects: they appear, and go, with what the record says. */
export class ObjectLeases extends HeldLeases {
  readonly #kind: RecordKind
  readonly #options: ObjectDriverOptions

  constructor (kind: RecordKind, options: ObjectDriverOptions) {
    super()
    this.#kind = kind
    this.#options = options
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

  protected async extend (key: string, { id, expires }: Lease): Promise<Renewal> {
    const patch = [{ op: 'test', path: leasePath('id'), value: id }, { op: 'replace', path: leasePath('expires'), value: expires.toISOString() }]
    const body = marshalJson(patch.map(step => new Map(Object.entries(step))))
    try {
      await this.#options.transport.request({ method: 'PATCH', path: this.#path(key), body, contentType: 'application/json-patch+json', idempotent: true })
      return 'renewed'
    } catch (error) {
      if (isKubeError(error, 'not-found')) return 'ended'
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
    const lease = this.toWrite(key, status)
    return lease === undefined ? new Map<string, string>() : leaseAnnotations(lease)
  }

  #path (key: string): string {
    return pathOf(this.#kind.mapping, this.#options.namespace, key)
  }
}
