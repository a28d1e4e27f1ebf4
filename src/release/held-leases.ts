import type { Lease, LeaseKeeper, Renewal } from './lease.js'
import { isUnderWay } from './release.js'

/** The leases that this process holds: what all keepers have in common. */
export abstract class HeldLeases implements LeaseKeeper {
  readonly #held = new Map<string, Lease>()
  /** The keys of those that stand beside their record by now. */
  readonly #written = new Set<string>()

  abstract read (key: string): Promise<Lease | undefined>

  /** Moves the end of a lease that stands beside its record. */
  protected abstract extend (key: string, lease: Lease): Promise<Renewal>

  hold (key: string, lease: Lease): void {
    this.#held.set(key, lease)
    this.#written.delete(key)
  }

  held (key: string): Lease | undefined {
    return this.#held.get(key)
  }

  letGo (key: string): void {
    this.#held.delete(key)
    this.#written.delete(key)
  }

  /** One that is not written yet goes on by itself: the record will have its new end. */
  async renew (key: string, expires: Date): Promise<Renewal> {
    const lease = this.#held.get(key)
    if (lease === undefined) return 'ended'
    const renewed = { ...lease, expires }
    this.#held.set(key, renewed)
    return this.#written.has(key) ? await this.extend(key, renewed) : 'renewed'
  }

  /**
   * The lease that a record is to be written with; a record that says that its operation ended ends the lease.
   *
   * @param key the record's
   * @param status what it says
   */
  toWrite (key: string, status: string): Lease | undefined {
    const lease = this.#held.get(key)
    if (lease === undefined || isUnderWay(status)) return lease
    this.letGo(key)
    return undefined
  }

  /** The record was written, with the lease if there is one. */
  wrote (key: string): void {
    if (this.#held.has(key)) this.#written.add(key)
  }
}
