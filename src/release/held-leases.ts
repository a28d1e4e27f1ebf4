import type { Lease, LeaseKeeper, Renewal } from './lease.js'
import { isUnderWay } from './release.js'

/** A lease of this process, and how far it has come: whether its record is on its way, is there, or is about to end it. */
interface Held {
  readonly lease: Lease
  readonly stage: 'new' | 'sent' | 'written' | 'ending'
}

/** The leases that this process holds: what all keepers have in common. */
export abstract class HeldLeases implements LeaseKeeper {
  readonly #held = new Map<string, Held>()

  abstract read (key: string): Promise<Lease | undefined>

  /** Moves the end of a lease that stands beside its record; `lost` where the record has another or none, `ended` where there is no record. */
  protected abstract extend (key: string, lease: Lease): Promise<Renewal>

  hold (key: string, lease: Lease): void {
    this.#held.set(key, { lease, stage: 'new' })
  }

  held (key: string): Lease | undefined {
    return this.#held.get(key)?.lease
  }

  letGo (key: string): void {
    this.#held.delete(key)
  }

  /** One whose record is not there yet goes on by itself: the record will have its new end. */
  async renew (key: string, expires: Date): Promise<Renewal> {
    const held = this.#held.get(key)
    if (held === undefined) return 'ended'
    const lease = { ...held.lease, expires }
    this.#held.set(key, { ...held, lease })
    if (held.stage === 'new') return 'renewed'
    const renewal = await this.extend(key, lease)
    switch (this.#held.get(key)?.stage) {
      case 'sent': return renewal === 'ended' ? 'renewed' : renewal
      case 'written': return renewal
      // The last record may have been quicker.
      default: return renewal === 'lost' ? 'ended' : renewal
    }
  }

  /**
   * The lease that a record is about to be written with; a record that says that its operation ended will end the lease.
   *
   * @param key the record's
   * @param status what it says
   */
  toWrite (key: string, status: string): Lease | undefined {
    const held = this.#held.get(key)
    if (held === undefined) return undefined
    const ends = !isUnderWay(status)
    if (ends || held.stage === 'new') this.#held.set(key, { ...held, stage: ends ? 'ending' : 'sent' })
    return ends ? undefined : held.lease
  }

  /** The record was written, with the lease or without. */
  wrote (key: string): void {
    const held = this.#held.get(key)
    if (held?.stage === 'ending') this.#held.delete(key)
    else if (held !== undefined) this.#held.set(key, { ...held, stage: 'written' })
  }
}
