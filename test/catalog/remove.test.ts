import t from 'tap'
import type { Backend } from '../../storage/backend.js'
import { StorageFailed } from '../../storage/errors.js'
import { MemoryBackend } from '../../storage/memory.js'
import { chartArchive } from '../helpers/chart-archive.js'
import { checkWhole, listed, openCatalog, provenanceOf, publish, publishChart } from './open-catalog.js'

t.test('a version goes with its bytes and its provenance file', async t => {
  const tried = await openCatalog(t)
  const { catalog } = tried
  await publish(catalog, '', { chart: await chartArchive('x', '1.0.0'), provenance: provenanceOf('x', '1.0.0') })
  await publishChart(catalog, '', 'x', '2.0.0')
  await catalog.remove('', 'x', '1.0.0')
  t.strictSame(listed(await catalog.index('', 'json')), ['x 2.0.0'])
  for (const file of ['x-1.0.0.tgz', 'x-1.0.0.tgz.prov']) {
    await t.rejects(catalog.stat('', file), { code: 'file-not-found' })
    await t.rejects(catalog.open('', file), { code: 'file-not-found', message: 'object not found' })
  }
  await t.rejects(catalog.version('', 'x', '1.0.0'), { code: 'version-not-found' })
  await checkWhole(t, tried)
  await catalog.remove('', 'x', '2.0.0')
  await t.rejects(catalog.versions('', 'x'), { code: 'chart-not-found', message: 'chart not found' })
  t.strictSame(await catalog.charts(''), new Map())
  t.strictSame(await catalog.counts(''), { charts: 0, versions: 0 })
  await checkWhole(t, tried)
})

t.test('what is not there cannot be removed, and nothing changes', async t => {
  const tried = await openCatalog(t)
  await publishChart(tried.catalog, '', 'x', '1.0.0')
  await publish(tried.catalog, '', { provenance: provenanceOf('x', '3.0.0') })
  for (const [name, version] of [['x', '2.0.0'], ['x', 'latest'], ['x', '1.0'], ['x', '^1'], ['other', '1.0.0'], ['../x', '1.0.0'], ['x', '3.0.0'], ['', '']] as const) {
    await t.rejects(tried.catalog.remove('', name, version), { code: 'version-not-found', message: `no chart version found for ${name}-${version}` })
  }
  await t.rejects(tried.catalog.remove('other', 'x', '1.0.0'), { code: 'version-not-found' })
  t.strictSame(await tried.catalog.tenants(), [''])
  t.equal((await tried.catalog.index('', 'json')).revision, 1n)
  await checkWhole(t, tried)
})

t.test('the file name decides, wherever it is divided', async t => {
  const tried = await openCatalog(t)
  await publishChart(tried.catalog, '', 'mychart2', '0.1.0-SNAPSHOT-1')
  await tried.catalog.remove('', 'mychart2-0.1.0-SNAPSHOT', '1')
  t.strictSame(listed(await tried.catalog.index('', 'json')), [])
  await checkWhole(t, tried)
})

t.test('a removed version can be published again, with other bytes', async t => {
  const tried = await openCatalog(t)
  for (const word of ['one', 'two', 'three']) {
    await publish(tried.catalog, '', { chart: await chartArchive('x', '1.0.0', { 'values.yaml': `word: ${word}\n` }) })
    await checkWhole(t, tried)
    await tried.catalog.remove('', 'x', '1.0.0')
  }
  t.equal((await tried.catalog.index('', 'json')).revision, 6n)
})

t.test('bytes that cannot be deleted are a matter of the store: the version is gone, and they go later', async t => {
  const inner = new MemoryBackend()
  let broken = true
  const backend: Backend = Object.assign(Object.create(inner) as MemoryBackend, {
    name: 'broken',
    delete: async (key: string) => {
      if (broken) throw new StorageFailed(key, 'no route to host')
      await inner.delete(key)
    },
    stat: (key: string) => inner.stat(key),
    read: inner.read.bind(inner),
    create: inner.create.bind(inner),
    put: inner.put.bind(inner),
    list: inner.list.bind(inner)
  })
  const tried = await openCatalog(t, { backend })
  await publishChart(tried.catalog, '', 'x', '1.0.0')
  await publishChart(tried.catalog, '', 'x', '2.0.0')
  await tried.catalog.remove('', 'x', '1.0.0')
  await tried.catalog.remove('', 'x', '2.0.0')
  t.match(tried.faults, [{ code: 'failed', message: 'no route to host' }, { code: 'failed' }])
  t.strictSame(listed(await tried.catalog.index('', 'json')), [])
  await t.rejects(publishChart(tried.catalog, '', 'x', '1.0.0'), { code: 'storage-failed' }, 'its place is not free yet')
  broken = false
  await publishChart(tried.catalog, '', 'x', '1.0.0')
  await tried.catalog.recover()
  t.strictSame(listed(await tried.catalog.index('', 'json')), ['x 1.0.0'])
  await checkWhole(t, tried)
})
