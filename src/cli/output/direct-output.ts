import { writeSync } from 'node:fs'

/** What a command prints to. */
export interface Output {
  /** Prints a text. */
  write: (text: string) => unknown
  /** Whether a person looks at it. */
  readonly isTerminal?: boolean
}

interface ByteOutput {
  write: (bytes: Uint8Array) => unknown
}

/**
 * Standard output, written to at once and without a stream: Node's takes 3 ms to set up, a tenth of a short call. Where the other end cannot take
 * it all now (a pipe that does not block), Node's stream takes over.
 */
export class DirectOutput implements Output {
  readonly #descriptor: number
  readonly #stream: () => ByteOutput
  readonly #closed: () => void
  #opened: ByteOutput | undefined

  /**
   * @param descriptor the number of the open file, such as 1
   * @param stream gives the stream for the same file
   * @param closed told when nobody reads on
   */
  constructor (descriptor: number, { stream, closed }: { stream: () => ByteOutput, closed: () => void }) {
    this.#descriptor = descriptor
    this.#stream = stream
    this.#closed = closed
  }

  get isTerminal (): boolean {
    // Loaded here only: it brings all of the network with it.
    return process.getBuiltinModule('node:tty').isatty(this.#descriptor)
  }

  write (text: string): void {
    let rest: Uint8Array = Buffer.from(text)
    while (this.#opened === undefined && rest.length > 0) rest = this.#writeSome(rest)
    if (rest.length > 0) this.#opened?.write(rest)
  }

  /** Gives what is left. */
  #writeSome (bytes: Uint8Array): Uint8Array {
    try {
      return bytes.subarray(writeSync(this.#descriptor, bytes))
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? error.code : undefined
      if (code === 'EPIPE') {
        this.#closed()
        return new Uint8Array()
      }
      if (code !== 'EAGAIN') throw error
      this.#opened = this.#stream()
      return bytes
    }
  }
}
