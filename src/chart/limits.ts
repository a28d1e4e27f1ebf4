import { ChartError } from './errors.js'

/** How much an archive may hold. */
export interface ArchiveLimits {
  /** Bytes of all files and long names together, those of archives inside the archive included. */
  readonly total: number
  /** Bytes of one file; Infinity for no limit of its own, as Helm 4 has none: complaints are then in Helm 4's words, else in Helm 3's. */
  readonly file: number
  /** Entries of any kind, those of archives inside included. */
  readonly entries: number
  /** Bytes of an entry's name: no file system takes longer ones. */
  readonly name: number
  /** How deep archives (and folders of charts) may stand inside one another. */
  readonly depth: number
}

const mebibyte = 1024 * 1024

/** What ChartMuseum, with Helm 3's loader, accepts; and limits on what that left open. */
export const uploadLimits: ArchiveLimits = { total: 100 * mebibyte, file: 5 * mebibyte, entries: 100_000, name: 4096, depth: 64 }

/** What Helm 4.3 accepts from a file: no limit on one file but the total. */
export const installLimits: ArchiveLimits = { ...uploadLimits, file: Infinity }

/** What is left of the limits while an archive, with all that stands inside it, is read. */
export class Budget {
  readonly limits: ArchiveLimits
  #bytes: number
  #entries: number

  constructor (limits: ArchiveLimits) {
    this.limits = limits
    this.#bytes = limits.total
    this.#entries = limits.entries
  }

  /** Whose words complaints are in where the two differ. */
  get helm (): 3 | 4 {
    return this.limits.file === Infinity ? 4 : 3
  }

  /** Bytes that may still be read. */
  get bytes (): number {
    return this.#bytes
  }

  /**
   * Counts bytes that are about to be kept.
   *
   * @throws {ChartError} too-large
   */
  spend (bytes: number): void {
    // Helm refuses an archive that fills its limit to the last byte, too.
    if (bytes >= this.#bytes) throw this.#tooLarge()
    this.#bytes -= bytes
  }

  /**
   * Counts an entry.
   *
   * @throws {ChartError} too-large
   */
  countEntry (): void {
    if (this.#entries === 0) throw new ChartError('too-large', `chart archive has more than ${this.limits.entries} entries`)
    this.#entries--
  }

  #tooLarge (): ChartError {
    return new ChartError('too-large', `decompressed chart is larger than the maximum ${this.helm === 4 ? 'size' : 'file size'} ${this.limits.total}`)
  }
}
