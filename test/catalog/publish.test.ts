import t from 'tap'
import { chartArchive } from '../helpers/chart-archive.js'
import { bytesOf, checkWhole, listed, now, openCatalog, provenanceOf, publish, publishChart, sha256, stream } from './open-catalog.js'

t.test('a chart is published: record, bytes, index', async t => {
  const tried = await openCatalog(t)
  const { catalog } = tried
  const chart = await chartArchive('mychart', '0.1.0')
  const published = await publish(catalog, '', { chart })
  t.match(published, { chart: { name: 'mychart', version: '0.1.0', fileName: 'mychart-0.1.0.tgz', size: chart.length, digest: sha256(chart), created: now } })
  t.strictSame(Object.keys(published), ['chart'])
  t.ok((await bytesOf(catalog, '', 'mychart-0.1.0.tgz')).equals(chart))
  t.strictSame(listed(await catalog.index('', 'json')), ['mychart 0.1.0'])
  await checkWhole(t, tried)
})

t.test('tenants are apart', async t => {
  const tried = await openCatalog(t)
  for (const tenant of ['', 'org1', 'org10', 'org1/team-a', 'charts']) await publishChart(tried.catalog, tenant, 'x', '1.0.0')
  await publishChart(tried.catalog, 'org1', 'z', '1.0.0')
  t.strictSame(listed(await tried.catalog.index('org1', 'json')), ['x 1.0.0', 'z 1.0.0'])
  t.strictSame(listed(await tried.catalog.index('org1/team-a', 'json')), ['x 1.0.0'])
  t.strictSame(await tried.catalog.tenants(), ['', 'charts', 'org1', 'org1/team-a', 'org10'])
  await checkWhole(t, tried)
})

t.test('a version is published once', async t => {
  const tried = await openCatalog(t)
  const chart = await publishChart(tried.catalog, '', 'x', '1.0.0')
  const other = await chartArchive('x', '1.0.0', { 'values.yaml': 'other: true\n' })
  await t.rejects(publish(tried.catalog, '', { chart: other }), { code: 'already-exists', message: 'x-1.0.0.tgz already exists' })
  t.ok((await bytesOf(tried.catalog, '', 'x-1.0.0.tgz')).equals(chart))
  t.equal((await tried.catalog.index('', 'json')).revision, 1n)
  await checkWhole(t, tried)
})

t.test('unless it may be overwritten', async t => {
  const tried = await openCatalog(t)
  await publishChart(tried.catalog, '', 'x', '1.0.0')
  const other = await chartArchive('x', '1.0.0', { 'values.yaml': 'other: true\n' })
  const published = await publish(tried.catalog, '', { chart: other }, { overwrite: true })
  t.equal(published.chart?.digest, sha256(other))
  t.ok((await bytesOf(tried.catalog, '', 'x-1.0.0.tgz')).equals(other))
  t.strictSame(listed(await tried.catalog.index('', 'json')), ['x 1.0.0'])
  await publish(tried.catalog, '', { chart: await chartArchive('x', '2.0.0') }, { overwrite: true })
  await checkWhole(t, tried)
})

t.test('a provenance file needs no chart, and leaves the index alone', async t => {
  const tried = await openCatalog(t)
  const provenance = provenanceOf('x', '1.0.0')
  const published = await publish(tried.catalog, '', { provenance })
  t.match(published, { provenance: { fileName: 'x-1.0.0.tgz.prov', digest: sha256(provenance), size: provenance.length } })
  t.equal((await tried.catalog.index('', 'json')).revision, 0n)
  await t.rejects(publish(tried.catalog, '', { provenance }), { code: 'already-exists' })
  await publish(tried.catalog, '', { provenance: `${provenance}more\n` }, { overwrite: true })
  t.equal((await bytesOf(tried.catalog, '', 'x-1.0.0.tgz.prov')).toString(), `${provenance}more\n`)
  await checkWhole(t, tried)
})

t.test('chart and provenance file go together, or not at all', async t => {
  const tried = await openCatalog(t)
  const given = { chart: await chartArchive('x', '1.0.0'), provenance: provenanceOf('x', '1.0.0') }
  await publish(tried.catalog, '', { provenance: given.provenance })
  await t.rejects(publish(tried.catalog, '', given), { code: 'already-exists', message: 'x-1.0.0.tgz.prov already exists' })
  t.strictSame(listed(await tried.catalog.index('', 'json')), [])
  await checkWhole(t, tried)
  const published = await publish(tried.catalog, '', given, { overwrite: true })
  t.strictSame(Object.keys(published), ['chart', 'provenance'])
  await publish(tried.catalog, 'other', { chart: given.chart, provenance: provenanceOf('y', '2.0.0') })
  await checkWhole(t, tried)
})

