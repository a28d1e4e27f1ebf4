import t from 'tap'
import type { Chart } from '../../src/web/chart.js'
import { readVersions, summarise } from '../../src/web/chart.js'
import { searchByName, searchCharts, sliceOf } from '../../src/web/search.js'

function chart (name: string, description = '', created = ''): Chart[] {
  return [summarise(readVersions([{ name, version: '1.0.0', description, created }])) ?? []].flat()
}

const names = (charts: readonly Chart[]): string[] => charts.map(({ name }) => name)

t.test('every word must be there, somewhere, in any case', async t => {
  const charts = [...chart('boat', 'Sails on the Sea'), ...chart('raft', 'Drifts on the sea'), ...chart('car')]
  t.strictSame(names(searchCharts(charts, 'SEA', 'name')), ['boat', 'raft'])
  t.strictSame(names(searchCharts(charts, ' sea   drifts ', 'name')), ['raft'])
  t.strictSame(names(searchCharts(charts, '  ', 'name')), ['boat', 'raft', 'car'])
  t.strictSame(names(searchCharts(charts, '.*', 'name')), [], 'a query is no pattern')
})

t.test('names that fit better come first', async t => {
  const charts = [...chart('a-redis'), ...chart('cache', 'like redis'), ...chart('redis'), ...chart('redis-ha')]
  t.strictSame(names(searchCharts(charts, 'redis', 'name')), ['redis', 'redis-ha', 'a-redis', 'cache'])
})

t.test('repositories are found by their names', async t => {
  const repositories = ['org1/boats', 'org2/boats', 'boats', 'cars'].map(name => ({ name, text: name }))
  t.strictSame(searchByName(repositories, 'boats').map(({ name }) => name), ['boats', 'org1/boats', 'org2/boats'])
  t.strictSame(searchByName(repositories, 'BOATS org2').map(({ name }) => name), ['org2/boats'])
  t.equal(searchByName(repositories, ' '), repositories)
})

t.test('the last updated come first when that is asked for', async t => {
  const charts = [...chart('old', '', '2025-01-01T00:00:00Z'), ...chart('never'), ...chart('new', '', '2026-01-01T00:00:00Z')]
  t.strictSame(names(searchCharts(charts, '', 'updated')), ['new', 'old', 'never'])
  t.strictSame(names(charts), ['old', 'never', 'new'], 'the list itself stays as it is')
})

t.test('ten thousand charts are searched within a second', async t => {
  const charts = Array.from({ length: 10_000 }, (_, i) => chart(`chart-${i}`, 'a description of some length that has to be looked at')).flat()
  const before = performance.now()
  const found = searchCharts(charts, 'chart-999', 'updated')
  t.ok(performance.now() - before < 1000)
  t.equal(found.length, 11)
  t.equal(found[0]?.name, 'chart-999')
})

t.test('a page of a long list', async t => {
  const items = [1, 2, 3, 4, 5]
  t.strictSame(sliceOf(items, 2, 2), { items: [3, 4], page: 2, pages: 3 })
  t.strictSame(sliceOf(items, 9, 2), { items: [5], page: 3, pages: 3 }, 'beyond the end is the last')
  t.strictSame(sliceOf(items, 0, 2), { items: [1, 2], page: 1, pages: 3 })
  t.strictSame(sliceOf([], 1, 2), { items: [], page: 1, pages: 1 })
})
