import { byteLength } from '../go/bytes.js'
import { quote } from '../go/strconv.js'
import type { ChartFile } from './chart.js'
import { chartFileName } from './entry-name.js'
import { ChartError } from './errors.js'
import type { Budget } from './limits.js'
import { TarReader, type TarEntry } from './tar-reader.js'
import { blockSize, dataSize } from './tar-header.js'

/** Types that are files: what the type flag is for Go once old headers are read. */
const files = new Set(['0', '7'])
const links = new Set(['1', '2'])

const directoryBits = 0o040000

/**
 * Collects the files of a chart from the decompressed bytes of its archive, which are pushed in piece by piece. Helm's rules and words;
 * links, devices and sparse files, which Helm takes for files (links for empty ones), are refused.
 */
export class ArchiveFiles {
  readonly #budget: Budget
  readonly #files: ChartFile[] = []
  readonly #reader: TarReader

  constructor (budget: Budget) {
    this.#budget = budget
    this.#reader = new TarReader({
      record: size => { this.#budget.spend(size + blockSize) },
      entry: entry => this.#admit(entry),
      data: (entry, data) => { this.#add(entry, data) }
    })
  }

  /**
   * Takes the next piece.
   *
   * @throws {ChartError} invalid-archive or too-large
   */
  write (chunk: Uint8Array): void {
    // What follows the end is padding as a rule, but it is work all the same, and must have an end.
    if (this.#reader.ended) this.#budget.spend(chunk.length)
    else this.#reader.write(chunk)
  }

  /**
   * Says that nothing more comes.
   *
   * @returns the files, in the archive's order
   * @throws {ChartError} invalid-archive: cut short, or no files in it
   */
  end (): ChartFile[] {
    this.#reader.end()
    if (this.#files.length === 0) throw new ChartError('invalid-archive', 'no files in chart archive')
    return this.#files
  }

  /** Whether an entry is a file to keep. */
  #admit (entry: TarEntry): boolean {
    this.#budget.countEntry()
    if (entry.type === '5' || (entry.mode & ~0o7777) === directoryBits) {
      this.#budget.spend(dataSize(entry))
      return false
    }
    this.#refuseLongName(entry)
    chartFileName(entry.name)
    refuseIrregular(entry)
    this.#refuseLarge(entry)
    this.#budget.spend(entry.size)
    return true
  }

  #refuseLongName (entry: TarEntry): void {
    const longest = this.#budget.limits.name
    if (byteLength(entry.name) <= longest) return
    throw new ChartError('too-large', `chart contains a file name of more than ${longest} bytes: it starts with ${quote(entry.name.slice(0, 100))}`)
  }

  #refuseLarge (entry: TarEntry): void {
    const { file } = this.#budget.limits
    if (entry.size > file && entry.size <= this.#budget.bytes) {
      throw new ChartError('too-large', `decompressed chart file ${quote(entry.name)} is larger than the maximum file size ${file}`)
    }
  }

  #add (entry: TarEntry, data: Uint8Array): void {
    const modified = new Date(entry.modified * 1000)
    this.#files.push({
      name: chartFileName(entry.name),
      data: withoutByteOrderMark(data),
      ...(Number.isNaN(modified.getTime()) ? {} : { modified })
    })
  }
}

function refuseIrregular (entry: TarEntry): void {
  if (links.has(entry.type)) throw new ChartError('invalid-archive', `chart illegally contains a link: ${quote(entry.name)}`)
  if (!files.has(entry.type) || entry.sparse) {
    throw new ChartError('invalid-archive', `chart illegally contains an irregular file: ${quote(entry.name)}`)
  }
}

/** The bytes without the byte order mark of UTF-8, which Helm drops from every file. */
export function withoutByteOrderMark (data: Uint8Array): Uint8Array {
  return data[0] === 0xef && data[1] === 0xbb && data[2] === 0xbf ? data.subarray(3) : data
}
