import type { Readable } from 'node:stream'

/** An upload that arrived whole: in memory when small, in a temporary file otherwise. */
export interface Spooled {
  /** In bytes. */
  readonly size: number
  /** SHA-256 in lower-case hex, without prefix. */
  readonly digest: string
  /** A new stream of all its bytes; any number of them, after one another or at the same time. */
  open (): Readable
  /** Lets go of memory and file; may be called again. Nothing may be opened afterwards. */
  discard (): Promise<void>
}
