import t from 'tap'
import { StorageFailed } from '../../storage/errors.js'
import { MemoryBackend } from '../../storage/memory.js'
import { listed, openCatalog, publishChart } from './open-catalog.js'

t.test('charts come by pages of names, in bytewise order, each with its versions', async t => {
  const { catalog } = await openCatalog(t)
  for (const name of ['chart10', 'chart2', 'B', 'a']) {
    for (const version of ['1.0.0', '10.0.0', '9.0.0']) await publishChart(catalog, '', name, version)
  }
  const charts = await catalog.charts('')
  t.strictSame([...charts.keys()], ['B', 'a', 'chart10', 'chart2'])
  for (const versions of charts.values()) t.strictSame(versions.map(({ version }) => version), ['10.0.0', '9.0.0', '1.0.0'])
  t.strictSame([...(await catalog.charts('', { offset: 1 })).keys()], ['a', 'chart10', 'chart2'])
  t.strictSame([...(await catalog.charts('', { offset: 1, limit: 1 })).keys()], ['a'])
  t.strictSame([...(await catalog.charts('', { offset: 9, limit: 1 })).keys()], [])
  t.strictSame(await catalog.charts('nobody'), new Map())
  t.strictSame(await catalog.counts(''), { charts: 4, versions: 12 })
  t.strictSame(await catalog.counts('nobody'), { charts: 0, versions: 0 })
})

t.test('more charts than a query asks for at a time', async t => {
  const { catalog } = await openCatalog(t)
  const names = Array.from({ length: 1100 }, (_, i) => `chart-${String(i).padStart(4, '0')}`)
  for (const name of names) await publishChart(catalog, '', name, '1.0.0')
  t.strictSame([...(await catalog.charts('')).keys()], names)
  t.strictSame([...(await catalog.charts('', { offset: 300, limit: 600 })).keys()], names.slice(300, 900))
  t.strictSame(listed(await catalog.index('', 'json')), names.map(name => `${name} 1.0.0`))
})

t.test('one version, by name or by constraint', async t => {
  const { catalog } = await openCatalog(t)
  for (const version of ['0.1.0', '0.2.0', '1.0.0-rc.1']) await publishChart(catalog, '', 'x', version)
  t.equal((await catalog.version('', 'x', 'latest')).version, '0.2.0')
  t.equal((await catalog.version('', 'x', '0.1.0')).fileName, 'x-0.1.0.tgz')
  t.equal((await catalog.version('', 'x', '~0.1')).version, '0.1.0')
  await t.rejects(catalog.version('', 'other', 'latest'), { code: 'chart-not-found', message: 'no chart name found' })
  await t.rejects(catalog.version('', 'x', '2'), { code: 'version-not-found', message: 'no chart version found for x-2' })
  await t.rejects(catalog.version('', 'x', '???'), { code: 'version-not-found', message: 'improper constraint: ???' })
  await t.rejects(catalog.versions('', '__proto__'), { code: 'chart-not-found' })
})

t.test('names that JavaScript knows are names like others', async t => {
  const { catalog } = await openCatalog(t)
  for (const name of ['__proto__', 'constructor', 'toString']) await publishChart(catalog, '', name, '1.0.0')
  t.strictSame([...(await catalog.charts('')).keys()], ['__proto__', 'constructor', 'toString'])
  t.equal((await catalog.index('', 'json')).charts, 3)
  t.equal((await catalog.version('', '__proto__', 'latest')).fileName, '__proto__-1.0.0.tgz')
})

t.test('it is ready when database and backend answer', async t => {
  const backend = new MemoryBackend()
  const { catalog, database } = await openCatalog(t, { backend })
  t.strictSame(await catalog.check(), [])
  backend.stat = async key => { throw new StorageFailed(key, 'no route to host') }
  t.match(await catalog.check(), [{ part: 'storage', reason: { message: 'no route to host' } }])
  await database.close()
  t.match((await catalog.check()).map(({ part }) => part), ['database', 'storage'])
})
