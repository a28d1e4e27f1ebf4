import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { ContentCache, digestOf } from '../../src/remote/content-cache.js'

const hello = '2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824'

t.test('keeps content where Helm looks for it', async t => {
  const folder = t.testdir()
  const cache = new ContentCache(folder)
  t.equal(digestOf(Buffer.from('hello')), hello)
  t.equal(await cache.get(hello), undefined)
  const path = join(folder, '2c', `${hello}.chart`)
  t.equal((await cache.put(Buffer.from('hello'))).path, path)
  t.equal(readFileSync(path, 'utf8'), 'hello')
  t.strictSame(await cache.get(hello), { path, content: Buffer.from('hello') })
})

t.test('a damaged file counts as absent', async t => {
  const cache = new ContentCache(t.testdir())
  const { path } = await cache.put(Buffer.from('hello'))
  for (const content of ['', 'hell', 'hello!']) {
    writeFileSync(path, content)
    t.equal(await cache.get(hello), undefined, content)
  }
  await cache.put(Buffer.from('hello'))
  t.equal((await cache.get(hello))?.content.toString(), 'hello')
})
