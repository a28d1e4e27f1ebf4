import { hashSync } from 'bcryptjs'
import t from 'tap'
import { createPasswordThread } from '../../src/server/password-thread.js'

t.test('another thread compares, and this one goes on', async t => {
  const thread = createPasswordThread()
  t.teardown(() => thread.stop())
  const hash = hashSync('pass word', 4)
  t.strictSame(await Promise.all([thread.compare('pass word', hash), thread.compare('password', hash), thread.compare('', hash)]), [true, false, false])

  let turns = 0
  const turning = setInterval(() => { turns++ }, 1)
  // A hash of nobody, of a cost that takes some hundred milliseconds.
  t.equal(await thread.compare('guess', `$2b$12$${'.'.repeat(53)}`), false)
  clearInterval(turning)
  t.ok(turns > 10, `${turns} turns of the event loop meanwhile`)
})

t.test('who waits when it ends is told, and the next one starts it anew', async t => {
  const thread = createPasswordThread()
  t.teardown(() => thread.stop())
  const waiting = t.rejects(thread.compare('guess', `$2b$15$${'.'.repeat(53)}`), /has ended/)
  await thread.stop()
  await waiting
  t.equal(await thread.compare('a', hashSync('a', 4)), true)
})
