import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { packageRoot } from '../../src/db/package-root.js'
import { marshalYaml } from '../../src/go/yaml.js'
import { unmarshalJson } from '../../src/go/json.js'
import { chartArchive } from '../helpers/chart-archive.js'
import { everything, helmCases } from './full-chart.js'
import { listed, openCatalog, publish, publishChart, sha256, textOf } from './open-catalog.js'

/** Names whose order or form differs between YAML and JSON. */
const oddNames = ['chart2', 'chart10', 'Chart', 'a-b', 'ab', 'a.b', 'a_b', '"quoted"', 'true', '1.0', '12', '2', 'null', '- dash', 'with space', 'a: b', '#x', 'ü', '漢字', '😀', '? x',
  'l'.repeat(127), 'm'.repeat(128), 'n'.repeat(129), 'o'.repeat(200), `with ${'space '.repeat(20)}end`, '%41?#']

function recorded (file: string): string {
  return readFileSync(join(packageRoot(), 'test/fixtures/catalog', file), 'utf8')
}

t.test('the index is, to the byte, what sigs.k8s.io/yaml makes of the whole', async t => {
  const { catalog } = await openCatalog(t)
  for (const [i, name] of oddNames.entries()) {
    for (const version of ['1.0.0', `1.0.${i}-rc.1`, '2.0.0+a']) {
      const chartYaml = i % 4 === 0 ? everything(name, version) : `name: ${JSON.stringify(name)}\nversion: ${version}\n`
      await publish(catalog, '', { chart: await chartArchive('x', version, { 'Chart.yaml': chartYaml }) })
    }
  }
  for (const [name, version] of [['full', '1.2.3'], ['full', '1.2.10'], ['plain', '0.1.0']] as const) {
    await publish(catalog, '', { chart: await chartArchive(name, version, name === 'full' ? { 'Chart.yaml': everything(name, version) } : {}) })
  }
  const index = await catalog.index('', 'json')
  const json = textOf(index.parts())
  const inYaml = await catalog.index('', 'yaml')
  const yaml = textOf(inYaml.parts())
  t.equal(yaml, marshalYaml(unmarshalJson(json)))
  t.equal(inYaml.length, Buffer.byteLength(yaml))
  t.equal(index.length, Buffer.byteLength(json))
  t.equal(index.charts, oddNames.length + 2)
  t.equal(index.versions, oddNames.length * 3 + 3)
  t.match(yaml, /^apiVersion: v1\nentries:\n {2}'? ?/)
  t.match(yaml, /\ngenerated: "2026-11-20T12:34:57Z"\nserverInfo: \{\}\n$/)
  t.match(json, /^\{"apiVersion":"v1","generated":"2026-11-20T12:34:57Z","entries":\{"/)
  t.match(json, /\},"serverInfo":\{\}\}$/)
})

t.test('it is what Helm makes of the same archives', async t => {
  const { catalog } = await openCatalog(t)
  for (const { archive } of await helmCases()) await publish(catalog, '', { chart: archive })
  // Times are those of the making, digests depend on the version of zlib, and Helm itself has no serverInfo.
  const plain = (text: string): string => text.replaceAll(/(created|generated): ".*"/g, '$1: TIME').replaceAll(/digest: [0-9a-f]{64}/g, 'digest: SHA256')
  const index = plain(textOf((await catalog.index('', 'yaml')).parts()))
  t.equal(index.replace(/serverInfo: \{\}\n$/, ''), plain(recorded('helm-index.yaml')))
})

t.test('so it is as JSON, down to the order of fields', async t => {
  const { catalog } = await openCatalog(t)
  for (const { archive } of await helmCases()) await publish(catalog, '', { chart: archive })
  // Helm indents; the escaped characters and the order of names are what is compared.
  const plain = (text: string): string => text.replaceAll(/\n */g, '').replaceAll(/"(created|generated|digest)": ?"[^"]*"/g, '"$1":""').replaceAll(/": (?=["[{tfn\d])/g, '":')
  const index = plain(textOf((await catalog.index('', 'json')).parts()))
  t.equal(index.replace(/,"serverInfo":\{\}\}$/, '}'), plain(recorded('helm-index.json')))
})

t.test('an entry has the fields of Chart.yaml in Helm\'s order, and its own', async t => {
  const { catalog } = await openCatalog(t)
  const chart = await chartArchive('full', '1.2.3', { 'Chart.yaml': everything('full', '1.2.3') })
  const record = (await publish(catalog, '', { chart })).chart
  const entry = JSON.parse(record?.json ?? '') as Record<string, unknown>
  t.strictSame(Object.keys(entry), ['name', 'home', 'sources', 'version', 'description', 'keywords', 'maintainers', 'icon', 'apiVersion', 'condition', 'tags',
    'appVersion', 'deprecated', 'annotations', 'kubeVersion', 'dependencies', 'type', 'urls', 'created', 'digest'])
  t.strictSame((entry['maintainers'] as object[]).map(Object.keys), [['name', 'email', 'url'], ['name']])
  t.strictSame((entry['dependencies'] as object[]).map(Object.keys), [['name', 'version', 'repository', 'tags', 'import-values', 'alias']])
  t.match(entry, { urls: ['charts/full-1.2.3.tgz'], created: '2026-11-20T12:34:56.789Z', digest: sha256(chart), appVersion: '1.10' })
  t.match(record?.json, /"icon":"https:\/\/example\.com\/i\.svg\?a=b\\u0026c=\\u003cd\\u003e"/)
})

t.test('a chart without apiVersion is v1, and brings its requirements', async t => {
  const { catalog } = await openCatalog(t)
  const chart = await chartArchive('old', '1.0.0', {
    'Chart.yaml': 'name: old\nversion: 1.0.0\n',
    'requirements.yaml': 'dependencies:\n- {name: sub, version: 1.x, repository: "https://example.com"}\n'
  })
  t.match(JSON.parse((await publish(catalog, '', { chart })).chart?.json ?? ''), { apiVersion: 'v1', dependencies: [{ name: 'sub' }] })
})

t.test('an empty index', async t => {
  const { catalog } = await openCatalog(t)
  const index = await catalog.index('nobody', 'json')
  t.equal(textOf((await catalog.index('nobody', 'yaml')).parts()), 'apiVersion: v1\nentries: {}\ngenerated: "1970-01-01T00:00:00Z"\nserverInfo: {}\n')
  t.equal(textOf(index.parts()), '{"apiVersion":"v1","generated":"1970-01-01T00:00:00Z","entries":{},"serverInfo":{}}')
  t.match(index, { revision: 0n, charts: 0, versions: 0 })
  t.equal(index.etag, (await catalog.index('nobody', 'json')).etag)
  t.not(index.etag, (await catalog.index('nobody else', 'json')).etag)
  t.strictSame(await catalog.tenants(), [], 'asking for it left nothing behind')
})

t.test('URLs are made absolute for the answer, and stay relative in the records', async t => {
  const { catalog, database, backend } = await openCatalog(t)
  for (const version of ['1.0.0', '1.1.0+b']) {
    for (const tenant of ['', 'org/team']) await publish(catalog, tenant, { chart: await chartArchive('full', version, { 'Chart.yaml': everything('full', version) }) })
  }
  await publish(catalog, '', { chart: await chartArchive('x', '1.0.0', { 'Chart.yaml': `name: ${'n'.repeat(150)}\nversion: 1.0.0\n` }) })
  const relative = await catalog.index('', 'yaml')
  const cases = [
    [{ chartUrl: 'https://charts.example.com/' }, '', 'https://charts.example.com/charts/'],
    [{ chartUrl: 'https://charts.example.com', contextPath: '/ctx' }, '', 'https://charts.example.com/ctx/charts/'],
    [{ chartUrl: 'https://charts.example.com', contextPath: '/ctx' }, 'org/team', 'https://charts.example.com/ctx/org/team/charts/'],
    [{ chartUrl: `https://${'long.'.repeat(20)}example.com` }, '', `https://${'long.'.repeat(20)}example.com/charts/`]
  ] as const
  for (const [options, tenant, base] of cases) {
    const other = (await openCatalog(t, { ...options, database, backend })).catalog
    const index = await other.index(tenant, 'json')
    const parsed = JSON.parse(textOf(index.parts())) as { entries: Record<string, Array<{ urls: string[] }>> }
    t.strictSame(parsed.entries['full']?.map(entry => entry.urls), [[`${base}full-1.1.0+b.tgz`], [`${base}full-1.0.0.tgz`]])
    t.equal(textOf((await other.index(tenant, 'yaml')).parts()), marshalYaml(unmarshalJson(textOf(index.parts()))))
    t.strictSame(JSON.parse((await other.version(tenant, 'full', 'latest')).json), parsed.entries['full']?.[0])
    t.not(index.etag, (await catalog.index(tenant, 'json')).etag)
  }
  const below = (await openCatalog(t, { contextPath: '/ctx', database })).catalog
  t.match(textOf((await below.index('', 'yaml')).parts()), /\nserverInfo:\n {2}contextPath: \/ctx\n$/)
  t.equal(textOf((await catalog.index('', 'yaml')).parts()), textOf(relative.parts()))
})

t.test('characters that would end a URL\'s path are escaped', async t => {
  const { catalog } = await openCatalog(t)
  const chart = await chartArchive('x', '1.0.0', { 'Chart.yaml': 'name: "a?b#c%d+e"\nversion: 1.0.0+f\n' })
  const record = (await publish(catalog, '', { chart })).chart
  t.match(JSON.parse(record?.json ?? ''), { urls: ['charts/a%3Fb%23c%25d+e-1.0.0+f.tgz'] })
})

t.test('the entity tag changes with the index, and with nothing else', async t => {
  const { catalog, database } = await openCatalog(t)
  const tags: string[] = []
  const see = async (): Promise<void> => { tags.push((await catalog.index('', 'json')).etag) }
  await see()
  await publishChart(catalog, '', 'x', '1.0.0')
  await see()
  await publish(catalog, '', { provenance: '-----BEGIN PGP SIGNED MESSAGE-----\nname: x\nversion: 1.0.0\n' })
  await t.rejects(publishChart(catalog, '', 'x', '1.0.0'))
  await publishChart(catalog, 'other', 'x', '1.0.0')
  await see()
  t.equal((await (await openCatalog(t, { database })).catalog.index('', 'json')).etag, tags[2], 'the same in another process')
  t.equal(tags[1], tags[2])
  await catalog.remove('', 'x', '1.0.0')
  await see()
  await publishChart(catalog, '', 'x', '1.0.0')
  await see()
  t.equal(new Set(tags).size, 4)
})

t.test('a view keeps showing the revision that it was taken at', async t => {
  const { catalog } = await openCatalog(t)
  await publishChart(catalog, '', 'x', '1.0.0')
  const view = await catalog.index('', 'yaml')
  const before = textOf(view.parts())
  await publishChart(catalog, '', 'x', '2.0.0')
  await catalog.remove('', 'x', '1.0.0')
  t.equal(textOf(view.parts()), before)
  t.strictSame(listed(await catalog.index('', 'json')), ['x 2.0.0'])
})

t.test('every change shows at once, and only the changed chart is built anew', async t => {
  const { catalog } = await openCatalog(t)
  const expected = new Set<string>()
  for (const name of ['a', 'b', 'c']) {
    for (const version of ['1.0.0', '1.1.0', '2.0.0-rc.1']) {
      await publishChart(catalog, '', name, version)
      expected.add(`${name} ${version}`)
      t.strictSame(new Set(listed(await catalog.index('', 'json'))), expected)
    }
  }
  for (const name of ['b', 'a']) {
    for (const version of ['1.1.0', '1.0.0', '2.0.0-rc.1']) {
      await catalog.remove('', name, version)
      expected.delete(`${name} ${version}`)
      t.strictSame(new Set(listed(await catalog.index('', 'json'))), expected)
    }
  }
  t.strictSame(listed(await catalog.index('', 'json')), ['c 2.0.0-rc.1', 'c 1.1.0', 'c 1.0.0'])
})

t.test('two catalogues on one database see each other\'s changes at once', async t => {
  const url = `sqlite:${join(t.testdir(), 'portolan.db')}`
  const one = await openCatalog(t, { url })
  const two = await openCatalog(t, { url, backend: one.backend })
  for (let i = 0; i < 20; i++) {
    const [writer, reader] = i % 2 === 0 ? [one, two] : [two, one]
    await publishChart(writer.catalog, '', 'x', `1.0.${i}`)
    t.equal(listed(await reader.catalog.index('', 'json'))[0], `x 1.0.${i}`)
    t.equal((await reader.catalog.version('', 'x', 'latest')).version, `1.0.${i}`)
    if (i % 5 === 4) {
      await reader.catalog.remove('', 'x', `1.0.${i}`)
      t.notOk(listed(await writer.catalog.index('', 'json')).includes(`x 1.0.${i}`))
    }
  }
  t.equal(textOf((await one.catalog.index('', 'yaml')).parts()), textOf((await two.catalog.index('', 'yaml')).parts()))
  t.equal((await one.catalog.index('', 'json')).etag, (await two.catalog.index('', 'json')).etag)
})

t.test('many who ask at once, while others publish, each see what was published before they asked', async t => {
  const { catalog } = await openCatalog(t)
  const progress = { published: 0 }
  const publishing = (async () => {
    for (; progress.published < 30; progress.published++) await publishChart(catalog, '', `chart-${progress.published % 3}`, `1.0.${progress.published}`)
  })()
  while (progress.published < 30) {
    await Promise.all(Array.from({ length: 5 }, async () => {
      const before = progress.published
      const seen = listed(await catalog.index('', 'json')).length
      if (seen < before) t.fail(`${seen} of ${before} were seen`)
    }))
    await new Promise(resolve => setImmediate(resolve))
  }
  await publishing
  t.equal(listed(await catalog.index('', 'json')).length, 30)
})

t.test('entries alone, by pages of names', async t => {
  const { catalog } = await openCatalog(t)
  for (const name of ['chart10', 'chart2', 'B', 'a']) {
    for (const version of ['1.0.0', '2.0.0']) await publishChart(catalog, '', name, version)
  }
  const names = async (page?: { offset: number, limit?: number }): Promise<string[]> => Object.keys(JSON.parse(textOf(await catalog.entries('', page))) as object)
  t.strictSame(await names(), ['B', 'a', 'chart10', 'chart2'])
  t.strictSame(await names({ offset: 1 }), ['a', 'chart10', 'chart2'])
  t.strictSame(await names({ offset: 1, limit: 2 }), ['a', 'chart10'])
  t.strictSame(await names({ offset: 3, limit: 10 }), ['chart2'])
  t.strictSame(await names({ offset: 4, limit: 1 }), [])
  t.equal(textOf(await catalog.entries('nobody')), '{}')
})
