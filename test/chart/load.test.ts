import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import t from 'tap'
import { loadChart } from '../../src/chart/load.js'
import { chartArchive, rawArchive } from '../helpers/chart-archive.js'

const chartYaml = 'apiVersion: v2\nname: a\nversion: 1.0.0\n'

t.test('a folder or an archive', async t => {
  const folder = t.testdir({ chart: { 'Chart.yaml': chartYaml } })
  writeFileSync(join(folder, 'chart.tgz'), await chartArchive('b', '2.0.0'))
  t.equal((await loadChart(join(folder, 'chart'))).metadata.name, 'a')
  t.equal((await loadChart(join(folder, 'chart.tgz'))).metadata.name, 'b')
})

t.test('something else', async t => {
  const folder = t.testdir({ 'values.yaml': `a: ${'x'.repeat(600)}`, 'page.tgz': '<!DOCTYPE html><html>not found</html>', 'text.tgz': 'x'.repeat(600), 'bytes.tgz': '\0\x01', empty: {}, list: { 'Chart.yaml': '- a' } })
  const of = (name: string): Promise<unknown> => loadChart(join(folder, name))
  const path = (name: string): string => join(folder, name)
  await t.rejects(of('gone'), { code: 'unreadable', message: `stat ${path('gone')}: no such file or directory` })
  await t.rejects(of('values.yaml'), { code: 'invalid-archive', message: `file '${path('values.yaml')}' seems to be a YAML file, but expected a gzipped archive` })
  await t.rejects(of('page.tgz'), { message: `file '${path('page.tgz')}' does not appear to be a gzipped archive; got 'text/html; charset=utf-8'` })
  await t.rejects(of('text.tgz'), { message: `file '${path('text.tgz')}' does not appear to be a gzipped archive; got 'text/plain; charset=utf-8'` })
  await t.rejects(of('bytes.tgz'), { message: `file '${path('bytes.tgz')}' does not appear to be a gzipped archive; got 'application/octet-stream'` })
  await t.rejects(of('empty'), { code: 'unreadable', message: `unable to detect chart at ${path('empty/Chart.yaml')}: open ${path('empty/Chart.yaml')}: no such file or directory` })
  await t.rejects(of('list'), { message: 'cannot load Chart.yaml: error unmarshaling JSON: while decoding JSON: json: cannot unmarshal array into Go value of type loader.chartBase' })
})

t.test('an archive that is broken says why', async t => {
  const path = join(t.testdir(), 'chart.tgz')
  const of = (archive: Uint8Array): Promise<unknown> => {
    writeFileSync(path, archive)
    return loadChart(path)
  }
  const good = await chartArchive('a', '1.0.0')
  await t.rejects(of(good.subarray(0, good.length - 30)), { code: 'invalid-archive', message: 'unable to load chart archive: unexpected EOF' })
  await t.rejects(of(Buffer.concat([Buffer.from([0x1f, 0x8b, 8, 0xff]), Buffer.alloc(20)])), { message: `file '${path}' does not appear to be a valid chart file (details: gzip: invalid header)` })
  await t.rejects(of(rawArchive([{ name: 'a/values.yaml', data: '' }])), { message: 'unable to detect chart version, no Chart.yaml found' })
  await t.rejects(of(rawArchive([{ name: 'a/Chart.yaml', data: 'apiVersion: v9' }])), { message: 'unsupported chart version' })
  await t.rejects(of(rawArchive([{ name: 'a/Chart.yaml', data: 'apiVersion: v3' }])), { message: 'invalid chart apiVersion' })
  await t.rejects(of(gzipSync('')), { message: 'unable to load chart archive: no files in chart archive' })
})

t.test('one file may be as big as all of them: Helm 4 has no limit on one', async t => {
  const path = join(t.testdir(), 'chart.tgz')
  writeFileSync(path, rawArchive([{ name: 'a/Chart.yaml', data: chartYaml }, { name: 'a/big', data: Buffer.alloc(6 * 1024 * 1024) }]))
  t.equal((await loadChart(path)).files[0]?.data.length, 6 * 1024 * 1024)
})
