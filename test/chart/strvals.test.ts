import t from 'tap'
import { parseSet, parseSetFile, parseSetJson, parseSetLiteral, parseSetString } from '../../src/chart/strvals.js'
import { int64, type Dict, type Value } from '../../src/go/value.js'

function values (parse: (values: Dict, text: string) => void, text: string): Dict {
  const found: Dict = new Map()
  parse(found, text)
  return found
}

t.test('the table of what Helm prints is in load-values.test.ts; here is what it cannot show', async t => {
  t.strictSame(values(parseSet, 'a=9223372036854775807').get('a'), int64(2n ** 63n - 1n), 'an integer keeps all its digits')
  t.strictSame(values(parseSetString, 'a=5').get('a'), '5')
  t.strictSame(values(parseSetJson, 'a=5').get('a'), 5)
  t.strictSame(values(parseSetLiteral, 'a=5,6').get('a'), '5,6')
})

t.test('the greatest index of a list', async t => {
  const list = values(parseSet, 'a[65536]=x').get('a')
  t.ok(Array.isArray(list))
  const items: Value[] = Array.isArray(list) ? list : []
  t.equal(items.length, 65537)
  t.equal(items[0], null)
  t.equal(items[65536], 'x')
  t.throws(() => values(parseSet, 'a[65537]=x'), { code: 'invalid-values', message: 'index of 65537 is greater than maximum supported index of 65536' })
})

t.test('names that stand in every JavaScript object are names like others', async t => {
  t.strictSame(values(parseSet, '__proto__.polluted=1'), new Map([['__proto__', new Map([['polluted', int64(1)]])]]))
  t.equal(Reflect.get({}, 'polluted'), undefined)
})

t.test('values are added to those that are there', async t => {
  const found: Dict = new Map<string, Value>([['a', new Map([['b', 1]])], ['l', ['x']]])
  parseSet(found, 'a.c=2,l[1]=y,a.b=null')
  t.strictSame(found, new Map<string, Value>([['a', new Map<string, Value>([['b', null], ['c', int64(2)]])], ['l', ['x', 'y']]]))
})

t.test('files are read once each, in order, before their values are set', async t => {
  const asked: string[] = []
  const found: Dict = new Map()
  await parseSetFile(found, 'a=one,b={two,one}', async path => { asked.push(path); return `text of ${path}` })
  t.strictSame(asked, ['one', 'two'])
  t.strictSame(found, new Map<string, Value>([['a', 'text of one'], ['b', ['text of two', 'text of one']]]))
})

t.test('a file that cannot be read fails in its turn', async t => {
  const read = async (path: string): Promise<string> => { throw new Error(`no ${path}`) }
  await t.rejects(parseSetFile(new Map(), 'a=one,b', read), { message: 'no one' })
  await t.rejects(parseSetFile(new Map(), 'b,a=one', read), { message: 'key "b" has no value (cannot end with ,)' })
  await t.rejects(parseSetFile(new Map([['a', 'x']]), 'a.b=one', read), { message: 'unable to parse key: interface conversion: interface {} is string, not map[string]interface {}' })
})

t.test('a long text is read in a moment', async t => {
  const found = values(parseSet, Array.from({ length: 20_000 }, (_, i) => `k${i}=v`).join(','))
  t.equal(found.size, 20_000)
})
