import { copyFile, mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Readable } from 'node:stream'
import { sql } from 'kysely'
import type { Test } from 'tap'
import t from 'tap'
import { openLocal } from '../../storage/local.js'
import { MemoryBackend } from '../../storage/memory.js'
import { StorageFailed } from '../../storage/errors.js'
import { thisWriter } from '../../storage/writer.js'
import type { Adoption } from '../../src/catalog/adoption.js'
import { Catalog } from '../../src/catalog/catalog.js'
import { openDatabase } from '../../src/db/open.js'
import { packageRoot } from '../../src/db/package-root.js'
import { chartArchive } from '../helpers/chart-archive.js'
import { FaultPlan, FaultyBackend, faultModes, openFaulty } from './faults.js'
import type { Tried } from './open-catalog.js'
import { bytesOf, checkWhole, listed, now, openCatalog, provenanceOf, publish, publishChart, sha256, stream, textOf } from './open-catalog.js'

const nothing: Adoption = { adopted: 0, updated: 0, removed: 0, refused: [], unreadable: 0, withheld: [] }

/** A backend in memory that counts what is read, and was written long ago. */
class Store extends MemoryBackend {
  readonly reads: string[] = []
  unreadable: string | undefined

  constructor () {
    super({ clock: () => new Date('2020-02-03T04:05:06.700Z') })
  }

  override async read (key: string): Promise<Readable> {
    this.reads.push(key)
    if (key === this.unreadable) throw new StorageFailed(key, 'input/output error')
    return await super.read(key)
  }

  async write (key: string, content: string | Uint8Array): Promise<void> {
    await this.put(key, stream(content))
  }
}

async function openStore (t: Test): Promise<Tried & { backend: Store }> {
  const backend = new Store()
  return { ...await openCatalog(t, { backend }), backend }
}

t.test('a store of ChartMuseum is taken over: archives and provenance files, tenants by depth, its index ignored', async t => {
  const tried = await openStore(t)
  const { catalog, backend } = tried
  const chart = await chartArchive('x', '1.0.0')
  for (const folder of ['', 'org/', 'org/team/']) {
    await backend.write(`${folder}x-1.0.0.tgz`, chart)
    await backend.write(`${folder}x-1.0.0.tgz.prov`, provenanceOf('x', '1.0.0'))
    await backend.write(`${folder}index-cache.yaml`, 'entries: {}\n')
  }
  for (const key of ['_oci/x-1.0.0.tgz', '_oci/blobs/y.tgz', '_oci0/README.md', 'notes.txt']) await backend.write(key, chart)
  t.strictSame(await catalog.adopt({ depth: 1 }), { ...nothing, adopted: 2 })
  t.strictSame(await catalog.tenants(), ['org'])
  t.strictSame(await catalog.adopt({ depth: 0 }), { ...nothing, adopted: 2 })
  t.strictSame(await catalog.adopt({ depth: 'any' }), { ...nothing, adopted: 2 })
  t.strictSame(await catalog.tenants(), ['', 'org', 'org/team'])
  t.match(JSON.parse((await catalog.version('org', 'x', '1.0.0')).json), { created: '2020-02-03T04:05:06.7Z', digest: sha256(chart), urls: ['charts/x-1.0.0.tgz'] })
  t.equal((await bytesOf(catalog, 'org/team', 'x-1.0.0.tgz.prov')).toString(), provenanceOf('x', '1.0.0'))
  await checkWhole(t, tried, ['_oci/blobs/y.tgz', '_oci/x-1.0.0.tgz', '_oci0/README.md', 'index-cache.yaml', 'notes.txt', 'org/index-cache.yaml', 'org/team/index-cache.yaml'])
  backend.reads.length = 0
  t.strictSame(await catalog.adopt({ depth: 'any' }), nothing)
  t.strictSame(backend.reads, [], 'nothing is read twice')
})

t.test('what was published here is not read at all, and stays as it is', async t => {
  const tried = await openStore(t)
  await publish(tried.catalog, '', { chart: await chartArchive('x', '1.0.0'), provenance: provenanceOf('x', '1.0.0') })
  await publish(tried.catalog, '', { chart: await chartArchive('x', '1.0.0', { 'values.yaml': 'a: 1\n' }), provenance: `${provenanceOf('x', '1.0.0')}\n` }, { overwrite: true })
  tried.backend.reads.length = 0
  const revision = (await tried.catalog.index('', 'json')).revision
  t.strictSame(await tried.catalog.adopt({ depth: 0 }), nothing)
  t.strictSame(tried.backend.reads, [])
  t.equal((await tried.catalog.index('', 'json')).revision, revision)
})

