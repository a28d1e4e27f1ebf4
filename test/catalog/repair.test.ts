import { spawnSync } from 'node:child_process'
import type { Readable } from 'node:stream'
import type { Test } from 'tap'
import t from 'tap'
import type { ObjectInfo } from '../../storage/backend.js'
import { StorageFailed } from '../../storage/errors.js'
import { MemoryBackend } from '../../storage/memory.js'
import { thisWriter } from '../../storage/writer.js'
import type { IntentsTable } from '../../src/db/schema.js'
import { chartArchive } from '../helpers/chart-archive.js'
import type { Tried } from './open-catalog.js'
import { bytesOf, checkWhole, listed, now, openCatalog, provenanceOf, publish, publishChart, sha256, stream } from './open-catalog.js'

const [host = '', , began = ''] = thisWriter.split('.')
const dead = `${host}.${spawnSync(process.execPath, ['-e', '']).pid}.${began}.x`
const alive = `${host}.${process.ppid}.${began}.x`

async function leaveIntent ({ database }: Tried, intent: Partial<IntentsTable>): Promise<void> {
  await database.insertInto('intents').values({ tenant: '', file_name: 'x-1.0.0.tgz', action: 'put', owner: dead, created_at: now.toISOString(), ...intent }).execute()
}

async function withOld (t: Test): Promise<Tried> {
  const tried = await openCatalog(t)
  await publish(tried.catalog, '', { chart: await chartArchive('x', '1.0.0'), provenance: provenanceOf('x', '1.0.0') })
  return tried
}

t.test('an overwrite that was killed before its bytes arrived never was', async t => {
  const tried = await withOld(t)
  await leaveIntent(tried, {})
  await tried.catalog.recover()
  t.equal((await tried.catalog.index('', 'json')).revision, 1n)
  await checkWhole(t, tried)
})

t.test('one that was killed afterwards is published', async t => {
  const tried = await withOld(t)
  const chart = await chartArchive('x', '1.0.0', { 'Chart.yaml': 'name: x\nversion: 1.0.0\ndescription: new\n' })
  const provenance = `${provenanceOf('x', '1.0.0')}new\n`
  await leaveIntent(tried, {})
  await leaveIntent(tried, { file_name: 'x-1.0.0.tgz.prov' })
  await tried.backend.put('x-1.0.0.tgz', stream(chart))
  await tried.backend.put('x-1.0.0.tgz.prov', stream(provenance))
  await tried.catalog.recover()
  const record = await tried.catalog.version('', 'x', '1.0.0')
  t.equal(record.digest, sha256(chart))
  t.match(JSON.parse(record.json), { description: 'new', digest: sha256(chart) })
  t.equal((await bytesOf(tried.catalog, '', 'x-1.0.0.tgz.prov')).toString(), provenance)
  t.equal((await tried.catalog.index('', 'json')).revision, 2n)
  await checkWhole(t, tried)
})

t.test('bytes that were to take the place of others without a record go', async t => {
  const tried = await openCatalog(t)
  await tried.backend.create('x-1.0.0.tgz', stream(await chartArchive('x', '1.0.0')))
  await leaveIntent(tried, {})
  await tried.catalog.recover()
  await checkWhole(t, tried)
})

t.test('bytes of a version that was removed go', async t => {
  const tried = await openCatalog(t)
  await tried.backend.create('org/x-1.0.0.tgz', stream('x'))
  await leaveIntent(tried, { tenant: 'org', action: 'delete' })
  await leaveIntent(tried, { action: 'delete' })
  await tried.catalog.recover()
  await checkWhole(t, tried)
})

t.test('what a living process does is its own matter', async t => {
  const tried = await withOld(t)
  await leaveIntent(tried, { owner: alive })
  await tried.catalog.recover()
  t.equal((await tried.database.selectFrom('intents').selectAll().execute()).length, 1)
  await tried.database.updateTable('intents').set({ created_at: new Date(now.getTime() - 2 * 3_600_000).toISOString() }).execute()
  await tried.catalog.recover()
  await checkWhole(t, tried)
})

