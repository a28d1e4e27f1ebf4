import t from 'tap'
import { Int, type Value } from '../../src/go/value.js'
import { marshalJson } from '../../src/go/json.js'
import { parseJson, parseObject } from '../../src/kube/json.js'

t.test('whole numbers of 64 bits stay what they are', async t => {
  const list = parseJson('[0, -1, 9007199254740993, 9223372036854775807, -9223372036854775808]') as Value[]
  t.ok(list.every(value => value instanceof Int))
  t.equal(marshalJson(list), '[0,-1,9007199254740993,9223372036854775807,-9223372036854775808]')
})

t.test('other numbers are float64', async t => {
  t.strictSame(parseJson('[1.5, 1e3, -0.25, 2E-2, 9223372036854775808]'), [1.5, 1000, -0.25, 0.02, 9223372036854775808])
})

t.test('words, strings, nesting and white space', async t => {
  const value = parseJson(' {"a" : [true, false, null, "x\\n\\u00e9\\"\\\\", {}], "":[ ]} ')
  t.strictSame(value, new Map<string, Value>([['a', [true, false, null, 'x\né"\\', new Map()]], ['', []]]))
  t.equal(parseJson('"\\\\"'), '\\')
  t.strictSame(parseJson('{"__proto__": {"x": "y"}}'), new Map([['__proto__', new Map([['x', 'y']])]]))
})

t.test('what is no JSON is refused, with its place', async t => {
  for (const [text, offset] of [['', 0], ['{"a":}', 5], ['[1,]', 3], ['[1 2]', 3], ['{"a" 1}', 5], ['{a:1}', 1], ['"abc', 0], ['"\\x"', 0], ['tru', 0], ['1 2', 2], ['{"a":1', 6]] as const) {
    t.throws(() => parseJson(text), { code: 'protocol', message: `invalid JSON at offset ${offset}` }, text)
  }
  t.throws(() => parseJson('['.repeat(2000)), { message: 'JSON is nested too deeply' })
  t.throws(() => parseObject('[]'), { message: 'expected a JSON object' })
})
