import t from 'tap'
import { wholeList } from '../../src/web/route.js'
import type { State } from '../../src/web/store.js'
import { Store } from '../../src/web/store.js'

const initial: State = { route: wholeList, list: wholeList, listing: { status: 'loading', charts: [] }, tool: 'helm' }

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
