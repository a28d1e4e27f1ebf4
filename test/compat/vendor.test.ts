import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import t, { type Test } from 'tap'
import { findCharts, pickChart } from './corpus/charts.js'
import { passesOf, passNames } from './corpus/passes.js'
import { vendorChart } from './corpus/vendor.js'

const chart = (name: string, version: string, rest = ''): Record<string, string> => ({ 'Chart.yaml': `apiVersion: v2\nname: ${name}\nversion: ${version}\n${rest}` })

const wants = (...pairs: ReadonlyArray<readonly [string, string]>): string =>
  `dependencies:\n${pairs.map(([name, version]) => `- name: ${name}\n  version: ${version}\n  repository: https://example.com\n`).join('')}`

function folders (t: Test): { near: string, far: string, copy: string } {
  const root = t.testdir({
    near: {
      app: { ...chart('app', '1.0.0', wants(['db', '2.x.x'], ['lost', '1.0.0'])), 'values.yaml': 'a: {on: false}\nb: true\nc: 1\n', ci: { 'x-values.yaml': '', 'notes.txt': '' } },
      db: { ...chart('db', '2.1.0', wants(['lib', '^1.0.0'])), charts: { inner: chart('inner', '1.0.0') } }
    },
    far: { 'db-3': chart('db', '3.0.0'), 'db-2': chart('db', '2.9.0'), 'lib-1': chart('lib', '1.2.0'), 'lib-2': chart('lib', '2.0.0') }
  })
  return { near: join(root, 'near'), far: join(root, 'far'), copy: join(root, 'copy') }
}

t.test('charts are found, but not those inside others', async t => {
  const { near } = folders(t)
  t.same(findCharts(near).map(({ name, version, label }) => [name, version, label]), [['app', '1.0.0', 'near/app'], ['db', '2.1.0', 'near/db']])
})

t.test('a chart of the same collection is preferred, then the newest that satisfies', async t => {
  const { near, far } = folders(t)
  const pool = [...findCharts(near), ...findCharts(far)]
  t.equal(pickChart({ name: 'db', version: '2.x.x' }, pool, near)?.version, '2.1.0')
  t.equal(pickChart({ name: 'db', version: '2.x.x' }, pool, far)?.version, '2.9.0')
  t.equal(pickChart({ name: 'db', version: '>=4' }, pool, near), undefined)
  t.equal(pickChart({ name: 'db', version: 'no range' }, pool, near), undefined)
})

t.test('a copy gets its dependencies, and theirs, and what is nowhere is named or struck', async t => {
  const { near, far, copy } = folders(t)
  const pool = [...findCharts(near), ...findCharts(far)]
  const [app] = pool
  if (app === undefined) throw new Error('no chart found')
  t.same(vendorChart(app, { pool, strike: false }, copy).missing, ['lost'])
  t.match(readFileSync(join(copy, 'charts/db/Chart.yaml'), 'utf8'), /2\.1\.0/)
  t.match(readFileSync(join(copy, 'charts/db/charts/lib/Chart.yaml'), 'utf8'), /1\.2\.0/)
  t.ok(existsSync(join(copy, 'charts/db/charts/inner/Chart.yaml')))
  t.match(readFileSync(join(copy, 'Chart.yaml'), 'utf8'), /name: lost/)
  t.same(vendorChart(app, { pool, strike: true }, `${copy}-2`).missing, ['lost'])
  t.notMatch(readFileSync(join(`${copy}-2`, 'Chart.yaml'), 'utf8'), /name: lost/)
  t.match(readFileSync(join(`${copy}-2`, 'Chart.yaml'), 'utf8'), /name: db/)
})

t.test('the passes of a chart', async t => {
  const { near } = folders(t)
  const app = join(near, 'app')
  t.same(passesOf(app, new Set(['values']), near).map(({ name }) => name), ['defaults', 'values ci/x-values.yaml'])
  const switched = passesOf(app, new Set(['switched']), near).at(-1)
  t.equal(switched?.name, 'switched over')
  t.equal(readFileSync(join(near, 'over.yaml'), 'utf8'), 'a:\n  on: true\nb: false\n')
  t.same(passesOf(app, new Set(['single']), near).at(-1), { name: 'single a.on', args: ['--set', 'a.on=true'] })
  t.ok(passesOf(app, new Set(passNames), near).length > 7)
})
