import t from 'tap'
import { Source } from '../../src/template/source.js'

t.test('lines count from 1 and columns from 0, in bytes', async t => {
  const source = new Source('f', 'ab\né世x\n')
  t.strictSame(source.locate(0), { line: 1, column: 0 })
  t.strictSame(source.locate(2), { line: 1, column: 2 })
  t.strictSame(source.locate(3), { line: 2, column: 0 })
  t.strictSame(source.locate(5), { line: 2, column: 5 })
  t.strictSame(source.locate(7), { line: 3, column: 0 })
})