t.test('files are served and indexed under the names that they have, and are overwritten and removed by what they are', async t => {
  const tried = await openStore(t)
  const { catalog, backend } = tried
  await backend.write('Some file #1.tgz', await chartArchive('x', '1.0.0'))
  await catalog.adopt({ depth: 0 })
  t.match(textOf((await catalog.index('', 'yaml')).parts()), 'charts/Some file %231.tgz')
  await t.rejects(publishChart(catalog, '', 'x', '1.0.0'), { code: 'already-exists', message: 'Some file #1.tgz already exists' })
  const other = await chartArchive('x', '1.0.0', { 'values.yaml': 'a: 1\n' })
  await publish(catalog, '', { chart: other }, { overwrite: true })
  t.equal(sha256(await bytesOf(catalog, '', 'Some file #1.tgz')), sha256(other))
  await checkWhole(t, tried)
  t.strictSame(await catalog.adopt({ depth: 0 }), nothing)
  await catalog.remove('', 'x', '1.0.0')
  await checkWhole(t, tried)
})

t.test('what is no chart is told of once and read once, until it is replaced', async t => {
  const tried = await openStore(t)
  const { catalog, backend } = tried
  await backend.write('bad-1.0.0.tgz', 'garbage')
  await backend.write('bad-1.0.0.tgz.prov', 'garbage')
  await backend.write(`${'n'.repeat(251)}.tgz`, await chartArchive('long', '1.0.0'))
  await backend.write('empty-1.0.0.tgz', '')
  await backend.write('good-1.0.0.tgz', await chartArchive('good', '1.0.0'))
  t.strictSame(await catalog.adopt({ depth: 0 }), {
    ...nothing,
    adopted: 1,
    refused: [
      { tenant: '', fileName: 'bad-1.0.0.tgz', reason: 'unexpected EOF' },
      { tenant: '', fileName: 'empty-1.0.0.tgz', reason: 'EOF' },
      { tenant: '', fileName: `${'n'.repeat(251)}.tgz`, reason: 'the name is too long for one with a provenance file' },
      { tenant: '', fileName: 'bad-1.0.0.tgz.prov', reason: 'invalid provenance file' }
    ]
  })
  t.equal(backend.reads.length, 5)
  t.strictSame(await catalog.adopt({ depth: 0 }), nothing)
  const restarted = await openCatalog(t, { database: tried.database, backend })
  t.strictSame(await restarted.catalog.adopt({ depth: 0 }), nothing)
  t.equal(backend.reads.length, 5, 'not even after a restart')
  await backend.write('bad-1.0.0.tgz', await chartArchive('bad', '1.0.0'))
  await backend.delete('bad-1.0.0.tgz.prov')
  await publishChart(catalog, '', 'empty', '1.0.0')
  t.strictSame(await catalog.adopt({ depth: 0 }), { ...nothing, adopted: 1 })
  t.strictSame(listed(await catalog.index('', 'json')), ['bad 1.0.0', 'empty 1.0.0', 'good 1.0.0'])
  await backend.delete(`${'n'.repeat(251)}.tgz`)
  await catalog.adopt({ depth: 0 })
  t.strictSame(await tried.database.selectFrom('refusals').selectAll().execute(), [], 'what is gone or mended is forgotten')
  await checkWhole(t, tried)
})

t.test('one version in two files is listed once; the other file has its turn when the first is gone', async t => {
  const tried = await openStore(t)
  const { catalog, backend } = tried
  const chart = await chartArchive('x', '1.0.0')
  await backend.write('a.tgz', chart)
  await backend.write('b.tgz', chart)
  t.strictSame(await catalog.adopt({ depth: 0 }), { ...nothing, adopted: 1, refused: [{ tenant: '', fileName: 'b.tgz', reason: 'version 1.0.0 of the chart x is published as a.tgz already' }] })
  t.strictSame(await catalog.adopt({ depth: 0 }), nothing)
  await catalog.remove('', 'x', '1.0.0')
  t.strictSame(await catalog.adopt({ depth: 0 }), { ...nothing, adopted: 1 })
  t.equal((await catalog.version('', 'x', '1.0.0')).fileName, 'b.tgz')
  await checkWhole(t, tried)
})

