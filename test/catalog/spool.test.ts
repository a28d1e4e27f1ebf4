import { randomBytes } from 'node:crypto'
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import t from 'tap'
import { spool } from '../../src/catalog/spool.js'
import { sha256 } from './open-catalog.js'

const kibibyte = 1024

function inChunks (bytes: Buffer, size: number): Readable {
  return Readable.from((function * () {
    for (let i = 0; i < bytes.length; i += size) yield bytes.subarray(i, i + size)
  })(), { objectMode: false })
}

t.test('what is spooled comes out again, as often as asked, in memory or not', async t => {
  const directory = join(t.testdir(), 'made', 'for', 'it')
  for (const size of [0, 1, 256 * kibibyte, 256 * kibibyte + 1, 1000 * kibibyte + 7]) {
    const bytes = randomBytes(size)
    const spooled = await spool(inChunks(bytes, 10_000), { limit: size, directory })
    t.equal(spooled.size, size)
    t.equal(spooled.digest, sha256(bytes))
    const copies = await Promise.all([buffer(spooled.open()), buffer(spooled.open()), buffer(spooled.open())])
    for (const copy of copies) t.ok(copy.equals(bytes))
    t.equal(existsSync(directory), size > 256 * kibibyte, 'small ones touch no disk')
    await spooled.discard()
    await spooled.discard()
    await t.rejects(buffer(spooled.open()), { code: 'storage-failed' })
  }
  t.strictSame(readdirSync(directory), [], 'no file has a name')
})

t.test('one byte beyond the limit is refused, and the body left to who brought it', async t => {
  const directory = t.testdir()
  for (const limit of [0, 10, 300 * kibibyte]) {
    const body = inChunks(Buffer.concat([randomBytes(limit + 1), Buffer.alloc(200 * kibibyte)]), limit + 1)
    await t.rejects(spool(body, { limit, directory }), { code: 'too-large', message: `the upload is larger than ${limit} bytes` })
    t.notOk(body.destroyed)
    body.destroy()
  }
  const endless = Readable.from((function * () { for (;;) yield Buffer.alloc(kibibyte) })(), { objectMode: false })
  await t.rejects(spool(endless, { limit: 1000 * kibibyte, directory }), { code: 'too-large' })
  endless.destroy()
  t.strictSame(readdirSync(directory), [])
})

t.test('a body that fails is told as it is', async t => {
  const failure = new Error('the client went away')
  const body = Readable.from((async function * () {
    yield randomBytes(400 * kibibyte)
    throw failure
  })(), { objectMode: false })
  await t.rejects(spool(body, { limit: 1e9, directory: t.testdir() }), failure)
})

t.test('a folder that cannot be is a failure of the storage', async t => {
  const directory = join(t.testdir({ file: 'x' }), 'file', 'below')
  await t.rejects(spool(inChunks(randomBytes(300 * kibibyte), 1000), { limit: 1e9, directory }), { code: 'storage-failed', message: /below/ })
})