t.test('what is no chart is refused in Helm\'s words, and never reaches the backend', async t => {
  const tried = await openCatalog(t)
  const chartYaml = (text: string): Promise<Buffer> => chartArchive('x', '1.0.0', { 'Chart.yaml': text })
  const refused: Array<[Uint8Array, string | RegExp]> = [
    [Buffer.alloc(0), 'EOF'],
    [Buffer.from('not gzip at all, but long enough to tell'), 'gzip: invalid header'],
    [await chartYaml('name: ../../evil\nversion: 1.0.0\n'), 'validation: chart.metadata.name "../../evil" is invalid'],
    [await chartYaml('name: a/b\nversion: 1.0.0\n'), 'validation: chart.metadata.name "a/b" is invalid'],
    [await chartYaml('name: ..\nversion: 1.0.0\n'), 'validation: chart.metadata.name ".." is not allowed'],
    [await chartYaml('name: .\nversion: 1.0.0\n'), 'validation: chart.metadata.name "." is not allowed'],
    [await chartYaml('version: 1.0.0\n'), 'validation: chart.metadata.name is required'],
    [await chartYaml('name: x\n'), 'validation: chart.metadata.version is required'],
    [await chartYaml('name: x\nversion: one\n'), 'validation: chart.metadata.version "one" is invalid'],
    [await chartYaml('name: x\nversion: 1.0.0/../../y\n'), /version .* is invalid/],
    [await chartYaml('name: a\\b\nversion: 1.0.0\n'), 'a\\b-1.0.0.tgz is improperly formatted'],
    [await chartYaml(`name: ${'x'.repeat(300)}\nversion: 1.0.0\n`), /is improperly formatted/],
    [await chartYaml('name: [\n'), /^cannot load Chart.yaml: error converting YAML to JSON: yaml: /]
  ]
  for (const [chart, message] of refused) await t.rejects(publish(tried.catalog, '', { chart }), { code: 'invalid-chart', message })
  await t.rejects(tried.catalog.publish('', {}, { overwrite: false }), { code: 'invalid-chart' })
  t.strictSame(await tried.catalog.tenants(), [])
  await checkWhole(t, tried)
})

t.test('control characters in a name are taken out, as Helm does', async t => {
  const tried = await openCatalog(t)
  const chart = await chartArchive('x', '1.0.0', { 'Chart.yaml': 'name: "a\\u0007\\u202eb"\nversion: 1.0.0\n' })
  t.equal((await publish(tried.catalog, '', { chart })).chart?.fileName, 'ab-1.0.0.tgz')
  await checkWhole(t, tried)
})

t.test('what is no provenance file is refused', async t => {
  const tried = await openCatalog(t)
  const refused: Array<[string, string]> = [
    ['', 'invalid provenance file'],
    ['name: x\nversion: 1.0.0\n', 'invalid provenance file'],
    ['-----BEGIN PGP SIGNED MESSAGE-----\nversion: 1.0.0\n', 'invalid provenance file'],
    [provenanceOf('../evil', '1.0.0'), '../evil-1.0.0.tgz is improperly formatted'],
    [provenanceOf('..\\evil', '1.0.0'), '..\\evil-1.0.0.tgz is improperly formatted'],
    [provenanceOf('x', '1.0.0/..'), 'x-1.0.0/...tgz is improperly formatted']
  ]
  for (const [provenance, message] of refused) {
    await t.rejects(publish(tried.catalog, '', { provenance }), { code: 'invalid-provenance', message })
    await t.rejects(publish(tried.catalog, '', { provenance, chart: await chartArchive('x', '1.0.0') }), { code: 'invalid-provenance' })
  }
  await checkWhole(t, tried)
})

t.test('tenants that cannot be part of a key are refused everywhere', async t => {
  const { catalog, backend } = await openCatalog(t)
  const upload = { chart: await catalog.spool(stream(await chartArchive('x', '1.0.0')), 1e6) }
  for (const tenant of ['..', '.', 'a/../b', '/a', 'a/', 'a//b', 'a\\b', 'a\u0000', '_oci', '_oci/x', '.portolan', 'lost+found/x', 'x'.repeat(300), 'y/'.repeat(500) + 'y']) {
    const error = { code: 'invalid-name' }
    await t.rejects(catalog.publish(tenant, upload, { overwrite: true }), error, tenant)
    await t.rejects(catalog.index(tenant, 'json'), error)
    await t.rejects(catalog.charts(tenant), error)
    await t.rejects(catalog.versions(tenant, 'x'), error)
    await t.rejects(catalog.version(tenant, 'x', 'latest'), error)
    await t.rejects(catalog.open(tenant, 'x-1.0.0.tgz'), error)
    await t.rejects(catalog.stat(tenant, 'x-1.0.0.tgz'), error)
    await t.rejects(catalog.remove(tenant, 'x', '1.0.0'), error)
    await t.rejects(catalog.counts(tenant), error)
  }
  t.strictSame((await backend.list('')[Symbol.asyncIterator]().next()).done, true)
})

t.test('two pairs of name and version that come to one file name are not both published', async t => {
  const tried = await openCatalog(t)
  await publishChart(tried.catalog, '', 'a', '1-2.0.0')
  for (const overwrite of [false, true]) {
    await t.rejects(publish(tried.catalog, '', { chart: await chartArchive('a-1', '2.0.0') }, { overwrite }), { code: 'already-exists' })
  }
  t.strictSame(listed(await tried.catalog.index('', 'json')), ['a 1-2.0.0'])
  await checkWhole(t, tried)
})

t.test('versions are kept as they are written', async t => {
  const tried = await openCatalog(t)
  for (const version of ['1', 'v1.2.3', '1.2', '1.0.0+build.5', '1.0.0-rc.1', '01.2.3']) await publishChart(tried.catalog, '', 'x', version)
  t.strictSame(listed(await tried.catalog.index('', 'json')), ['x v1.2.3', 'x 01.2.3', 'x 1.2', 'x 1.0.0+build.5', 'x 1', 'x 1.0.0-rc.1'])
  t.equal((await tried.catalog.stat('', 'x-1.0.0+build.5.tgz')).fileName, 'x-1.0.0+build.5.tgz')
  await checkWhole(t, tried)
})
