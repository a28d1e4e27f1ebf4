import t from 'tap'
import { copyValues } from '../../src/chart/copy-values.js'
import type { Dict } from '../../src/go/value.js'

t.test('mappings and lists are new all the way down', async t => {
  const inner: Dict = new Map([['b', 1]])
  const copied = copyValues(new Map<string, Dict | Dict[]>([['a', inner], ['l', [inner]]]))
  inner.set('b', 2)
  t.strictSame(copied, new Map<string, unknown>([['a', new Map([['b', 1]])], ['l', [new Map([['b', 1]])]]]))
})

t.test('values that hold themselves are refused', async t => {
  const values: Dict = new Map()
  values.set('a', new Map([['list', [values]]]))
  t.throws(() => copyValues(values), { code: 'invalid-values', message: /^values nest more than 1000 levels deep, or hold themselves/ })
})

t.test('what a file may nest, and more, is copied', async t => {
  let values: Dict = new Map()
  for (let level = 0; level < 900; level++) values = new Map([['a', values]])
  t.doesNotThrow(() => copyValues(values))
})
