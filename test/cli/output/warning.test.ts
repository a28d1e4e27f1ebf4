import { PassThrough } from 'node:stream'
import t from 'tap'
import { warnTo } from '../../../src/cli/output/warning.js'

t.test('prints warnings as slog does', async t => {
  const out = new PassThrough()
  const warn = warnTo(out)
  warn('plain')
  warn('two words', { repo: 'stable', error: 'a "b"', path: 'a=b', none: '', umlaut: 'ä', line: 'a\nb', back: 'a\\b' })
  t.equal(String(out.read()), [
    'level=WARN msg=plain\n',
    'level=WARN msg="two words" repo=stable error="a \\"b\\"" path="a=b" none="" umlaut=ä line="a\\nb" back=a\\b\n'
  ].join(''))
})