t.test('a file that was replaced by hand is read again, and its record follows; one that was only written again changes nothing', async t => {
  const tried = await openStore(t)
  const { catalog, backend } = tried
  const old = await publishChart(catalog, '', 'x', '1.0.0')
  for (const version of ['2.0.0', '3.0.0', '4.0.0']) await publishChart(catalog, '', 'x', version)
  await publish(catalog, '', { provenance: provenanceOf('x', '1.0.0') })
  const revision = (await catalog.index('', 'json')).revision
  await backend.write('x-1.0.0.tgz', old)
  await backend.write('x-1.0.0.tgz.prov', provenanceOf('x', '1.0.0'))
  t.strictSame(await catalog.adopt({ depth: 0 }), nothing)
  t.equal((await catalog.index('', 'json')).revision, revision)
  backend.reads.length = 0
  t.strictSame(await catalog.adopt({ depth: 0 }), nothing)
  t.strictSame(backend.reads, [], 'it is known again')

  const other = await chartArchive('x', '1.0.0', { 'values.yaml': 'by: hand\n' })
  await backend.write('x-1.0.0.tgz', other)
  await backend.write('x-1.0.0.tgz.prov', `${provenanceOf('x', '1.0.0')}\n`)
  await backend.write('x-2.0.0.tgz', await chartArchive('why', '7.0.0'))
  await backend.write('x-3.0.0.tgz', 'half of a ch')
  t.strictSame(await catalog.adopt({ depth: 0 }), { ...nothing, updated: 3, removed: 1, refused: [{ tenant: '', fileName: 'x-3.0.0.tgz', reason: 'gzip: invalid header' }] })
  t.strictSame(listed(await catalog.index('', 'json')), ['why 7.0.0', 'x 4.0.0', 'x 1.0.0'])
  const record = await catalog.version('', 'x', '1.0.0')
  t.equal(record.digest, sha256(other))
  t.equal(record.created.getUTCFullYear(), 2020)
  await checkWhole(t, tried, ['x-3.0.0.tgz'])
})

t.test('what was removed by hand loses its record, with its provenance file or without', async t => {
  const tried = await openStore(t)
  const { catalog, backend } = tried
  for (const version of ['1.0.0', '2.0.0', '3.0.0']) await publish(catalog, 'org', { chart: await chartArchive('x', version), provenance: provenanceOf('x', version) })
  await publishChart(catalog, '', 'x', '1.0.0')
  for (const key of ['org/x-1.0.0.tgz', 'org/x-1.0.0.tgz.prov', 'org/x-2.0.0.tgz', 'org/x-3.0.0.tgz.prov']) await backend.delete(key)
  t.strictSame(await catalog.adopt({ depth: 0 }), nothing, 'other depths are not looked at')
  t.strictSame(await catalog.adopt({ depth: 1 }), { ...nothing, removed: 4 })
  t.strictSame(listed(await catalog.index('org', 'json')), ['x 3.0.0'])
  await checkWhole(t, tried)
})

t.test('a store that is suddenly empty, or a tenant of which most is gone, keeps its records', async t => {
  const tried = await openStore(t)
  const { catalog, backend } = tried
  for (let i = 0; i < 12; i++) await publishChart(catalog, 'org', 'x', `1.0.${i}`)
  for (const version of ['1.0.0', '2.0.0']) await publishChart(catalog, 'other', 'x', version)
  for (let i = 0; i < 11; i++) await backend.delete(`org/x-1.0.${i}.tgz`)
  await backend.delete('other/x-1.0.0.tgz')
  t.strictSame(await catalog.adopt({ depth: 1 }), { ...nothing, removed: 1, withheld: [{ tenant: 'org', missing: 11, recorded: 12 }] })
  await backend.delete('org/x-1.0.11.tgz')
  await backend.delete('other/x-2.0.0.tgz')
  t.strictSame(await catalog.adopt({ depth: 1 }), { ...nothing, withheld: [{ tenant: 'org', missing: 12, recorded: 12 }, { tenant: 'other', missing: 1, recorded: 1 }] })
  t.strictSame([(await catalog.index('org', 'json')).versions, (await catalog.index('other', 'json')).versions], [12, 1])
})

