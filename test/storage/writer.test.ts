import { spawnSync } from 'node:child_process'
import t from 'tap'
import { isGone, thisWriter } from '../../storage/writer.js'

const now = new Date()
const [host = '', pid = '', began = ''] = thisWriter.split('.')

t.test('this process is at work, however long ago it wrote last', async t => {
  t.match(thisWriter, /^[A-Za-z0-9-]+\.\d+\.\d+$/)
  t.notOk(isGone(thisWriter, { since: new Date(0), now }))
})

t.test('a process of this host is gone when it has ended', async t => {
  const ended = spawnSync(process.execPath, ['-e', '']).pid
  t.ok(isGone(`${host}.${ended}.${began}`, { since: now, now }))
  t.notOk(isGone(`${host}.${process.ppid}.${began}`, { since: now, now }), 'our parent lives')
  t.ok(isGone(`${host}.${pid}.${Number(began) - 1}`, { since: now, now }), 'it had our id, and has not')
  t.ok(isGone(`${host}.nonsense`, { since: now, now }))
})

t.test('a process elsewhere is gone after an hour', async t => {
  const since = (minutes: number): Date => new Date(now.getTime() - minutes * 60_000)
  t.notOk(isGone(`elsewhere.${pid}.${began}`, { since: since(59), now }))
  t.ok(isGone(`elsewhere.${pid}.${began}`, { since: since(61), now }))
  t.ok(isGone('', { since: since(61), now }))
  t.ok(isGone(`elsewhere.${pid}.${began}`, { since: since(0), now, oneHost: true }), 'at once, when there is no elsewhere')
})
