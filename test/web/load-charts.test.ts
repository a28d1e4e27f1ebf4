import t from 'tap'
import type { Chart } from '../../src/web/chart.js'
import { readVersions, summarise } from '../../src/web/chart.js'
import type { ChartPage } from '../../src/web/load-charts.js'
import { loadCharts } from '../../src/web/load-charts.js'

/** A page as the API gives it: an object, whose numeric names JavaScript puts first. */
function pageOf (names: readonly string[], offset: number, limit: number): ChartPage {
  const object = Object.fromEntries(names.slice(offset, offset + limit).map(name => [name, [{ name, version: '1.0.0' }]]))
  return { names: Object.keys(object), charts: Object.values(object).flatMap(versions => summarise(readVersions(versions)) ?? []) }
}

const manyNames = (count: number): string[] => Array.from({ length: count }, (_, i) => `chart-${String(i).padStart(5, '0')}`)
const namesOf = (charts: readonly Chart[]): string[] => charts.map(({ name }) => name)

t.test('a list of any length is read whole', async t => {
  for (const count of [0, 1, 499, 500, 501, 999, 1000, 1001, 2500]) {
    const names = manyNames(count)
    const seen: number[] = []
    const charts = await loadCharts(async (offset, limit) => pageOf(names, offset, limit), so => seen.push(so.length))
    t.strictSame(namesOf(charts), names, `${count} charts`)
    t.strictSame(seen, Array.from({ length: Math.floor(count / 500) }, (_, i) => (i + 1) * 500).filter(length => length <= count))
  }
})

t.test('numbers as names neither end it early nor begin it again', async t => {
  const names = Array.from({ length: 1200 }, (_, i) => String(i)).sort()
  let requests = 0
  const charts = await loadCharts(async (offset, limit) => {
    requests++
    return pageOf(names, offset, limit)
  }, () => undefined)
  t.strictSame(namesOf(charts), names)
  t.equal(requests, 3)
})

t.test('a name that cannot be shown does not end it early', async t => {
  const names = manyNames(700)
  const charts = await loadCharts(async (offset, limit) => {
    const page = pageOf(names, offset, limit)
    return { ...page, charts: page.charts.filter(({ name }) => name !== 'chart-00003') }
  }, () => undefined)
  t.equal(charts.length, 699)
})

t.test('a chart that goes meanwhile makes no other one missing', async t => {
  let names = manyNames(1100)
  const charts = await loadCharts(async (offset, limit) => {
    const page = pageOf(names, offset, limit)
    names = names.filter(name => name !== 'chart-00007')
    return page
  }, () => undefined)
  t.strictSame(namesOf(charts), names)
})

t.test('a list that never holds still is taken as it comes', async t => {
  let names = manyNames(2000)
  let requests = 0
  const charts = await loadCharts(async (offset, limit) => {
    requests++
    const page = pageOf(names, offset, limit)
    names = names.slice(1)
    return page
  }, () => undefined)
  t.ok(requests < 12, `${requests} requests`)
  t.ok(charts.length > 1900, `${charts.length} charts`)
})

t.test('a failure is passed on', async t => {
  await t.rejects(loadCharts(async () => { throw new Error('away') }, () => undefined), { message: 'away' })
})
