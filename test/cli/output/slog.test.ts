import { PassThrough } from 'node:stream'
import t from 'tap'
import { slogTo } from '../../../src/cli/output/slog.js'

t.test('lines as Go\'s log/slog prints them as text', async t => {
  const out = new PassThrough().setEncoding('utf8')
  const log = slogTo(out, false)
  log('WARN', 'plain')
  log('ERROR', 'two words', { name: 'web', error: 'a "b"\nc', empty: '', path: 'a=b' })
  log('DEBUG', 'not shown')
  slogTo(out, true)('DEBUG', 'shown')
  t.equal(out.read(), 'level=WARN msg=plain\nlevel=ERROR msg="two words" name=web error="a \\"b\\"\\nc" empty="" path="a=b"\nlevel=DEBUG msg=shown\n')
})
