import t from 'tap'
import { writeTar } from '../../src/chart/tar-writer.js'
import { TarReader } from '../../src/chart/tar-reader.js'
import { encode } from '../../src/go/bytes.js'

/** What our own reader, which reads as Go does, finds. */
function read (tar: Uint8Array): Array<[name: string, size: number, modified: number]> {
  const found: Array<[string, number, number]> = []
  const reader = new TarReader({ record: () => {}, entry: () => true, data: (entry, data) => { found.push([entry.name, data.length, entry.modified]) } })
  reader.write(tar)
  reader.end()
  t.equal(reader.ended, true)
  return found
}

t.test('names of every length', async t => {
  const folder = 'f'.repeat(60)
  const names = ['a', 'n'.repeat(100), 'n'.repeat(101), `${folder}/${'n'.repeat(100)}`, `${folder}/${folder}/${folder}/x`, `${'p'.repeat(155)}/${'n'.repeat(100)}`, `${'p'.repeat(156)}/${'n'.repeat(100)}`, 'ä', `ä/${'n'.repeat(200)}`, 'n'.repeat(5000)]
  t.strictSame(read(writeTar(names.map((name, index) => ({ name, data: encode('x'.repeat(index * 100)), modified: index })))), names.map((name, index) => [name, index * 100, index]))
})

t.test('whole blocks', async t => {
  t.equal(writeTar([]).length, 1024)
  t.equal(writeTar([{ name: 'a', data: new Uint8Array(512), modified: 0 }]).length, 2048)
  t.equal(writeTar([{ name: 'a', data: new Uint8Array(513), modified: 0 }]).length, 2560)
})