t.test('a root that went away fails the scan, and nothing is dropped', async t => {
  const folder = t.testdir()
  const { catalog } = await openCatalog(t, { backend: await openLocal({ root: join(folder, 'charts') }) })
  await publishChart(catalog, '', 'x', '1.0.0')
  await rename(join(folder, 'charts'), join(folder, 'elsewhere'))
  await mkdir(join(folder, 'charts'))
  await t.rejects(catalog.adopt({ depth: 0 }), { code: 'storage-failed', message: /the folder is gone/ })
  t.strictSame(listed(await catalog.index('', 'json')), ['x 1.0.0'])
})

t.test('a file that cannot be read is reported and tried again, and stops no other', async t => {
  const { catalog, backend, faults } = await openStore(t)
  for (const name of ['a', 'b']) await backend.write(`${name}-1.0.0.tgz`, await chartArchive(name, '1.0.0'))
  backend.unreadable = 'a-1.0.0.tgz'
  t.strictSame(await catalog.adopt({ depth: 0 }), { ...nothing, adopted: 1, unreadable: 1 })
  t.match(faults, [{ message: 'input/output error' }])
  backend.unreadable = undefined
  t.strictSame(await catalog.adopt({ depth: 0 }), { ...nothing, adopted: 1 })
})

t.test('what another process is doing at the moment is its own matter', async t => {
  const tried = await openStore(t)
  const { catalog, backend, database } = tried
  const [host = '', , began = ''] = thisWriter.split('.')
  await publishChart(catalog, '', 'a', '1.0.0')
  await publishChart(catalog, '', 'b', '1.0.0')
  await publishChart(catalog, '', 'z', '1.0.0')
  await backend.delete('a-1.0.0.tgz')
  await backend.write('b-1.0.0.tgz', 'half')
  await backend.write('c-1.0.0.tgz', await chartArchive('c', '1.0.0'))
  for (const name of ['a', 'b', 'c']) {
    await database.insertInto('intents').values({ tenant: '', file_name: `${name}-1.0.0.tgz`, action: 'put', owner: `${host}.${process.ppid}.${began}.x`, created_at: now.toISOString() }).execute()
  }
  t.strictSame(await catalog.adopt({ depth: 0 }), nothing)
  t.strictSame(listed(await catalog.index('', 'json')), ['a 1.0.0', 'b 1.0.0', 'z 1.0.0'])
})

t.test('uploads, overwrites and removals while scans run leave everything of a piece', async t => {
  const root = join(t.testdir(), 'charts')
  const tried = await openCatalog(t, { backend: await openLocal({ root }), clock: () => new Date() })
  const { catalog } = tried
  const put = async (key: string, bytes: Buffer): Promise<void> => {
    await mkdir(dirname(join(root, key)), { recursive: true })
    await writeFile(join(root, key), bytes)
  }
  for (let i = 0; i < 150; i++) await put(`h-1.0.${i}.tgz`, await chartArchive('h', `1.0.${i}`))
  const end = new AbortController()
  const scans = (async () => { while (!end.signal.aborted) await catalog.adopt({ depth: 'any' }) })()
  const outcomes = await Promise.allSettled(Array.from({ length: 200 }, async (_, i) => {
    const version = `1.0.${i % 5}`
    if (i % 6 === 5) await catalog.remove('', 'x', version)
    else await publish(catalog, '', { chart: await chartArchive('x', version, { 'values.yaml': `upload: ${i}\n` }) }, { overwrite: i % 2 === 0 })
  }))
  end.abort()
  await scans
  await catalog.adopt({ depth: 'any' })
  t.strictSame(outcomes.flatMap(outcome => outcome.status === 'rejected' && !['already-exists', 'version-not-found'].includes((outcome.reason as { code: string }).code) ? [outcome.reason as unknown] : []), [])
  t.strictSame(tried.faults, [])
  t.equal((await catalog.versions('', 'h')).length, 150)
  await checkWhole(t, tried)
  await rm(join(root, 'h-1.0.7.tgz'))
  await catalog.adopt({ depth: 'any' })
  await checkWhole(t, tried)
})

