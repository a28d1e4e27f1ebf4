import t from 'tap'
import { History } from '../../src/release/history.js'
import { MemoryDriver } from '../../src/release/memory.js'
import { releaseOf } from '../helpers/release.js'

const revision = (version: number, status: string): ReturnType<typeof releaseOf> => releaseOf({ version, info: { status } })

function historyOf (maxHistory: number, ...statuses: string[]): History {
  return new History(new MemoryDriver('default', statuses.map((status, i) => revision(i + 1, status)).reverse()), maxHistory)
}

async function versions (history: History): Promise<number[]> {
  return (await history.revisions('web')).map(({ version }) => version)
}

t.test('revisions, oldest first; the last; the deployed', async t => {
  const history = historyOf(0, 'superseded', 'deployed', 'failed')
  t.strictSame(await versions(history), [1, 2, 3])
  t.equal((await history.last('web')).info.status, 'failed')
  t.strictSame((await history.deployed('web')).map(({ version }) => version), [2])
  t.equal((await history.get('web', 1)).info.status, 'superseded')
  await t.rejects(history.get('web', 9), { code: 'not-found' })
  await t.rejects(history.last('none'), { code: 'not-found', message: 'release: not found' })
  t.strictSame(await history.deployed('none'), [])
})

t.test('a revision is updated and deleted by name and number', async t => {
  const history = historyOf(0, 'deployed')
  await history.update(revision(1, 'superseded'))
  t.equal((await history.get('web', 1)).info.status, 'superseded')
  t.equal((await history.delete('web', 1)).version, 1)
  await t.rejects(history.revisions('web'), { code: 'not-found' })
})

t.test('the oldest make room, but never the deployed one', async t => {
  const full = historyOf(3, 'deployed', 'failed', 'failed', 'failed')
  await full.create(revision(5, 'pending-upgrade'))
  t.strictSame(await versions(full), [1, 4, 5])
  const all = historyOf(0, 'superseded', 'superseded')
  await all.create(revision(3, 'deployed'))
  t.strictSame(await versions(all), [1, 2, 3], '0 keeps all')
  const fresh = historyOf(2)
  await fresh.create(revision(1, 'deployed'))
  t.strictSame(await versions(fresh), [1])
})

t.test('a revision is created once', async t => {
  await t.rejects(historyOf(0, 'deployed').create(revision(1, 'deployed')), { code: 'already-exists' })
})
