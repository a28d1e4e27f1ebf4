import t from 'tap'
import { readJsonPrefix } from '../../src/chart/json-prefix.js'

t.test('a value ends where it ends', async t => {
  const read = (text: string): unknown[] => {
    const { value, length } = readJsonPrefix(text)
    return [value, text.slice(length)]
  }
  t.strictSame(read('1,b=2'), [1, ',b=2'])
  t.strictSame(read('-1.5e3x'), [-1500, 'x'])
  t.strictSame(read('01'), [0, '1'])
  t.strictSame(read('1.5.5'), [1.5, '.5'])
  t.strictSame(read('truex'), [true, 'x'])
  t.strictSame(read('null '), [null, ' '])
  t.strictSame(read('"a\\"b",c'), ['a"b', ',c'])
  t.strictSame(read('[1,"]",[2]]]'), [[1, ']', [2]], ']'])
  t.strictSame(read('{"a":{"b":"}"}}}'), [new Map([['a', new Map([['b', '}']])]]), '}'])
})

t.test('what is no value', async t => {
  for (const text of ['', 'x', '-', '1.', '1e', '1.5e+', 'tru', '"a', '[1', '{"a":1', '[1}', '+1', '.5']) t.throws(() => readJsonPrefix(text), text)
})
