import { GoTime } from '../go/time.js'

/**
 * Who is at work on a revision, and until when that is believed: a process that dies leaves its record pending, and with it a lease that
 * nobody renews.
 */
export interface Lease {
  /** Random: two processes never have the same. */
  readonly id: string
  /** `user@host`. */
  readonly owner: string
  readonly process: number
  readonly since: Date
  readonly expires: Date
}

/** How leases are taken. */
export interface LeaseTerms {
  readonly owner: string
  readonly process: number
  /** Milliseconds that a lease holds; it is renewed after a sixth of them. */
  readonly term: number
  /** Whether there is such a process on this machine. */
  readonly isRunning: (process: number) => boolean
  /** Waits; rejects when the signal is aborted. */
  readonly sleep: (milliseconds: number, signal: AbortSignal) => Promise<void>
}

/** What became of a renewal: `lost` to somebody else; `ended` with the operation, whose record is written or gone. */
export type Renewal = 'renewed' | 'lost' | 'ended'

/** An ability of drivers: leases beside records, where Helm does not look. A record of Helm's has none. */
export interface LeaseKeeper {
  /** From now on the record is written with the lease, for as long as its status says that an operation is under way. */
  hold (key: string, lease: Lease): void
  /** The lease that this process holds on the record. */
  held (key: string): Lease | undefined
  letGo (key: string): void
  /** The lease that the record has, whosever. */
  read (key: string): Promise<Lease | undefined>
  renew (key: string, expires: Date): Promise<Renewal>
}

const prefix = 'portolan.dev/lease-'

/** Where an annotation stands in the object, for JSON Patch (RFC 6901: `~1` for a slash). */
export function leasePath (name: 'id' | 'expires'): string {
  return `/metadata/annotations/${prefix.replace('/', '~1')}${name}`
}

/** A lease as annotations of a record's object. */
export function leaseAnnotations ({ id, owner, process, since, expires }: Lease): Map<string, string> {
  const texts = { id, owner, process: String(process), since: since.toISOString(), expires: expires.toISOString() }
  return new Map(Object.entries(texts).map(([name, text]) => [prefix + name, text]))
}

/** The lease that annotations tell of; none where one is missing, or is no time. */
export function leaseOf (annotations: ReadonlyMap<string, string>): Lease | undefined {
  const [id = '', owner = '', process, since, expires] = ['id', 'owner', 'process', 'since', 'expires'].map(name => annotations.get(prefix + name) ?? '')
  const lease = { id, owner, process: Number(process), since: new Date(since ?? ''), expires: new Date(expires ?? '') }
  const times = [lease.since, lease.expires].every(time => !Number.isNaN(time.getTime()))
  return id === '' || !times ? undefined : lease
}

/** `by team-a@ci-7 (process 4711) since 2026-01-02T03:04:05Z`. */
export function leaseText ({ owner, process, since }: Lease): string {
  return `by ${owner} (process ${process}) since ${momentText(since)}`
}

/** A moment of a lease, to the second. */
export function momentText (moment: Date): string {
  return GoTime.fromDate(Math.floor(moment.getTime() / 1000) * 1000).rfc3339Nano()
}
