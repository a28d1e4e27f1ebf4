import t from 'tap'
import type { Depth, Route } from '../../src/web/route.js'
import { allRepositories, areTogether, parseRoute, readDepth, routeUrl, wholeList } from '../../src/web/route.js'

t.test('every route is read back from its link', async t => {
  const routes: Route[] = [
    wholeList(),
    { view: 'list', query: 'a & b = #?/ü', order: 'updated', page: 7 },
    { view: 'chart', name: 'boat' },
    { view: 'chart', name: 'boat', version: '1.0.0+build.5' },
    { view: 'chart', name: 'a/b?c#d%', version: '../..' }
  ]
  for (const route of routes) t.strictSame(parseRoute(routeUrl(route), 0), route, routeUrl(route))
})

t.test('so are those of a server of some depth', async t => {
  const inside = (repository: string): Route[] => [
    { view: 'list', repository, query: '', order: 'name', page: 1 },
    { view: 'list', repository, query: 'a & b = #?/ü', order: 'updated', page: 7 },
    { view: 'chart', repository, name: 'boat' },
    { view: 'chart', repository, name: 'boat', version: '1.0.0+build.5' }
  ]
  const cases: Array<[Depth, Route[]]> = [
    [1, [...inside('team a'), ...inside('charts'), ...inside('100%')]],
    [2, [...inside('org1/repoa'), ...inside('charts/charts')]],
    ['any', [...inside(''), ...inside('org1'), ...inside('a/b/c'), ...inside('charts'), ...inside('a/charts/b')]]
  ]
  for (const [depth, routes] of cases) {
    for (const route of [allRepositories, { ...allRepositories, query: 'org1', page: 2 }, ...routes]) t.strictSame(parseRoute(routeUrl(route), depth), route, `${depth} ${routeUrl(route)}`)
  }
})

t.test('links are short and readable', async t => {
  t.equal(routeUrl(wholeList()), '#/')
  t.equal(routeUrl({ view: 'chart', name: 'boat', version: '1.0.0' }), '#/charts/boat/1.0.0')
  t.equal(routeUrl({ view: 'list', query: 'sea', order: 'name', page: 1 }), '#/?q=sea')
  t.equal(routeUrl(allRepositories), '#/')
  t.equal(routeUrl(wholeList('org1/repoa')), '#/org1/repoa/')
  t.equal(routeUrl({ ...wholeList('org1/repoa'), query: 'sea' }), '#/org1/repoa/?q=sea')
  t.equal(routeUrl({ view: 'chart', repository: 'org1/repoa', name: 'boat' }), '#/org1/repoa/charts/boat')
  t.equal(routeUrl(wholeList('')), '#//', 'the root of a server of any depth, whose repositories are at #/')
  t.equal(routeUrl({ view: 'chart', repository: '', name: 'boat' }), '#/charts/boat')
})

t.test('anything else is the list', async t => {
  for (const fragment of ['', '#', '#/', '#content', '#/charts', '#/charts/', '#/elsewhere/boat', '#/?page=0', '#/?page=-1', '#/?page=1e99', '#/?order=size']) {
    t.strictSame(parseRoute(fragment, 0), wholeList(), fragment)
  }
})

t.test('anything else is the list of repositories, or of the one that is named', async t => {
  for (const fragment of ['', '#', '#/', '#content', '#/org1', '#/org1/', '#//repoa/', '#/?page=0', '#/?order=updated']) t.strictSame(parseRoute(fragment, 2), allRepositories, fragment)
  for (const fragment of ['#/org1/repoa', '#/org1/repoa/charts', '#/org1/repoa/charts/', '#/org1/repoa/elsewhere/boat']) t.strictSame(parseRoute(fragment, 2), wholeList('org1/repoa'), fragment)
  for (const fragment of ['', '#', '#/', '#content']) t.strictSame(parseRoute(fragment, 'any'), allRepositories, fragment)
  t.strictSame(parseRoute('#/a/b', 'any'), wholeList('a/b'))
  t.strictSame(parseRoute('#/charts', 'any'), wholeList('charts'))
  t.strictSame(parseRoute('#/a/charts/b', 'any'), { view: 'chart', repository: 'a', name: 'b' })
})

t.test('what is badly encoded stands for itself', async t => {
  t.strictSame(parseRoute('#/charts/100%/1.0.0', 0), { view: 'chart', name: '100%', version: '1.0.0' })
})

t.test('what lies in one repository', async t => {
  const chart: Route = { view: 'chart', repository: 'org1', name: 'boat' }
  t.equal(areTogether(wholeList('org1'), chart), true)
  t.equal(areTogether(wholeList('org2'), chart), false)
  t.equal(areTogether(allRepositories, { ...allRepositories, page: 2 }), true)
  t.equal(areTogether(allRepositories, wholeList('')), false)
  t.equal(areTogether(wholeList(), { view: 'chart', name: 'boat' }), true)
})

t.test('the depth is said in a word', async t => {
  t.strictSame(['0', '2', 'any', undefined, '', '-1', '1.5', 'x'].map(readDepth), [0, 2, 'any', 0, 0, 0, 0, 0])
})
