import t from 'tap'
import type { Route } from '../../src/web/route.js'
import { parseRoute, routeUrl, wholeList } from '../../src/web/route.js'

t.test('every route is read back from its link', async t => {
  const routes: Route[] = [
    wholeList,
    { view: 'list', query: 'a & b = #?/ü', order: 'updated', page: 7 },
    { view: 'chart', name: 'boat' },
    { view: 'chart', name: 'boat', version: '1.0.0+build.5' },
    { view: 'chart', name: 'a/b?c#d%', version: '../..' }
  ]
  for (const route of routes) t.strictSame(parseRoute(routeUrl(route)), route, routeUrl(route))
})

t.test('links are short and readable', async t => {
  t.equal(routeUrl(wholeList), '#/')
  t.equal(routeUrl({ view: 'chart', name: 'boat', version: '1.0.0' }), '#/charts/boat/1.0.0')
  t.equal(routeUrl({ view: 'list', query: 'sea', order: 'name', page: 1 }), '#/?q=sea')
})

t.test('anything else is the list', async t => {
  for (const fragment of ['', '#', '#/', '#content', '#/charts', '#/charts/', '#/elsewhere/boat', '#/?page=0', '#/?page=-1', '#/?page=1e99', '#/?order=size']) {
    t.strictSame(parseRoute(fragment), wholeList, fragment)
  }
})

t.test('what is badly encoded stands for itself', async t => {
  t.strictSame(parseRoute('#/charts/100%/1.0.0'), { view: 'chart', name: '100%', version: '1.0.0' })
})
