import t from 'tap'
import { TarReader, type TarEntry } from '../../src/chart/tar-reader.js'
import { decode } from '../../src/go/bytes.js'
import { paxRecord, rawEntry, rawTar, type RawEntry } from '../helpers/chart-archive.js'

interface Seen { entries: TarEntry[], data: string[], records: number[] }

function read (tar: Uint8Array, wanted: (entry: TarEntry) => boolean = () => true): Seen {
  const seen: Seen = { entries: [], data: [], records: [] }
  const reader = new TarReader({
    record: size => seen.records.push(size),
    entry: entry => {
      seen.entries.push(entry)
      return wanted(entry)
    },
    data: (_, data) => seen.data.push(decode(data))
  })
  for (let at = 0; at < tar.length; at += 100) reader.write(tar.subarray(at, at + 100))
  reader.end()
  return seen
}

const entries: readonly RawEntry[] = [{ name: 'a', data: 'one' }, { name: 'b', data: 'x'.repeat(1000) }, { name: 'c', data: '' }]

t.test('entries come with their data', async t => {
  const seen = read(rawTar(entries))
  t.strictSame(seen.entries.map(entry => [entry.name, entry.type, entry.size, entry.sparse]), [['a', '0', 3, false], ['b', '0', 1000, false], ['c', '0', 0, false]])
  t.strictSame(seen.data, ['one', 'x'.repeat(1000), ''])
})

t.test('data that is not wanted is passed over', async t => {
  t.strictSame(read(rawTar(entries), entry => entry.name !== 'b').data, ['one', ''])
})

t.test('records describe the next entry alone', async t => {
  const pax = { name: 'pax', type: 'x', data: paxRecord('path', 'long') }
  t.strictSame(read(rawTar([pax, ...entries])).entries.map(entry => entry.name), ['long', 'b', 'c'])
  t.strictSame(read(rawTar([pax, ...entries])).records, [13])
  t.strictSame(read(rawTar([pax, { ...pax, type: 'g' }, ...entries])).entries.map(entry => entry.name), ['a', 'b', 'c'], 'Go forgets them at a global record')
  t.strictSame(read(rawTar([pax, { name: 'link', type: 'L', data: 'gnu\0' }, ...entries])).entries.map(entry => entry.name), ['gnu', 'b', 'c'], 'a GNU name goes before a PAX name')
  t.strictSame(read(rawTar([{ name: 'link', type: 'K', data: 'target\0' }, ...entries])).entries.map(entry => entry.name), ['a', 'b', 'c'])
  t.equal(read(rawTar([{ ...pax, data: paxRecord('GNU.sparse.major', '1') }, ...entries])).entries[0]?.sparse, true)
  t.equal(read(rawTar([{ name: 'old', type: 'S' }])).entries[0]?.sparse, true)
})

t.test('an archive that stops half-way', async t => {
  const tar = rawTar(entries)
  for (const length of [100, 511, 513, 1024 + 100]) t.throws(() => read(tar.subarray(0, length)), { code: 'invalid-archive', message: 'unexpected EOF' }, `${length}`)
  t.doesNotThrow(() => read(tar.subarray(0, 512 + 3)), 'padding may be missing')
  t.doesNotThrow(() => read(rawEntry({ name: 'a', data: 'x'.repeat(512) })), 'and so may the end')
})
