import { readdirSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { listsFlock, withLock } from '../../src/remote/file-lock.js'

function locksIn (folder: string): { own: string, helm: string, clock: () => Date } {
  return { own: join(folder, 'a.portolan-lock'), helm: join(folder, 'a.lock'), clock: () => new Date() }
}

t.test('one works at a time, and the lock is gone afterwards', async t => {
  const folder = t.testdir()
  let inside = 0
  let most = 0
  const work = async (): Promise<number> => {
    most = Math.max(most, ++inside)
    await new Promise(resolve => setImmediate(resolve))
    return inside--
  }
  await Promise.all(Array.from({ length: 5 }, async () => await withLock(locksIn(folder), work)))
  t.equal(most, 1)
  t.strictSame(readdirSync(folder), [])
})

t.test('a failure lets go of the lock', async t => {
  const folder = t.testdir()
  await t.rejects(withLock(locksIn(folder), async () => { throw new Error('no') }), { message: 'no' })
  t.equal(await withLock(locksIn(folder), async () => 'yes'), 'yes')
})

t.test('a lock left behind is taken away once it is old', async t => {
  const folder = t.testdir()
  const locks = locksIn(folder)
  writeFileSync(locks.own, '')
  utimesSync(locks.own, new Date(0), new Date(0))
  t.equal(await withLock(locks, async () => 'done'), 'done')
  t.strictSame(readdirSync(folder), [])
})

t.test('the kernel\'s list tells who holds a flock', async t => {
  const list = [
    '1: POSIX  ADVISORY  READ  812 08:01:1048603 128 128',
    '2: FLOCK  ADVISORY  WRITE 4242 08:01:131 0 EOF',
    '2: -> FLOCK  ADVISORY  WRITE 4243 08:01:132 0 EOF',
    '3: FLOCK  ADVISORY  WRITE 12 103:00:77 0 EOF',
    ''
  ].join('\n')
  const device = (major: bigint, minor: bigint): bigint => (major << 8n) | minor
  t.equal(listsFlock(list, device(8n, 1n), 131n), true)
  t.equal(listsFlock(list, device(8n, 2n), 131n), false, 'another device')
  t.equal(listsFlock(list, device(8n, 1n), 132n), false, 'only waiting for it')
  t.equal(listsFlock(list, device(8n, 1n), 1048603n), false, 'another kind of lock')
  t.equal(listsFlock(list, device(0x103n, 0n), 77n), true)
  t.equal(listsFlock('', 0n, 0n), false)
})
