import { decode } from '../go/bytes.js'
import { ChartError } from './errors.js'
import { applyPax, isSparse, parsePax } from './pax.js'
import { blockSize, dataSize, readTarHeader, refuseHeader, type TarHeader } from './tar-header.js'

/** An entry of an archive, long names and PAX records applied. */
export interface TarEntry extends TarHeader {
  readonly sparse: boolean
}

/** Who is told what stands in an archive. */
export interface TarListener {
  /** A record of `size` bytes that describes an entry begins. Throws to refuse it. */
  record (size: number): void
  /** An entry begins. Throws to refuse it; false when its data is not wanted. */
  entry (entry: TarEntry): boolean
  /** An entry whose data was wanted is complete. */
  data (entry: TarEntry, data: Uint8Array): void
}

/** Go's limit on PAX records and long names. */
const maxRecordSize = 1024 * 1024

/** What is being read: a header, the data of an entry, or its padding. */
interface Reading {
  readonly size: number
  readonly keep: boolean
  readonly done: (data: Uint8Array) => void
}

/**
 * Reads a tar stream that is pushed in piece by piece, as Go's archive/tar reads it: the same headers, PAX and GNU records, end and
 * errors. Nothing that a header says is taken on trust: memory grows with the data that came, not with the size that was announced.
 */
export class TarReader {
  readonly #listener: TarListener
  #chunks: Uint8Array[] = []
  #wanted = blockSize
  #received = 0
  #reading: Reading | undefined
  #padding = 0
  #records = new Map<string, string>()
  #longName = ''
  #zeroBlock = false
  #ended = false

  constructor (listener: TarListener) {
    this.#listener = listener
  }

  /** Whether the end of the archive was seen; what comes after it is not read. */
  get ended (): boolean {
    return this.#ended
  }

  /**
   * Takes the next piece.
   *
   * @throws {ChartError} invalid-archive, and whatever the listener throws
   */
  write (chunk: Uint8Array): void {
    let rest = chunk
    while (rest.length > 0 && !this.#ended) {
      const skip = Math.min(this.#padding, rest.length)
      this.#padding -= skip
      rest = rest.subarray(skip)
      if (rest.length > 0) rest = this.#take(rest)
    }
  }

  /**
   * Says that nothing more comes. An archive may end without its end marker, but only between entries.
   *
   * @throws {ChartError} invalid-archive, `unexpected EOF`
   */
  end (): void {
    if (!this.#ended && (this.#reading !== undefined || this.#received > 0)) throw new ChartError('invalid-archive', 'unexpected EOF')
  }

  #take (chunk: Uint8Array): Uint8Array {
    const piece = chunk.subarray(0, this.#wanted - this.#received)
    this.#received += piece.length
    if (this.#reading === undefined || this.#reading.keep) this.#chunks.push(piece)
    if (this.#received === this.#wanted) this.#complete()
    return chunk.subarray(piece.length)
  }

  #complete (): void {
    const reading = this.#reading
    // A copy, so that what is kept does not hold on to the pieces that it came in.
    const data = Buffer.concat(this.#chunks)
    this.#chunks = []
    this.#received = 0
    this.#wanted = blockSize
    this.#reading = undefined
    if (reading === undefined) {
      this.#header(data)
    } else {
      this.#padding = -reading.size & (blockSize - 1)
      reading.done(data)
    }
  }

  #header (block: Uint8Array): void {
    if (block.every(byte => byte === 0)) {
      this.#ended = this.#zeroBlock
      this.#zeroBlock = true
      return
    }
    if (this.#zeroBlock) refuseHeader()
    const header = readTarHeader(block)
    switch (header.type) {
      case 'x':
        this.#record(header, data => { this.#records = parsePax(data) })
        break
      case 'g':
        this.#record(header, data => { this.#globalRecords(data) })
        break
      case 'L':
        this.#record(header, data => { this.#longName = cString(data) })
        break
      case 'K':
        this.#record(header, () => {})
        break
      default:
        this.#entry(header)
    }
  }

  #record (header: TarHeader, done: (data: Uint8Array) => void): void {
    if (header.size > maxRecordSize) throw new ChartError('too-large', 'archive/tar: header field too long')
    this.#listener.record(header.size)
    this.#read({ size: header.size, keep: true, done })
  }

  /** Global records stand for themselves in Go: checked, not applied, and what was said of the next entry is forgotten. */
  #globalRecords (data: Uint8Array): void {
    parsePax(data)
    this.#forget()
  }

  #entry (header: TarHeader): void {
    const described = applyPax(header, this.#records)
    const name = this.#longName === '' ? described.name : this.#longName
    const type = described.type === '\0' ? (name.endsWith('/') ? '5' : '0') : described.type
    const entry: TarEntry = { ...described, name, type, sparse: type === 'S' || isSparse(this.#records) }
    this.#forget()
    const keep = this.#listener.entry(entry)
    this.#read({ size: dataSize(entry), keep, done: data => { if (keep) this.#listener.data(entry, data) } })
  }

  #read (reading: Reading): void {
    if (reading.size === 0) {
      reading.done(new Uint8Array())
    } else {
      this.#reading = reading
      this.#wanted = reading.size
    }
  }

  #forget (): void {
    this.#records = new Map()
    this.#longName = ''
  }
}

function cString (data: Uint8Array): string {
  const end = data.indexOf(0)
  return decode(end < 0 ? data : data.subarray(0, end))
}
