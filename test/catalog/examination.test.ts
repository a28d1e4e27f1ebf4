import { spawnSync } from 'node:child_process'
import type { Readable } from 'node:stream'
import t from 'tap'
import { MemoryBackend } from '../../storage/memory.js'
import { StorageFailed } from '../../storage/errors.js'
import { thisWriter } from '../../storage/writer.js'
import { chartArchive } from '../helpers/chart-archive.js'
import { checkWhole, listed, now, openCatalog, provenanceOf, publish, publishChart, sha256, stream } from './open-catalog.js'

class Store extends MemoryBackend {
  unreadable: string | undefined

  override async read (key: string): Promise<Readable> {
    if (key === this.unreadable) throw new StorageFailed(key, 'input/output error')
    return await super.read(key)
  }
}

t.test('a store that is as recorded has no findings', async t => {
  const { catalog } = await openCatalog(t)
  for (const tenant of ['', 'org']) await publish(catalog, tenant, { chart: await chartArchive('x', '1.0.0'), provenance: provenanceOf('x', '1.0.0') })
  t.strictSame(await catalog.examine('any'), { files: 4, findings: [] })
  t.strictSame(await catalog.examine(1), { files: 2, findings: [] })
})

t.test('every kind of fault is found, by its bytes, and nothing is changed', async t => {
  const backend = new Store()
  const tried = await openCatalog(t, { backend })
  const { catalog, database } = tried
  for (const name of ['a', 'b', 'c', 'd']) await publishChart(catalog, 'org', name, '1.0.0')
  const chart = await chartArchive('b', '1.0.0', { 'values.yaml': 'rotten: true\n' })
  await backend.delete('org/a-1.0.0.tgz')
  await backend.put('org/b-1.0.0.tgz', stream(chart))
  await backend.put('org/e-1.0.0.tgz', stream(await chartArchive('e', '1.0.0')))
  await backend.put('org/f-1.0.0.tgz', stream('garbage'))
  await backend.put('org/f-1.0.0.tgz.prov', stream(provenanceOf('f', '1.0.0')))
  backend.unreadable = 'org/c-1.0.0.tgz'
  const [host = '', , began = ''] = thisWriter.split('.')
  const leave = (fileName: string, pid: number): Promise<unknown> =>
    database.insertInto('intents').values({ tenant: 'org', file_name: fileName, action: 'delete', owner: `${host}.${pid}.${began}.x`, created_at: now.toISOString() }).execute()
  await leave('g-1.0.0.tgz', spawnSync(process.execPath, ['-e', '']).pid)
  await leave('h-1.0.0.tgz', process.ppid)
  const { files, findings } = await catalog.examine(1)
  t.equal(files, 6)
  t.strictSame(findings.map(({ kind, tenant, fileName, detail }) => [kind, `${tenant}/${fileName}`, detail]), [
    ['missing', 'org/a-1.0.0.tgz', 'it is published, and its bytes are gone'],
    ['corrupt', 'org/b-1.0.0.tgz', `it has ${chart.length} bytes with the digest ${sha256(chart)}, recorded are ${(await catalog.stat('org', 'b-1.0.0.tgz')).size} with ${(await catalog.stat('org', 'b-1.0.0.tgz')).digest}`],
    ['unreadable', 'org/c-1.0.0.tgz', 'input/output error'],
    ['extra', 'org/e-1.0.0.tgz', 'it has no record'],
    ['no-chart', 'org/f-1.0.0.tgz', 'unexpected EOF'],
    ['extra', 'org/f-1.0.0.tgz.prov', 'it has no record'],
    ['unfinished', 'org/g-1.0.0.tgz', `its bytes were to be deleted (${now.toISOString()})`]
  ])
  t.strictSame(listed(await catalog.index('org', 'json')), ['a 1.0.0', 'b 1.0.0', 'c 1.0.0', 'd 1.0.0'])
})

t.test('records of missing files are dropped when they are named; others are not', async t => {
  const tried = await openCatalog(t)
  const { catalog, backend } = tried
  for (const name of ['a', 'b']) await publishChart(catalog, '', name, '1.0.0')
  await backend.delete('a-1.0.0.tgz')
  t.equal(await catalog.forget(['a', 'b', 'c'].map(name => ({ tenant: '', fileName: `${name}-1.0.0.tgz` }))), 1)
  t.strictSame(listed(await catalog.index('', 'json')), ['b 1.0.0'])
  await checkWhole(t, tried)
})

t.test('what may cost a record is left alone when records are to be kept', async t => {
  const { catalog, backend } = await openCatalog(t)
  for (const name of ['a', 'b', 'c']) await publishChart(catalog, '', name, '1.0.0')
  await backend.delete('a-1.0.0.tgz')
  await backend.put('b-1.0.0.tgz', stream('garbage'))
  await backend.put('c-1.0.0.tgz', stream(await chartArchive('c', '1.0.0', { 'values.yaml': 'by: hand\n' })))
  t.match(await catalog.adopt({ depth: 0, keepRecords: true }), { updated: 1, removed: 0, refused: [] })
  t.strictSame((await catalog.examine(0)).findings.map(({ kind, fileName }) => [kind, fileName]), [['missing', 'a-1.0.0.tgz'], ['corrupt', 'b-1.0.0.tgz']])
})
