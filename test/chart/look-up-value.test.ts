import t from 'tap'
import { tableAt, valueAt } from '../../src/chart/look-up-value.js'
import { parseValues } from '../../src/chart/values-file.js'

const values = parseValues('a: {b: {c: 1, list: [1]}, d: null}\ntop: text\n')

t.test('tables', async t => {
  t.equal(tableAt(values, 'a.b'), (values.get('a') as Map<string, unknown>).get('b'))
  t.strictSame(tableAt(values, 'a.x.y'), { noTable: 'x' })
  t.strictSame(tableAt(values, 'top'), { noTable: 'top' })
  t.strictSame(tableAt(values, ''), { noTable: '' })
})

t.test('values', async t => {
  t.equal(valueAt(values, 'a.b.c'), 1)
  t.equal(valueAt(values, 'top'), 'text')
  t.equal(valueAt(values, 'a.d'), null)
  t.strictSame(valueAt(values, 'a.b.list'), [1])
  for (const path of ['a', 'a.b', 'a.x', 'top.x', '', '.', 'a.']) t.equal(valueAt(values, path), undefined, path)
})
