import { randomBytes } from 'node:crypto'
import { buffer } from 'node:stream/consumers'
import { Readable } from 'node:stream'
import { createGunzip, gunzipSync } from 'node:zlib'
import t from 'tap'
import { Block } from '../../src/catalog/block.js'
import type { Deflated } from '../../src/catalog/block.js'
import { gzipStream, stored } from '../../src/catalog/gzip-stream.js'

async function bytesOf (parts: Iterable<Deflated>): Promise<Buffer> {
  return await buffer(Readable.from(gzipStream(parts), { objectMode: false }))
}

async function deflated (bytes: Buffer): Promise<Deflated> {
  return await new Block([{ name: 'x', versions: 1, bytes }], Buffer.alloc(0)).deflated()
}

t.test('parts that were compressed apart are one stream', async t => {
  const contents = [Buffer.from('head'), Buffer.alloc(300_000, 'entries: '), randomBytes(100_000), Buffer.alloc(0), Buffer.from(','), Buffer.alloc(1, 'z'), Buffer.alloc(65_535, 'y')]
  const parts = await Promise.all(contents.map(async (bytes, i) => i % 2 === 0 && bytes.length < 65_536 ? stored(bytes) : await deflated(bytes)))
  const gzip = await bytesOf(parts)
  t.ok(gunzipSync(gzip).equals(Buffer.concat(contents)), 'the check sum and the length are right, or this would throw')
  // A decoder that reads only the first member gets everything: there is just one.
  const first = createGunzip()
  first.end(gzip)
  t.ok((await buffer(first)).equals(Buffer.concat(contents)))
  t.equal(gzip.lastIndexOf(Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff])), 0)
})

t.test('nothing at all is a stream too', async t => {
  t.equal(gunzipSync(await bytesOf([])).length, 0)
})

t.test('more than a stored part holds is refused', async t => {
  t.throws(() => stored(Buffer.alloc(65_536)), RangeError)
})

t.test('a block is compressed once', async t => {
  const block = new Block([{ name: 'x', versions: 1, bytes: Buffer.from('bytes') }], Buffer.alloc(0))
  t.equal((await block.deflated()).bytes, (await block.deflated()).bytes)
})
