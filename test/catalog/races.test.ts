import { join } from 'node:path'
import t from 'tap'
import { openLocal } from '../../storage/local.js'
import { CatalogError } from '../../src/catalog/errors.js'
import { chartArchive } from '../helpers/chart-archive.js'
import type { Tried } from './open-catalog.js'
import { bytesOf, checkWhole, openCatalog, publish, publishChart, sha256, stream } from './open-catalog.js'

/** How many succeeded; all others must have been refused because somebody else was first. */
function succeeded (outcomes: ReadonlyArray<PromiseSettledResult<unknown>>): number {
  const other = outcomes.find(outcome => outcome.status === 'rejected' && !(outcome.reason instanceof CatalogError && outcome.reason.code === 'already-exists'))
  if (other?.status === 'rejected') throw other.reason
  return outcomes.filter(({ status }) => status === 'fulfilled').length
}

/** One of several, in turn. */
function pick (all: readonly Tried[], i: number): Tried {
  const tried = all[i % all.length]
  if (tried === undefined) throw new Error('there are none')
  return tried
}

t.test('of 50 uploads of one version at once, one succeeds, and its bytes are served', async t => {
  const tried = await openCatalog(t, { backend: await openLocal({ root: t.testdir() }) })
  const archives = await Promise.all(Array.from({ length: 50 }, (_, i) => chartArchive('x', '1.0.0', { 'values.yaml': `upload: ${i}\n` })))
  const outcomes = await Promise.allSettled(archives.map(chart => publish(tried.catalog, '', { chart })))
  t.equal(succeeded(outcomes), 1)
  const winner = archives[outcomes.findIndex(({ status }) => status === 'fulfilled')]
  t.equal(sha256(await bytesOf(tried.catalog, '', 'x-1.0.0.tgz')), sha256(winner ?? ''))
  t.strictSame(tried.faults, [])
  await checkWhole(t, tried)
})

t.test('so it is when they come through several catalogues on one database and one folder', async t => {
  const folder = t.testdir({ charts: {} })
  const url = `sqlite:${join(folder, 'portolan.db')}`
  const all = await Promise.all(Array.from({ length: 5 }, async () => openCatalog(t, { url, backend: await openLocal({ root: join(folder, 'charts') }) })))
  for (let round = 0; round < 10; round++) {
    const archives = await Promise.all(Array.from({ length: 10 }, (_, i) => chartArchive('x', `1.0.${round}`, { 'values.yaml': `upload: ${i}\n` })))
    const outcomes = await Promise.allSettled(archives.map((chart, i) => publish(pick(all, i).catalog, '', { chart })))
    t.equal(succeeded(outcomes), 1)
  }
  for (const tried of all) {
    t.strictSame(tried.faults, [])
    await checkWhole(t, tried)
  }
})

t.test('uploads, overwrites and removals of few versions through several catalogues leave everything of a piece', async t => {
  const folder = t.testdir({ charts: {} })
  const url = `sqlite:${join(folder, 'portolan.db')}`
  const all = await Promise.all(Array.from({ length: 3 }, async () => openCatalog(t, { url, backend: await openLocal({ root: join(folder, 'charts') }), clock: () => new Date() })))
  const outcomes = await Promise.allSettled(Array.from({ length: 150 }, async (_, i) => {
    const { catalog } = pick(all, i)
    const version = `1.0.${i % 4}`
    if (i % 5 === 4) return catalog.remove('', 'x', version)
    return publish(catalog, '', { chart: await chartArchive('x', version, { 'values.yaml': `upload: ${i}\n` }) }, { overwrite: i % 2 === 0 })
  }))
  const unexpected = outcomes.flatMap(outcome => outcome.status === 'rejected' ? [outcome.reason as unknown] : [])
    .filter(error => !(error instanceof CatalogError && ['already-exists', 'version-not-found'].includes(error.code)))
  t.strictSame(unexpected, [])
  for (const tried of all) {
    t.strictSame(tried.faults, [])
    await checkWhole(t, tried)
  }
})

t.test('uploads of different versions at once all succeed', async t => {
  const tried = await openCatalog(t, { backend: await openLocal({ root: t.testdir() }) })
  await Promise.all(Array.from({ length: 60 }, (_, i) => publishChart(tried.catalog, i % 2 === 0 ? '' : 'org', `chart-${i % 7}`, `1.0.${i}`)))
  t.equal((await tried.catalog.index('', 'json')).revision, 30n)
  await checkWhole(t, tried)
})

t.test('bytes that a killed process left without a record make way for a new upload', async t => {
  const tried = await openCatalog(t)
  await tried.backend.create('x-1.0.0.tgz', stream('half of something'))
  await tried.backend.create('x-1.0.0.tgz.prov', stream('more of it'))
  const archives = await Promise.all(Array.from({ length: 10 }, (_, i) => chartArchive('x', '1.0.0', { 'values.yaml': `upload: ${i}\n` })))
  t.equal(succeeded(await Promise.allSettled(archives.map(chart => publish(tried.catalog, '', { chart })))), 1)
  await checkWhole(t, tried, ['x-1.0.0.tgz.prov'])
})
