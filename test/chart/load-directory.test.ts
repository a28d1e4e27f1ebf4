import { execFileSync } from 'node:child_process'
import { mkdirSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { loadDirectory } from '../../src/chart/load-directory.js'
import { decode } from '../../src/go/bytes.js'

const chartYaml = 'apiVersion: v2\nname: a\nversion: 1.0.0\n'

t.test('files come in the bytewise order of their names, folder by folder', async t => {
  const folder = t.testdir({ 'Chart.yaml': chartYaml, templates: { 'b.yaml': '', 'a.yaml': '', a: { 'z.yaml': '' }, 'B.yaml': '', 'ä.yaml': '' }, 'templates.txt': '', Z: '' })
  const chart = await loadDirectory(folder)
  t.strictSame(chart.raw.map(file => file.name), ['Chart.yaml', 'Z', 'templates/B.yaml', 'templates/a/z.yaml', 'templates/a.yaml', 'templates/b.yaml', 'templates/ä.yaml', 'templates.txt'])
  t.type(chart.modified, Date)
})

t.test('byte order marks are dropped', async t => {
  const folder = t.testdir({ 'Chart.yaml': `\uFEFF${chartYaml}`, 'values.yaml': '\uFEFFa: 1\n', templates: { x: '\uFEFFx' } })
  const chart = await loadDirectory(folder)
  t.strictSame(chart.values, new Map([['a', 1]]))
  t.equal(decode(chart.templates[0]?.data ?? new Uint8Array()), 'x')
})

t.test('symbolic links are followed, and told of', async t => {
  const folder = t.testdir({ elsewhere: { 'x.yaml': 'linked' }, chart: { 'Chart.yaml': chartYaml } })
  symlinkSync(join(folder, 'elsewhere'), join(folder, 'chart/templates'))
  symlinkSync('../elsewhere/x.yaml', join(folder, 'chart/copy.txt'))
  const told: string[] = []
  const chart = await loadDirectory(join(folder, 'chart'), message => told.push(message))
  t.strictSame(chart.templates.map(file => [file.name, decode(file.data)]), [['templates/x.yaml', 'linked']])
  t.strictSame(chart.files.map(file => file.name), ['copy.txt'])
  t.equal(told.length, 2)
  t.equal(told[0], 'found symbolic link in path. Contents of linked file included and used')
})

t.test('links that lead nowhere, or in a circle, are refused', async t => {
  const folder = t.testdir({ broken: { 'Chart.yaml': chartYaml }, circle: { 'Chart.yaml': chartYaml, sub: {} } })
  symlinkSync('gone', join(folder, 'broken/link'))
  symlinkSync('..', join(folder, 'circle/sub/up'))
  await t.rejects(loadDirectory(join(folder, 'broken')), { code: 'unreadable', message: /^error evaluating symlink .*broken\/link: / })
  await t.rejects(loadDirectory(join(folder, 'circle')), { code: 'unreadable', message: /leads back to a folder it stands in$/ })
})

t.test('what is no file is refused', async t => {
  const folder = t.testdir({ 'Chart.yaml': chartYaml })
  execFileSync('mkfifo', [join(folder, 'pipe')])
  await t.rejects(loadDirectory(folder), { code: 'invalid-chart', message: `cannot load irregular file ${join(folder, 'pipe')} as it has file mode type bits set` })
})

t.test('an ignored folder is not even looked into', async t => {
  const folder = t.testdir({ 'Chart.yaml': chartYaml, '.helmignore': 'private/\n', private: {} })
  symlinkSync('gone', join(folder, 'private/link'))
  t.strictSame((await loadDirectory(folder)).files.map(file => file.name), ['.helmignore'])
})

t.test('a chart of more than 100 MiB is refused before it is read', async t => {
  const folder = t.testdir({ 'Chart.yaml': chartYaml })
  mkdirSync(join(folder, 'files'))
  writeFileSync(join(folder, 'files/big'), '')
  truncateSync(join(folder, 'files/big'), 101 * 1024 * 1024)
  await t.rejects(loadDirectory(folder), { code: 'too-large', message: 'error reading files/big: chart exceeds maximum decompressed size of 104857600 bytes' })
})

t.test('a .helmignore that is a folder is named', async t => {
  const folder = t.testdir({ 'Chart.yaml': chartYaml, '.helmignore': {} })
  await t.rejects(loadDirectory(folder), { code: 'unreadable', message: `open ${join(folder, '.helmignore')}: is a directory` })
})
