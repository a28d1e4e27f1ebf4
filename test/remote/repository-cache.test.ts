import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { RepositoryCache } from '../../src/remote/repository-cache.js'

const index = 'apiVersion: v1\nentries:\n  web:\n  - {name: web, version: 1.0.0, urls: [web.tgz]}\n  - {name: web, version: bad version, urls: [web.tgz]}\n'

t.test('keeps the index as it came, and the charts\' names', async t => {
  const folder = join(t.testdir(), 'deep')
  const cache = new RepositoryCache(folder)
  await cache.write('stable', Buffer.from(index), ['web', 'B', 'a'])
  t.equal(readFileSync(join(folder, 'stable-index.yaml'), 'utf8'), index)
  t.equal(readFileSync(join(folder, 'stable-charts.txt'), 'utf8'), 'B\na\nweb\n')
  t.equal((await cache.load('stable')).get('web', '').version, '1.0.0')
  await cache.remove('stable')
  await cache.remove('stable')
  t.strictSame(readdirSync(folder), [])
})

t.test('an empty name is a name', async t => {
  const folder = t.testdir()
  await new RepositoryCache(folder).write('', Buffer.from(index), [])
  t.strictSame(readdirSync(folder), ['charts.txt', 'index.yaml'])
})

t.test('an index that is not there is not one that cannot be read', async t => {
  const folder = t.testdir({ 'broken-index.yaml': 'entries: [' })
  mkdirSync(join(folder, 'folder-index.yaml'))
  const cache = new RepositoryCache(folder)
  t.equal(await cache.read('gone'), undefined)
  await t.rejects(cache.load('gone'), { code: 'not-cached', message: `open ${folder}/gone-index.yaml: no such file or directory` })
  for (const read of [async () => await cache.read('broken'), async () => await cache.load('broken')]) {
    await t.rejects(read(), { code: 'not-cached', message: new RegExp(`^error loading ${folder}/broken-index\\.yaml: error converting YAML to JSON`) })
  }
  await t.rejects(cache.read('folder'), { code: 'not-cached', message: /folder-index\.yaml: is a directory$/ })
})

t.test('tells of entries that an index should not have', async t => {
  const folder = t.testdir()
  const warnings: string[] = []
  writeFileSync(join(folder, 'stable-index.yaml'), index)
  await new RepositoryCache(folder, message => warnings.push(message)).load('stable')
  t.match(warnings, [/bad version/])
})

t.test('a name that would lead elsewhere is refused', async t => {
  const cache = new RepositoryCache(t.testdir())
  for (const name of ['../x', 'a/b', '/etc/passwd']) {
    await t.rejects(cache.write(name, Buffer.from(index), []), { code: 'invalid-repository' })
    await t.rejects(cache.read(name), { code: 'invalid-repository' })
    await t.rejects(cache.remove(name), { code: 'invalid-repository' })
  }
})
