import t from 'tap'
import { dataSize, readTarHeader, type TarHeader } from '../../src/chart/tar-header.js'
import { rawEntry } from '../helpers/chart-archive.js'

/** A header block with some bytes changed, its checksum mended. */
function header (changes: Readonly<Record<number, string | number[]>> = {}): Uint8Array {
  const block = rawEntry({ name: 'dir/file', data: '' }).subarray(0, 512)
  for (const [at, bytes] of Object.entries(changes)) Buffer.from(typeof bytes === 'string' ? Buffer.from(bytes, 'latin1') : bytes).copy(block, Number(at))
  block.fill(' ', 148, 156)
  block.write(`${block.reduce((sum, byte) => sum + byte, 0).toString(8).padStart(6, '0')}\0 `, 148, 'latin1')
  return block
}

const refused = { code: 'invalid-archive', message: 'archive/tar: invalid tar header' }

t.test('a header as Go reads it', async t => {
  t.strictSame(readTarHeader(header()), { name: 'dir/file', type: '0', size: 0, mode: 0o644, modified: 1_700_000_000 })
})

t.test('numbers', async t => {
  const size = (bytes: string | number[]): TarHeader => readTarHeader(header({ 124: bytes }))
  t.equal(size('00000000017\0').size, 15)
  t.equal(size('         17 ').size, 15)
  t.equal(size('17\0\0\0\0\0\0\0\0\0\0').size, 15)
  t.equal(size('\0\0\0\0\0\0\0\0\0\0\0\0').size, 0)
  t.equal(size([0x80, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0]).size, 256)
  for (const bad of ['00000000018\0', '0x000000017\0', '-0000000017\0', '1 7\0\0\0\0\0\0\0\0\0', [0x80, 0, 0, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff], [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff]]) {
    t.throws(() => size(bad), refused, JSON.stringify(bad))
  }
  t.equal(readTarHeader(header({ 136: [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff] })).modified, -1, 'a date before 1970')
  t.throws(() => readTarHeader(header({ 108: 'nobody\0' })), refused, 'an owner that is no number')
})

t.test('names in two parts', async t => {
  t.equal(readTarHeader(header({ 345: 'a/long/prefix' })).name, 'a/long/prefix/dir/file')
  t.equal(readTarHeader(header({ 257: 'ustar  \0', 345: '00000000001\0' })).name, 'dir/file', 'a time of GNU')
  t.equal(readTarHeader(header({ 257: 'ustar  \0', 345: 'a/prefix' })).name, 'a/prefix/dir/file', 'what old Go wrote there')
  t.equal(readTarHeader(header({ 257: '\0\0\0\0\0\0\0\0', 345: 'a/prefix' })).name, 'dir/file', 'the oldest format has none')
  t.equal(readTarHeader(header({ 345: 'p'.repeat(131), 476: '00000000001\0', 488: '00000000001\0', 508: 'tar\0' })).name, `${'p'.repeat(131)}/dir/file`, 'the star format')
})

t.test('checksums', async t => {
  const block = Buffer.from(header())
  block[0] = 0x78
  t.throws(() => readTarHeader(block), refused)
  const signed = Buffer.from(header({ 0: [0xe4] }))
  const sum = signed.reduce((total, byte, at) => total + (at >= 148 && at < 156 ? 32 : byte > 127 ? byte - 256 : byte), 0)
  signed.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'latin1')
  t.equal(readTarHeader(signed).type, '0', 'of signed bytes, as old programs made them')
})

t.test('links and folders have no data', async t => {
  const of = (type: string): number => dataSize({ name: 'x', type, size: 5, mode: 0, modified: 0 })
  t.strictSame(['0', '7', '1', '2', '3', '4', '5', '6', 'x', 'S'].map(of), [5, 5, 0, 0, 0, 0, 0, 0, 5, 5])
})
