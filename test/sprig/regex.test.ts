import t from 'tap'
import { compareRecorded } from '../engine/compare-recorded.js'
import { workDone } from '../../src/go/work.js'
import { Pattern } from '../../src/sprig/pattern.js'
import { call } from './call.js'

t.test('as Helm answers', async t => {
  compareRecorded(t, 'sprig-regex')
})

t.test('no pattern takes more than linear time', async t => {
  t.equal(call('regexMatch', '^(a+)+$', `${'a'.repeat(50_000)}b`), false)
})

t.test('searches of long texts cost what the stopwatch says, those of short ones do not ask it', t => {
  let now = 0
  const pattern = new Pattern('a', () => {
    now += 50
    return now
  })
  const cost = (text: string): number => {
    const before = workDone()
    t.strictSame(pattern.findAll(text, -1).length, 1)
    return workDone() - before
  }
  t.ok(cost('a'.padEnd(4095)) < 1_000_000)
  t.equal(now, 0)
  // One search finds it, another finds no more.
  t.ok(cost('a'.padEnd(4096)) >= 2 * 50 * 20_000)
  t.equal(now, 4 * 50)
  t.end()
})
