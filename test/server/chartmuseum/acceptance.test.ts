import { gzipSync } from 'node:zlib'
import t from 'tap'
import { chartArchive, rawArchive } from '../../helpers/chart-archive.js'
import { testServer, upload } from '../../helpers/test-server.js'

// What ChartMuseum says to archives that it does not take: the words of Helm's loader.

const chartYaml = (text: string): Buffer => rawArchive([{ name: 'x/Chart.yaml', data: text }])
const good = 'apiVersion: v2\nname: x\nversion: 1.0.0\n'
const big = (size: number): string => 'a: b\n'.repeat(Math.ceil(size / 5)).slice(0, size)

const refused: ReadonlyArray<readonly [what: string, archive: Buffer, error: string | RegExp]> = [
  ['nothing', Buffer.alloc(0), 'EOF'],
  ['a few bytes', Buffer.from('ab'), 'unexpected EOF'],
  ['no gzip', Buffer.from('this is no archive at all'), 'gzip: invalid header'],
  ['broken deflate', Buffer.concat([gzipSync('x').subarray(0, 10), Buffer.from('\xff\xff\xff\xff\xff\xff\xff\xff\xff', 'latin1')]), /^flate: corrupt input before offset \d+$/],
  ['no files', rawArchive([]), 'no files in chart archive'],
  ['no Chart.yaml', rawArchive([{ name: 'x/values.yaml', data: 'a: 1\n' }]), 'Chart.yaml file is missing'],
  ['no folder', rawArchive([{ name: 'Chart.yaml', data: good }]), 'chart illegally contains content outside the base directory: "Chart.yaml"'],
  ['Chart.yaml that is no YAML', chartYaml('a: [\n'), /^cannot load Chart\.yaml: error converting YAML to JSON: yaml: /],
  ['values.yaml that is no YAML', rawArchive([{ name: 'x/Chart.yaml', data: good }, { name: 'x/values.yaml', data: 'a: [\n' }]), /^cannot load values\.yaml: error converting YAML to JSON: yaml: /],
  ['Chart.lock that is no YAML', rawArchive([{ name: 'x/Chart.yaml', data: good }, { name: 'x/Chart.lock', data: 'a: [\n' }]), /^cannot load Chart\.lock: error converting YAML to JSON: yaml: /],
  ['requirements.yaml that is no YAML', rawArchive([{ name: 'x/Chart.yaml', data: 'name: x\nversion: 1.0.0\n' }, { name: 'x/requirements.yaml', data: 'a: [\n' }]), /^cannot load requirements\.yaml: error converting YAML to JSON: yaml: /],
  ['no name', chartYaml('apiVersion: v2\nversion: 1.0.0\n'), 'validation: chart.metadata.name is required'],
  ['a path for a name', chartYaml('apiVersion: v2\nname: ../../evil\nversion: 1.0.0\n'), 'validation: chart.metadata.name "../../evil" is invalid'],
  ['dots for a name', chartYaml('apiVersion: v2\nname: ..\nversion: 1.0.0\n'), 'validation: chart.metadata.name ".." is not allowed'],
  ['no version', chartYaml('apiVersion: v2\nname: x\n'), 'validation: chart.metadata.version is required'],
  ['a version that is none', chartYaml('apiVersion: v2\nname: x\nversion: x\n'), 'validation: chart.metadata.version "x" is invalid'],
  ['a type that is none', chartYaml(`${good}type: vessel\n`), 'validation: chart.metadata.type must be application or library'],
  ['an absolute path', rawArchive([{ name: 'x//Chart.yaml', data: good }]), /^chart illegally contains absolute paths/],
  ['a path upwards', rawArchive([{ name: 'x/../../Chart.yaml', data: good }]), /^chart illegally (references parent directory|contains content outside the base directory)/],
  ['a file that is too large', rawArchive([{ name: 'x/Chart.yaml', data: good }, { name: 'x/files/big', data: big(5_242_881) }]), 'decompressed chart file "x/files/big" is larger than the maximum file size 5242880'],
  ['a broken chart inside', rawArchive([{ name: 'x/Chart.yaml', data: good }, { name: 'x/charts/sub-1.0.0.tgz', data: 'broken' }]), /^error unpacking subchart sub-1\.0\.0\.tgz in x: /]
]

t.test('what is refused, and why', async t => {
  const { app } = await testServer(t)
  for (const [what, archive, error] of refused) {
    const answer = await upload(app, archive)
    t.equal(answer.statusCode, 400, what)
    t.match(answer.json<{ error: string }>().error, error, what)
  }
})

t.test('what is taken, though it may surprise', async t => {
  const { app } = await testServer(t)
  const taken: Array<[text: string, path: string]> = [
    ['name: no-api-version\nversion: 1.0.0\n', 'no-api-version/1.0.0'],
    ['apiVersion: v2\nname: lenient\nversion: "1"\n', 'lenient/1'],
    ['apiVersion: v2\nname: lenient\nversion: "1.2"\n', 'lenient/1.2'],
    ['apiVersion: v2\nname: lenient\nversion: v1.2.3\n', 'lenient/v1.2.3'],
    ['apiVersion: v2\nname: another-name-than-the-folder\nversion: 1.0.0\n', 'another-name-than-the-folder/1.0.0']
  ]
  for (const [text, path] of taken) {
    t.equal((await upload(app, chartYaml(text))).statusCode, 201, path)
    t.equal((await app.inject(`/api/charts/${path}`)).statusCode, 200, path)
  }
  t.match((await app.inject('/api/charts/no-api-version/1.0.0')).json(), { apiVersion: 'v1' })
  await upload(app, await chartArchive('clean', '1.0.0', { 'Chart.yaml': 'apiVersion: v2\nname: clean\nversion: 1.0.0\ndescription: "a\\u2003b\\u0007c"\n' }))
  t.match((await app.inject('/api/charts/clean/1.0.0')).json(), { description: 'a bc' })
})
