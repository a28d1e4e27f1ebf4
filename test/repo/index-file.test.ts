import t from 'tap'
import { chartVersionToStruct } from '../../src/repo/chart-version.js'
import { IndexFile, isVersionRange, newestFirst } from '../../src/repo/index-file.js'
import { RepoError } from '../../src/repo/errors.js'
import { marshalJson } from '../../src/go/json.js'
import { readRecording } from '../compat/chart-recording.js'

interface LookUps { versions: string[], found: Record<string, { version?: string, error?: string }> }

const entry = (version: string, more = ''): string => `  - {apiVersion: v2, name: ship, version: "${version}", urls: ["ship-${version}.tgz"]${more}}\n`
const indexOf = (...entries: readonly string[]): IndexFile => IndexFile.parse(`apiVersion: v1\nentries:\n  ship:\n${entries.join('')}`, 'test')

t.test('the version that Helm chooses is chosen', async t => {
  const { versions, found } = readRecording<LookUps>('look-ups').cases
  const index = indexOf(...versions.map(version => entry(version)))
  for (const [constraint, { version, error }] of Object.entries(found)) {
    if (error === undefined) t.equal(index.get('ship', constraint).version, version, constraint)
    else t.throws(() => index.get('ship', constraint), RepoError, constraint)
  }
})

t.test('what is not found is told', async t => {
  const index = indexOf(entry('1.0.0'), entry('2.0.0-rc.1'))
  t.throws(() => index.get('boat', ''), new RepoError('chart-not-found', 'no chart name found'))
  t.throws(() => index.get('ship', '3'), new RepoError('version-not-found', 'no chart version found for ship-3'))
  t.throws(() => index.get('ship', 'latest'), { code: 'invalid-constraint', message: 'improper constraint: "latest"' })
  index.entries.set('none', [])
  t.throws(() => index.get('none', ''), new RepoError('version-not-found', 'no chart version found'))
  t.equal(index.has('ship', '1'), true)
  t.equal(index.has('ship', 'latest'), false)
})

t.test('another version than the one that was asked for comes with a warning', async t => {
  const warnings: string[] = []
  const index = indexOf(entry('1.2.3'), entry('1.2.0'))
  for (const wanted of ['1.2.3', '1.2', '^1.2', '1.x', '']) index.get('ship', wanted, message => warnings.push(message))
  t.strictSame(warnings, ['unable to find exact version requested; falling back to closest available version: chart ship, requested 1.2, selected 1.2.3'])
  t.strictSame(['^1', '~1', '>1', '1 - 2', '1 || 2', '*', '1.x', '1.X.0', '1.0.0-x', '1.0.0+x', '1.0.0'].map(isVersionRange), [true, true, true, true, true, true, true, true, false, false, false])
})

t.test('versions are sorted, the newest first', async t => {
  const index = indexOf(...['1.0.0', '1.10.0', 'v1.9.0', '1.10.0-rc.1', '2', '1.0.0+b', '0.0.1'].map(version => entry(version)))
  t.strictSame(index.entries.get('ship')?.map(({ version }) => version), ['2', '1.10.0', '1.10.0-rc.1', 'v1.9.0', '1.0.0', '1.0.0+b', '0.0.1'])
  t.strictSame(newestFirst([{ name: 'a', version: 'x', urls: [] }, { name: 'a', version: '1.0.0', urls: [] }, { name: 'a', version: 'y', urls: [] }]).map(({ version }) => version), ['1.0.0', 'x', 'y'])
})

t.test('entries that break a rule are left out, with a warning', async t => {
  const warnings: string[] = []
  const index = IndexFile.parse(`apiVersion: v1
entries:
  ship:
  - null
  - {name: ship, version: x}
  - {name: "", version: 1.0.0}
  - {name: ship, version: 1.0.0, dependencies: [{name: a, repository: ""}, {name: a, repository: ""}]}
  - {name: ship, version: 2.0.0, description: "a\\tb"}
  none: null
`, 'a file', message => warnings.push(message))
  t.strictSame(index.entries.get('ship')?.map(({ version, apiVersion, description, urls }) => [version, apiVersion, description, urls]), [['2.0.0', 'v1', 'a b', []], ['1.0.0', 'v1', undefined, []]])
  t.strictSame(index.entries.get('none'), [])
  t.strictSame(warnings, [
    'skipping loading invalid entry for chart: empty entry: chart ship, source a file',
    'skipping loading invalid entry for chart: validation: chart.metadata.version "x" is invalid: chart ship, version x, source a file',
    'skipping loading invalid entry for chart: validation: chart.metadata.name is required: chart ship, version 1.0.0, source a file'
  ])
})

