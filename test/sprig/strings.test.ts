import t from 'tap'
import { int } from '../../src/go/value.js'
import { SprigError } from '../../src/sprig/errors.js'
import { compareRecorded } from '../engine/compare-recorded.js'
import { call } from './call.js'

t.test('as Helm answers', async t => {
  compareRecorded(t, 'sprig-strings')
})

t.test('a template cannot fill the memory', async t => {
  t.throws(() => call('repeat', int(2_000_000_000), 'x'), { name: 'SprigError', code: 'limit' })
  t.throws(() => call('indent', int(2_000_000_000), 'x'), { code: 'limit' })
  t.throws(() => call('nindent', int(10_000_000), '\n'.repeat(100)), { code: 'limit' })
  t.throws(() => call('repeat', int(-1), 'x'), new SprigError('bounds', 'strings: negative Repeat count'))
})

t.test('white space at both ends is found in time proportional to the text', async t => {
  const spaces = ' '.repeat(200_000)
  t.equal(call('trim', `a${spaces}b${spaces}`), `a${spaces}b`)
})
