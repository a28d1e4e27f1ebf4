import t from 'tap'
import type { RetentionPolicy } from '../../src/catalog/retention.js'
import { parseKeepPatterns, surplusOf } from '../../src/catalog/retention.js'
import { chartArchive } from '../helpers/chart-archive.js'
import { checkWhole, listed, openCatalog, provenanceOf, publish, publishChart } from './open-catalog.js'

/** Versions as they were published one after another. */
const published = (...versions: string[]): Array<{ fileName: string, version: string, created: Date }> =>
  versions.map((version, i) => ({ fileName: `x-${version}.tgz`, version, created: new Date(1000 * i) }))

t.test('what goes, by order, limit and patterns', async t => {
  const versions = published('2.0.0', '1.0.0', '1.10.0', '1.9.0', '1.10.0-rc.1')
  const cases: ReadonlyArray<readonly [Partial<RetentionPolicy> & { spare?: string }, string[]]> = [
    [{ limit: 5 }, []],
    [{ limit: 3 }, ['1.9.0', '1.0.0']],
    [{ limit: 1 }, ['1.10.0', '1.10.0-rc.1', '1.9.0', '1.0.0']],
    [{ limit: 3, order: 'age' }, ['1.0.0', '2.0.0']],
    [{ limit: 2, spare: 'x-1.0.0.tgz' }, ['1.10.0', '1.10.0-rc.1', '1.9.0']],
    [{ limit: 1, order: 'age', spare: 'x-2.0.0.tgz' }, ['1.10.0-rc.1', '1.9.0', '1.10.0', '1.0.0']],
    [{ limit: 1, keep: ['1.0.*'] }, ['1.10.0', '1.10.0-rc.1', '1.9.0']],
    [{ limit: 1, keep: ['x/*.0.0', 'y/*', '1.9.?'] }, ['1.10.0-rc.1']],
    [{ limit: 1, keep: ['*'] }, []]
  ]
  for (const [{ spare, ...policy }, gone] of cases) {
    const found = surplusOf('x', versions, { policy: { limit: 1, order: 'semver', keep: [], ...policy }, spare })
    t.strictSame(found.map(({ version }) => version), gone, JSON.stringify({ spare, ...policy }))
  }
})

t.test('a list of patterns is read as a setting has it', async t => {
  t.strictSame(parseKeepPatterns(' 1.*, payments/* ,,'), ['1.*', 'payments/*'])
  t.strictSame(parseKeepPatterns(''), [])
  for (const wrong of ['[', 'a/b/c', '1.0,a[b', 'a\\', '[]']) t.throws(() => parseKeepPatterns(wrong), { code: 'bad-pattern' }, wrong)
})

t.test('a publish trims its chart to the limit, with provenance files, and touches no other', async t => {
  const before = await openCatalog(t)
  for (const version of ['1.0.0', '2.0.0', '3.0.0', '4.0.0']) {
    for (const name of ['x', 'other']) await publish(before.catalog, '', { chart: await chartArchive(name, version), provenance: provenanceOf(name, version) })
  }
  const gone: number[] = []
  const tried = await openCatalog(t, { database: before.database, backend: before.backend, retention: { limit: 2, order: 'semver', keep: [] }, onTrimmed: versions => gone.push(versions) })
  const { catalog, backend } = tried
  await publishChart(catalog, '', 'x', '5.0.0')
  t.strictSame(gone, [3])
  t.strictSame(listed(await catalog.index('', 'json')), ['other 4.0.0', 'other 3.0.0', 'other 2.0.0', 'other 1.0.0', 'x 5.0.0', 'x 4.0.0'])
  const left: string[] = []
  for await (const { key } of backend.list('x-')) left.push(key)
  t.strictSame(left, ['x-4.0.0.tgz', 'x-4.0.0.tgz.prov', 'x-5.0.0.tgz'])

  await publish(catalog, '', { chart: await chartArchive('x', '4.0.0', { 'values.yaml': 'a: 1\n' }) }, { overwrite: true })
  await publish(catalog, '', { provenance: provenanceOf('x', '5.0.0') })
  t.strictSame((await catalog.versions('', 'x')).map(({ version }) => version), ['5.0.0', '4.0.0'], 'an overwrite removes nothing')
  await publishChart(catalog, '', 'x', '0.1.0')
  t.strictSame((await catalog.versions('', 'x')).map(({ version }) => version), ['5.0.0', '0.1.0'], 'what was just published stays')
  t.strictSame(gone, [3, 1], 'how many went is told when some did')
  t.strictSame(tried.faults, [])
  await checkWhole(t, { ...tried, database: before.database })
})

t.test('what would go can be seen before it goes', async t => {
  const tried = await openCatalog(t)
  const { catalog } = tried
  for (const version of ['1.0.0', '2.0.0', '3.0.0']) {
    for (const tenant of ['', 'org']) await publishChart(catalog, tenant, 'x', version)
  }
  await publishChart(catalog, '', 'why', '1.0.0')
  const policy: RetentionPolicy = { limit: 1, order: 'semver', keep: ['2.*'] }
  t.strictSame((await catalog.surplus(policy)).map(({ tenant, fileName }) => `${tenant}/${fileName}`), ['/x-1.0.0.tgz', 'org/x-1.0.0.tgz'])
  t.strictSame((await catalog.surplus(policy, 'org')).map(({ tenant, chart, version }) => [tenant, chart, version]), [['org', 'x', '1.0.0']])
  t.equal((await catalog.index('', 'json')).versions, 4, 'nothing has gone')
  t.equal((await catalog.prune(policy)).length, 2)
  t.strictSame([...listed(await catalog.index('', 'json')), ...listed(await catalog.index('org', 'json'))], ['why 1.0.0', 'x 3.0.0', 'x 2.0.0', 'x 3.0.0', 'x 2.0.0'])
  t.strictSame(await catalog.surplus(policy), [])
  await checkWhole(t, tried)
})

t.test('uploads of one chart at once leave as many versions as may be', async t => {
  const tried = await openCatalog(t, { retention: { limit: 3, order: 'age', keep: [] } })
  await Promise.all(Array.from({ length: 20 }, (_, i) => publishChart(tried.catalog, '', 'x', `1.0.${i}`)))
  t.equal((await tried.catalog.versions('', 'x')).length, 3)
  t.strictSame(tried.faults, [])
  await checkWhole(t, tried)
})
