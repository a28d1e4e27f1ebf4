import t from 'tap'
import { isPrerelease, newestOf, readVersions, summarise } from '../../src/web/chart.js'

const version = (version: string, rest: Record<string, unknown> = {}): Record<string, unknown> => ({ name: 'boat', version, ...rest })

t.test('a version is read with all that the page shows', async t => {
  const [read] = readVersions([version('1.2.3', {
    appVersion: '7',
    description: 'Floats',
    icon: 'https://example.com/boat.png',
    created: '2026-11-20T16:53:46.759Z',
    digest: 'sha256:abc',
    deprecated: true,
    keywords: ['sea', 'sail'],
    urls: ['charts/boat-1.2.3.tgz'],
    maintainers: [{ name: 'Team A', email: 'team-a@example.com' }],
    dependencies: [{ name: 'mast', version: '^1', repository: 'https://example.com' }]
  })])
  t.match(read, {
    name: 'boat',
    version: '1.2.3',
    appVersion: '7',
    description: 'Floats',
    created: Date.UTC(2026, 10, 20, 16, 53, 46, 759),
    digest: 'abc',
    deprecated: true,
    home: '',
    keywords: ['sea', 'sail'],
    urls: ['charts/boat-1.2.3.tgz'],
    maintainers: [{ name: 'Team A', email: 'team-a@example.com', url: '' }],
    dependencies: [{ name: 'mast', version: '^1', repository: 'https://example.com' }]
  })
})

t.test('what has another type counts as not given', async t => {
  const [read] = readVersions([version('1.0.0', { appVersion: 7, description: { a: 1 }, created: 'soon', deprecated: 'yes', keywords: 'sea', urls: [1, 'x', null], maintainers: { name: 'Team A' }, dependencies: [null, 5] })])
  t.match(read, { appVersion: '', description: '', created: undefined, deprecated: false, keywords: [], urls: ['x'], maintainers: [], dependencies: [] })
  t.equal(readVersions([version('1.0.0', { created: '0001-01-01T00:00:00Z' })])[0]?.created, undefined, 'a time that Go never set')
})

t.test('what is no version is left out', async t => {
  t.strictSame(readVersions([null, 'boat', { name: 'boat' }, { version: '1.0.0' }, version('1.0.0')]).map(each => each.version), ['1.0.0'])
  for (const json of [undefined, null, 'text', { 0: version('1.0.0') }]) t.strictSame(readVersions(json), [])
})

t.test('a name that is special to JavaScript is a name', async t => {
  const read = readVersions(JSON.parse('[{"name":"__proto__","version":"1.0.0","__proto__":{"description":"x"}}]'))
  t.match(read, [{ name: '__proto__', description: '' }])
})

t.test('the newest version is the highest that is no pre-release', async t => {
  const newest = (...versions: string[]): string | undefined => newestOf(readVersions(versions.map(each => version(each))))?.version
  t.equal(newest('2.0.0-rc.1', '1.1.0', '1.0.0'), '1.1.0')
  t.equal(newest('2.0.0-rc.1', '2.0.0-beta.1'), '2.0.0-rc.1', 'a pre-release when there is nothing else')
  t.equal(newest(), undefined)
  t.equal(isPrerelease('1.0.0+build-5'), false, 'a dash of the build is none of a pre-release')
  t.equal(isPrerelease('1.0.0-a+b'), true)
})

t.test('the list has a chart once, with its last publication and the text to search', async t => {
  const chart = summarise(readVersions([
    version('1.1.0-rc.1', { created: '2026-03-01T00:00:00Z' }),
    version('1.0.0', { created: '2026-01-01T00:00:00Z', description: 'FLOATS', keywords: ['Sea'] })
  ]))
  t.match(chart, { name: 'boat', newest: { version: '1.0.0' }, versions: 2, updated: Date.UTC(2026, 2, 1) })
  t.match(chart?.text, /boat[^]*floats[^]*sea/)
  t.equal(summarise([]), undefined)
})