t.test('indexes that cannot be read', async t => {
  const refused = (text: string, code: string, message: string): void => {
    t.throws(() => IndexFile.parse(text, 'test'), { name: 'RepoError', code, message }, text)
  }
  refused('', 'empty-index', 'empty index.yaml file')
  refused('{}', 'no-api-version', 'no API version specified')
  refused('entries: {}\n', 'no-api-version', 'no API version specified')
  refused('apiVersion: v1\nentries: []\n', 'invalid-index', 'error unmarshaling JSON: while decoding JSON: json: cannot unmarshal array into Go struct field IndexFile.entries of type map[string]repo.ChartVersions')
  refused('apiVersion: v1\ncolour: red\n', 'invalid-index', 'error unmarshaling JSON: while decoding JSON: json: unknown field "colour"')
  refused('apiVersion: v1\nentries: {a: [{name: a, version: 1.0.0, colour: red}]}\n', 'invalid-index', 'error unmarshaling JSON: while decoding JSON: json: unknown field "colour"')
  refused('apiVersion: v1\napiVersion: v1\n', 'invalid-index', 'error converting YAML to JSON: yaml: unmarshal errors:\n  line 2: key "apiVersion" already set in map')
  refused('a: [\n', 'invalid-index', 'error converting YAML to JSON: yaml: line 1: did not find expected node content')
  refused('"text"', 'invalid-index', 'json: cannot unmarshal string into Go value of type repo.IndexFile')
  refused('apiVersion: v1\ngenerated: yesterday\n', 'invalid-index', 'error unmarshaling JSON: while decoding JSON: parsing time "yesterday" as "2006-01-02T15:04:05Z07:00": cannot parse "yesterday" as "2006"')
})

t.test('JSON is read leniently', async t => {
  const index = IndexFile.parse('{"apiVersion":"v1","colour":"red","serverInfo":{"contextPath":"/x"},"entries":{"ship":[{"name":"ship","version":"1.0.0","urls":["u"],"digest":"d","created":"2020-01-02T03:04:05.600Z","removed":true,"more":1}]},"publicKeys":["k"],"annotations":{"a":"b"}}', 'test')
  t.strictSame(index.get('ship', ''), { apiVersion: 'v1', name: 'ship', version: '1.0.0', urls: ['u'], digest: 'd', created: '2020-01-02T03:04:05.6Z', removed: true })
  t.strictSame(index.publicKeys, ['k'])
  t.strictSame(index.annotations, new Map([['a', 'b']]))
})

t.test('names that stand in every JavaScript object are names like others', async t => {
  const index = IndexFile.parse('{"apiVersion":"v1","entries":{"__proto__":[{"name":"__proto__","version":"1.0.0"}],"constructor":[]}}', 'test')
  t.strictSame([...index.entries.keys()].sort(), ['__proto__', 'constructor'])
  t.equal(index.has('__proto__', '1.0.0'), true)
  t.equal(index.has('toString', ''), false)
})

t.test('an index is written as it was read', async t => {
  const yaml = `annotations:
  a: b
apiVersion: v1
entries:
  boat:
  - apiVersion: v2
    created: "0001-01-01T00:00:00Z"
    name: boat
    urls: []
    version: 1.0.0
  ship:
  - apiVersion: v2
    created: "2020-01-02T03:04:05.6+02:00"
    digest: abc
    engine: gotpl
    name: ship
    removed: true
    urls:
    - a
    - b
    version: 1.0.0
generated: "2020-01-02T03:04:05Z"
publicKeys:
- k
`
  t.equal(IndexFile.parse(yaml, 'test').toYaml(), yaml)
  t.equal(IndexFile.parse(IndexFile.parse(yaml, 'test').toJson(), 'test').toYaml(), yaml)
  t.equal(new IndexFile().toJson(), '{\n  "apiVersion": "v1",\n  "generated": "0001-01-01T00:00:00Z",\n  "entries": {}\n}')
})

t.test('one index is merged into another, whose own entries stay', async t => {
  const index = indexOf(entry('1.0.0', ', digest: mine'))
  const other = indexOf(entry('1.0.0', ', digest: theirs'), entry('2.0.0'))
  other.entries.set('boat', [{ name: 'boat', version: '1.0.0', urls: [] }])
  index.merge(other)
  index.sort()
  t.strictSame(index.entries.get('ship')?.map(({ version, digest }) => [version, digest]), [['2.0.0', undefined], ['1.0.0', 'mine']])
  t.equal(index.has('boat', '1.0.0'), true)
})

t.test('an entry alone is written in the order of Helm\'s struct', async t => {
  t.equal(marshalJson(chartVersionToStruct({ name: 'a', version: '1.0.0', type: 'library', digest: 'd', urls: ['u'], description: '<x>' })),
    '{"name":"a","version":"1.0.0","description":"\\u003cx\\u003e","type":"library","urls":["u"],"created":"0001-01-01T00:00:00Z","digest":"d"}')
})

t.test('ten thousand versions are read in no more than seconds', async t => {
  const entries = new Map(Array.from({ length: 100 }, (_, chart) => [`chart-${chart}`, Array.from({ length: 100 }, (_, version) => ({ name: `chart-${chart}`, version: `1.${version}.0`, urls: [`chart-${chart}-1.${version}.0.tgz`], created: '2020-01-02T03:04:05.678901234Z', description: 'A chart with a description of some length, as they have', digest: 'd'.repeat(64) }))]))
  const index = new IndexFile()
  for (const [name, versions] of entries) index.entries.set(name, versions)
  const json = index.toJson()
  const start = process.hrtime.bigint()
  t.equal(IndexFile.parse(json, 'test').entries.size, 100)
  t.ok(process.hrtime.bigint() - start < 10_000_000_000n)
})
