import t from 'tap'
import { allRepositories, wholeList } from '../../src/web/route.js'
import type { State } from '../../src/web/store.js'
import { placeOf, Store, unread } from '../../src/web/store.js'

const initial: State = { route: wholeList(), overview: allRepositories, list: wholeList(), repositories: unread, charts: unread, tool: 'helm' }

t.test('a watcher learns the state now, and each change', async t => {
  const store = new Store(initial)
  const seen: string[] = []
  store.watch(({ tool }) => seen.push(tool))
  store.update({ tool: 'portolan' })
  t.strictSame(seen, ['helm', 'portolan'])
  t.strictSame(store.state, { ...initial, tool: 'portolan' }, 'the rest stays')
})

t.test('a watcher whose time is over learns nothing more', async t => {
  const store = new Store(initial)
  const seen: string[] = []
  const over = new AbortController()
  store.watch(({ tool }) => seen.push(tool), over.signal)
  over.abort()
  store.update({ tool: 'portolan' })
  t.strictSame(seen, ['helm'])
})

t.test('lists are remembered for the way back', async t => {
  const store = new Store(initial)
  const overview = { ...allRepositories, query: 'org1' }
  const list = { ...wholeList('org1/repoa'), query: 'sea' }
  const route = { view: 'chart', repository: 'org1/repoa', name: 'boat' } as const
  for (const each of [overview, list, route]) store.update(placeOf(each))
  t.strictSame(store.state, { ...initial, overview, list, route })
})