t.test('a database from before there were scans learns what its files are, and shows nothing new', async t => {
  const folder = t.testdir({ sqlite: {} })
  const url = `sqlite:${join(folder, 'p.db')}`
  const backend = new Store()
  const { catalog: maker, database: made } = await openCatalog(t, { backend })
  await publish(maker, '', { chart: await chartArchive('x', '1.0.0'), provenance: provenanceOf('x', '1.0.0') })
  const steps = join(packageRoot(), 'migrations', 'sqlite')
  for (const file of (await readdir(steps)).filter(name => name < '0002')) await copyFile(join(steps, file), join(folder, 'sqlite', file))
  const old = await openDatabase(url, { migrations: folder })
  const { etag: _, ...version } = await made.selectFrom('versions').selectAll().executeTakeFirstOrThrow()
  const { etag: __, ...provenance } = await made.selectFrom('provenances').selectAll().executeTakeFirstOrThrow()
  await sql`insert into tenants values ('', 1, ${now.toISOString()})`.execute(old)
  await sql`insert into charts values ('', 'x', 1, 1)`.execute(old)
  await sql`insert into versions values (${sql.join(['tenant', 'file_name', 'chart', 'version', 'size', 'digest', 'created_at', 'entry_yaml', 'entry_json'].map(name => version[name as keyof typeof version]))})`.execute(old)
  await sql`insert into provenances values (${sql.join(['tenant', 'file_name', 'size', 'digest', 'created_at'].map(name => provenance[name as keyof typeof provenance]))})`.execute(old)
  await old.close()

  const tried = await openCatalog(t, { url, backend })
  t.strictSame(await tried.catalog.adopt({ depth: 0 }), nothing)
  t.equal((await tried.catalog.index('', 'json')).revision, 1n)
  backend.reads.length = 0
  t.strictSame(await tried.catalog.adopt({ depth: 0 }), nothing)
  t.strictSame(backend.reads, [])
  await checkWhole(t, tried)
})

t.test('a scan ends at a signal, and what it did so far stays', async t => {
  const { catalog, backend } = await openStore(t)
  for (let i = 0; i < 150; i++) await backend.write(`x-1.0.${i}.tgz`, await chartArchive('x', `1.0.${i}`))
  const stop = new AbortController()
  const scan = catalog.adopt({ depth: 0, signal: stop.signal })
  while ((await catalog.counts('')).versions === 0) await new Promise(resolve => setImmediate(resolve))
  stop.abort(new Error('enough'))
  await t.rejects(scan, { message: 'enough' })
  t.equal((await catalog.counts('')).versions, 100)
  t.strictSame(await catalog.adopt({ depth: 0 }), { ...nothing, adopted: 50 })
})

for (const mode of faultModes) {
  t.test(`whichever step of a scan ${mode.done ? 'reports a failure though it is done' : 'fails'}, ${mode.lasting ? 'and all after it' : 'once'}: the next scan does what is left`, async t => {
    const [a, b, old, other] = await Promise.all([chartArchive('a', '1.0.0'), chartArchive('b', '1.0.0'), chartArchive('c', '1.0.0'), chartArchive('c', '1.0.0', { 'values.yaml': 'by: hand\n' })])
    for (let nth = 1; ; nth++) {
      const plan = new FaultPlan()
      const inner = new Store()
      const database = await openFaulty(plan)
      const backend = new FaultyBackend(inner, plan)
      const catalog = new Catalog({ database, backend, clock: () => now, spoolDirectory: t.testdirName })
      for (const chart of [old, await chartArchive('d', '1.0.0')]) await publish(catalog, '', { chart })
      for (const [key, content] of [['a-1.0.0.tgz', a], ['org/b.tgz', b], ['c-1.0.0.tgz', other], ['bad.tgz', Buffer.from('garbage')]] as const) await inner.write(key, content)
      await inner.delete('d-1.0.0.tgz')
      plan.arm(nth, mode)
      const failure = await catalog.adopt({ depth: 'any' }).then(() => undefined, (error: unknown) => error)
      plan.disarm()
      if (failure !== undefined) t.match(failure, { code: 'storage-failed' }, `step ${nth}`)
      await catalog.adopt({ depth: 'any' })
      t.strictSame([...listed(await catalog.index('', 'json')), ...listed(await catalog.index('org', 'json'))], ['a 1.0.0', 'c 1.0.0', 'b 1.0.0'])
      await checkWhole(t, { catalog, database, backend }, ['bad.tgz'])
      await database.destroy()
      if (plan.struck) continue
      t.ok(nth > 20, `${nth - 1} steps`)
      return
    }
  })
}
