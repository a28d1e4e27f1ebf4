const headEnd = Buffer.from('\r\n\r\n')
const lineEnd = Buffer.from('\r\n')

/** Finds where an answer of HTTP/1.1 ends, while its bytes arrive in a buffer from its start on. */
export class Framing {
  readonly #buffer: Buffer
  /** In latin1, without the empty line; empty until it is there. */
  #head = ''
  /** Where the answer ends, as far as is known: with `Transfer-Encoding: chunked`, where the line of the next chunk's size begins. */
  #end = 0
  #chunked = false
  readonly #parts: Array<readonly [number, number]> = []

  constructor (buffer: Buffer) {
    this.#buffer = buffer
  }

  /**
   * Whether the answer is whole.
   *
   * @param filled how many bytes there are
   * @throws {Error} when the answer does not say where it ends
   */
  whole (filled: number): boolean {
    if (this.#head === '' && !this.#readHead(filled)) return false
    return this.#chunked ? this.#readChunks(filled) : filled >= this.#end
  }

  get head (): string {
    return this.#head
  }

  /** The body as it was sent; a view of the buffer where it lies there in one piece. */
  body (): Buffer {
    const parts = this.#parts.map(([start, end]) => this.#buffer.subarray(start, end))
    return parts.length === 1 ? parts[0] ?? Buffer.alloc(0) : Buffer.concat(parts)
  }

  #readHead (filled: number): boolean {
    const at = this.#buffer.subarray(0, filled).indexOf(headEnd)
    if (at < 0) return false
    this.#head = this.#buffer.toString('latin1', 0, at)
    const start = at + headEnd.length
    const length = headerOf(this.#head, 'content-length')
    this.#chunked = headerOf(this.#head, 'transfer-encoding') === 'chunked'
    if (length === undefined && !this.#chunked) throw new Error(`an answer does not say where it ends: ${this.#head}`)
    this.#end = start + Number(length ?? 0)
    if (length !== undefined) this.#parts.push([start, this.#end])
    return true
  }

  #readChunks (filled: number): boolean {
    while (this.#end < filled) {
      const at = this.#buffer.subarray(this.#end, Math.min(filled, this.#end + 20)).indexOf(lineEnd)
      if (at < 0) return false
      const size = Number.parseInt(this.#buffer.toString('latin1', this.#end, this.#end + at), 16)
      const start = this.#end + at + lineEnd.length
      // No server here sends trailers: an empty line follows the last chunk.
      if (size === 0) return filled >= start + lineEnd.length
      this.#parts.push([start, start + size])
      this.#end = start + size + lineEnd.length
    }
    return false
  }
}

/** A header's value, or undefined. */
export function headerOf (head: string, name: string): string | undefined {
  return new RegExp(`^${name}:[ \\t]*(.*?)[ \\t]*$`, 'im').exec(head)?.[1]
}
