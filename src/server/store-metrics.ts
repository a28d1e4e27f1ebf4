import { Counter, Gauge, Histogram, Registry } from 'prom-client'
import type { Operation } from '../../storage/checked.js'
import type { Adoption } from '../catalog/catalog.js'

/** A scan of the storage that has ended. */
export interface Scan {
  readonly seconds: number
  /** What it changed; left out when it failed. */
  readonly adoption?: Adoption
}

/** What a scan can find, as a label. */
const findings = ['adopted', 'updated', 'dropped', 'refused', 'unreadable'] as const

/** Seconds that bound the buckets of operations: a local stat takes microseconds, an object of a cloud a good part of a second. */
const bounds = [0.001, 0.005, 0.025, 0.1, 0.5, 2.5, 10]

/**
 * Counts what the store does besides requests: operations of the backend, scans, and what retention removes. ChartMuseum has no names for these: ours begin with
 * `portolan_`. Labels are words of this program, never keys or names.
 */
export class StoreMetrics {
  /** Where they are; the server adds its own. */
  readonly registry = new Registry()
  readonly #registers = [this.registry]

  readonly #operations = new Histogram({
    name: 'portolan_storage_operation_duration_seconds',
    help: 'Seconds of operations of the storage, tries after a failure included.',
    labelNames: ['operation', 'outcome'],
    buckets: bounds,
    registers: this.#registers
  })

  readonly #trimmed = new Counter({ name: 'portolan_retention_removed_versions_total', help: 'Chart versions removed since others were published (--per-chart-limit).', registers: this.#registers })
  readonly #scans = new Counter({ name: 'portolan_scans_total', help: 'Scans of the storage for files that were put there, replaced or removed by hand.', labelNames: ['outcome'], registers: this.#registers })
  readonly #findings = new Counter({ name: 'portolan_scan_files_total', help: 'Files that scans found to differ from their records.', labelNames: ['finding'], registers: this.#registers })
  readonly #seconds = new Gauge({ name: 'portolan_scan_duration_seconds', help: 'Seconds of the last scan.', registers: this.#registers })
  readonly #withheld = new Gauge({ name: 'portolan_scan_withheld_repositories', help: 'Repositories whose records the last scan kept, though most of their files are gone.', registers: this.#registers })

  /** Every series that there can be of scans is there from the start, so that its first step is seen. */
  constructor () {
    for (const outcome of ['ok', 'failed']) this.#scans.inc({ outcome }, 0)
    for (const finding of findings) this.#findings.inc({ finding }, 0)
  }

  /** Counts an operation of the backend. */
  operation ({ name, seconds, error = 'ok' }: Pick<Operation, 'name' | 'seconds'> & { readonly error?: Operation['error'] | 'ok' }): void {
    this.#operations.observe({ operation: name, outcome: error }, seconds)
  }

  /** Counts versions that retention has removed. */
  trimmed (versions: number): void {
    this.#trimmed.inc(versions)
  }

  /** Counts a scan. */
  scan ({ seconds, adoption }: Scan): void {
    this.#seconds.set(seconds)
    this.#scans.inc({ outcome: adoption === undefined ? 'failed' : 'ok' })
    if (adoption === undefined) return
    const { adopted, updated, removed, refused, unreadable, withheld } = adoption
    const found = { adopted, updated, dropped: removed, refused: refused.length, unreadable }
    for (const finding of findings) this.#findings.inc({ finding }, found[finding])
    this.#withheld.set(withheld.length)
  }
}
