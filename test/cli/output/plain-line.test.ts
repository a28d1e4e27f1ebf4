import t from 'tap'
import { plainLine } from '../../../src/cli/output/plain-line.js'

t.test('a line, without what a terminal obeys', async t => {
  t.equal(plainLine('Größe 1/2 ✓'), 'Größe 1/2 ✓')
  t.equal(plainLine(' a\r\n\tb\u2028c '), 'a b c')
  t.equal(plainLine('\u001b[2J\u009b1m\u0007x'), '\ufffd[2J\ufffd1m\ufffdx')
  t.equal(plainLine('a\u202eb\u200bc\u2066d'), 'a\ufffdb\ufffdc\ufffdd')
})