t.test('no other host shares an SQLite file: what one left is what this one left under an earlier name', async t => {
  const tried = await withOld(t)
  await leaveIntent(tried, { owner: `earlier-pod.${process.ppid}.${began}.x` })
  await tried.catalog.recover()
  await checkWhole(t, tried)
})

t.test('who wants the same file waits for the living, and repairs after the dead', async t => {
  const tried = await withOld(t)
  const chart = await chartArchive('x', '1.0.0', { 'values.yaml': 'other: true\n' })
  await leaveIntent(tried, {})
  await publish(tried.catalog, '', { chart }, { overwrite: true })
  t.equal((await tried.catalog.stat('', 'x-1.0.0.tgz')).digest, sha256(chart))
  for (const change of [() => bytesOf(tried.catalog, '', 'x-1.0.0.tgz'), () => tried.catalog.remove('', 'x', '1.0.0')]) {
    await leaveIntent(tried, { owner: alive })
    const waiting = change()
    await new Promise(resolve => setImmediate(resolve))
    t.strictSame(listed(await tried.catalog.index('', 'json')), ['x 1.0.0'])
    await tried.database.deleteFrom('intents').execute()
    const result = await waiting
    if (result !== undefined) t.equal(sha256(result), sha256(chart))
  }
  t.strictSame(listed(await tried.catalog.index('', 'json')), [])
  await checkWhole(t, tried)
})

t.test('bytes that are gone, or somebody else\'s, are reported, and the record stays', async t => {
  const tried = await withOld(t)
  await publishChart(tried.catalog, '', 'z', '1.0.0')
  await leaveIntent(tried, {})
  await leaveIntent(tried, { file_name: 'z-1.0.0.tgz' })
  await leaveIntent(tried, { file_name: 'x-1.0.0.tgz.prov' })
  await tried.backend.delete('x-1.0.0.tgz')
  await tried.backend.put('z-1.0.0.tgz', stream(await chartArchive('x', '3.0.0')))
  await tried.backend.put('x-1.0.0.tgz.prov', stream('garbage'))
  await tried.catalog.recover()
  t.strictSame(tried.faults.map(String).sort(), [
    'CatalogError: x-1.0.0.tgz is published, but its bytes are gone',
    'CatalogError: x-1.0.0.tgz.prov is published, but has other bytes: invalid provenance file',
    'CatalogError: z-1.0.0.tgz is published, but has other bytes: they belong to x-3.0.0.tgz'
  ])
  t.strictSame(listed(await tried.catalog.index('', 'json')), ['x 1.0.0', 'z 1.0.0'])
  t.strictSame(await tried.database.selectFrom('intents').selectAll().execute(), [])
  await publish(tried.catalog, '', { chart: await chartArchive('x', '1.0.0'), provenance: provenanceOf('x', '1.0.0') }, { overwrite: true })
  await publish(tried.catalog, '', { chart: await chartArchive('z', '1.0.0') }, { overwrite: true })
  await checkWhole(t, tried)
})

/** The first bytes that replace others arrive, and yet it is reported that they did not; no others do. */
class Doubtful extends MemoryBackend {
  #puts = 0

  override async put (key: string, body: Readable): Promise<ObjectInfo> {
    if (this.#puts++ === 0) await super.put(key, body)
    throw new StorageFailed(key, 'the cable is out')
  }
}

t.test('an overwrite that can neither be finished nor undone is published if its bytes are there: the index says what is served', async t => {
  const tried = await openCatalog(t, { backend: new Doubtful() })
  await publishChart(tried.catalog, '', 'x', '1.0.0')
  const chart = await chartArchive('x', '1.0.0', { 'values.yaml': 'state: new\n' })
  await t.rejects(publish(tried.catalog, '', { chart }, { overwrite: true }), { code: 'storage-failed' })
  t.equal((await tried.catalog.version('', 'x', '1.0.0')).digest, sha256(chart))
  await checkWhole(t, tried)
  t.equal(tried.faults.length, 1)
})
