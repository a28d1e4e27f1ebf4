import t from 'tap'
import { columns, textWidth } from '../../../src/cli/output/columns.js'

t.test('pads every cell to its column, and ends each row with a line break', async t => {
  t.equal(columns([['NAME', 'URL'], ['a', 'http://example.com']]), 'NAME\tURL               \na   \thttp://example.com\n')
  t.equal(columns([]), '')
  t.equal(columns([['', 'x']]), '\tx\n')
})

t.test('cuts what is too wide, after at least one letter', async t => {
  const rows = [['NAME', 'abcdefghij'], ['a', 'b']]
  t.equal(columns(rows, 8), 'NAME\tabcde...\na   \tb       \n')
  t.equal(columns(rows, 4), 'NAME\ta...\na   \tb   \n')
  t.equal(columns(rows, 3), 'N...\ta...\na  \tb  \n', 'as Helm does, beyond the width')
  t.equal(columns(rows, 10), columns(rows, 0))
})

t.test('counts wide letters twice and marks not at all', async t => {
  t.equal(textWidth('Ünïcode, 日本語'), 15)
  t.equal(textWidth('e\u0301'), 1)
  t.equal(textWidth('🚀'), 2)
  t.equal(columns([['日本'], ['abc']]), '日本\nabc \n')
  t.equal(columns([['日本語日本語日本語']], 10), '日本語日...\n', 'as Helm does, one column beyond the width')
})

t.test('a cell of several lines makes a row of several, where the column has room for all of its letters', async t => {
  t.equal(columns([['a', 'one\ntwo'], ['b', 'x'.repeat(8)]]), 'a\tone     \n \ttwo     \nb\txxxxxxxx\n')
  t.equal(columns([['a', 'one\ntwo'], ['b', 'x']]), 'a\to...\nb\tx  \n', 'as Helm does: all lines count as one when it cuts')
})
