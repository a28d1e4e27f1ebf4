import { encode } from '../go/bytes.js'
import { paxRecord } from './pax.js'
import { blockSize } from './tar-header.js'

/** A file for an archive. */
export interface TarFile {
  readonly name: string
  readonly data: Uint8Array
  /** Seconds since 1970. */
  readonly modified: number
}

const nameSize = 100
const prefixSize = 155

/**
 * Writes a tar as Go's archive/tar does for Helm: ustar headers, mode 0644, owner 0, and a PAX record before a file whose name does not fit.
 */
export function writeTar (files: readonly TarFile[]): Uint8Array {
  return Buffer.concat([...files.flatMap(entry), Buffer.alloc(2 * blockSize)])
}

function entry (file: TarFile): Uint8Array[] {
  const place = splitName(file.name)
  const parts = place === undefined ? paxEntry(file) : [header({ ...place, mode: 0o644, type: '0', size: file.data.length, modified: file.modified })]
  return [...parts, file.data, padding(file.data.length)]
}

function paxEntry (file: TarFile): Uint8Array[] {
  const records = paxRecord('path', file.name)
  const slash = file.name.lastIndexOf('/') + 1
  const recordName = `${file.name.slice(0, slash)}PaxHeaders.0/${file.name.slice(slash)}`
  return [
    header({ name: ascii(recordName).slice(0, nameSize).replace(/\/+$/, ''), prefix: '', mode: 0, type: 'x', size: records.length, modified: 0 }),
    records,
    padding(records.length),
    header({ name: ascii(file.name).slice(0, nameSize), prefix: '', mode: 0o644, type: '0', size: file.data.length, modified: file.modified })
  ]
}

/** Where a name goes in a ustar header; undefined when it does not fit. */
function splitName (name: string): { name: string, prefix: string } | undefined {
  if (ascii(name) !== name) return undefined
  if (name.length <= nameSize) return { name, prefix: '' }
  const slash = name.slice(0, prefixSize + 1).lastIndexOf('/')
  const rest = name.length - slash - 1
  return slash <= 0 || rest === 0 || rest > nameSize || slash > prefixSize ? undefined : { name: name.slice(slash + 1), prefix: name.slice(0, slash) }
}

function ascii (text: string): string {
  return text.replace(/[^\x01-\x7f]/g, '')
}

interface Fields {
  readonly name: string
  readonly prefix: string
  readonly mode: number
  readonly type: string
  readonly size: number
  readonly modified: number
}

function header (fields: Fields): Uint8Array {
  const block = Buffer.alloc(blockSize)
  block.set(encode(fields.name), 0)
  octal(block, 100, 8, fields.mode)
  octal(block, 108, 8, 0)
  octal(block, 116, 8, 0)
  octal(block, 124, 12, fields.size)
  octal(block, 136, 12, fields.modified)
  block.write(fields.type, 156, 'latin1')
  block.write('ustar\x0000', 257, 'latin1')
  if (fields.type === '0') {
    // Go leaves the numbers of a device out of a record that describes the next entry.
    octal(block, 329, 8, 0)
    octal(block, 337, 8, 0)
  }
  block.set(encode(fields.prefix), 345)
  block.fill(' ', 148, 156)
  octal(block, 148, 7, block.reduce((sum, byte) => sum + byte, 0))
  return block
}

/** Octal digits and a NUL. */
function octal (block: Buffer, start: number, length: number, value: number): void {
  block.write(`${value.toString(8).padStart(length - 1, '0')}\0`, start, 'latin1')
}

function padding (size: number): Uint8Array {
  return Buffer.alloc(-size & (blockSize - 1))
}
