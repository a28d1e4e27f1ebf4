import t from 'tap'
import { readBoolean, readList, readString, readStringMap, readStrings, readStruct, readTime, type Fields, type Place } from '../../src/chart/decode.js'
import { Int, type Value } from '../../src/go/value.js'

const place: Place = { struct: 'Metadata', path: 'x' }

t.test('scalars for a text', async t => {
  const cases: ReadonlyArray<readonly [Value, string | undefined]> = [
    ['a', 'a'], [null, undefined], [true, 'true'], [5, '5'], [-5, '-5'], [1.5, '1.5'], [1.1, '1.1'], [1.123456789, '1.1234568'], [1e21, '1e+21'], [0.00001, '1e-05'], [new Int('int64', 2n ** 62n), '4611686018427387904']
  ]
  for (const [value, text] of cases) t.equal(readString(value, place), text)
  t.throws(() => readString([], place), { code: 'invalid-chart', message: 'json: cannot unmarshal array into Go struct field Metadata.x of type string' })
})

t.test('other kinds', async t => {
  t.equal(readBoolean(true, place), true)
  t.throws(() => readBoolean('true', place), { message: 'json: cannot unmarshal string into Go struct field Metadata.x of type bool' })
  t.strictSame(readStrings(['a', null, 5], place), ['a', '', '5'])
  t.equal(readStrings(null, place), undefined)
  t.throws(() => readList(new Map(), place, '*v2.Thing', element => element), { message: 'json: cannot unmarshal object into Go struct field Metadata.x of type []*v2.Thing' })
  t.strictSame(readStringMap(new Map<string, Value>([['b', null], ['a', 1]]), place, new Map([['c', 'd']])), new Map([['c', 'd'], ['a', '1'], ['b', '']]))
})

t.test('times', async t => {
  t.equal(readTime('2020-01-02T03:04:05.600+02:00'), '2020-01-02T03:04:05.6+02:00')
  t.equal(readTime(null), undefined)
  t.throws(() => readTime(5), { message: 'Time.UnmarshalJSON: input is not a JSON string' })
  t.throws(() => readTime('x'), { code: 'invalid-chart', message: /^parsing time "x" as / })
})

t.test('structs', async t => {
  const seen: string[] = []
  const fields: Fields = new Map([['name', (value: Value, at: Place) => { seen.push(`${at.struct}.${at.path}=${typeof value === 'string' ? value : ''}`) }]])
  readStruct(new Map([['name', 'exact'], ['NAME', 'folded'], ['other', 'ignored']]), 'v2.Thing', fields)
  t.strictSame(seen, ['Thing.name=folded', 'Thing.name=exact'], 'in the bytewise order of the keys')
  t.throws(() => { readStruct(new Map([['other', 1]]), 'v2.Thing', fields, { strict: true }) }, { message: 'json: unknown field "other"' })
  t.throws(() => { readStruct(new Map([['other', 1]]), 'v2.Thing', fields, { place: { ...place, strict: true } }) }, { message: 'json: unknown field "other"' })
  t.throws(() => { readStruct('text', 'v2.Thing', fields, { place }) }, { message: 'json: cannot unmarshal string into Go struct field Metadata.x of type v2.Thing' })
  t.throws(() => { readStruct([], 'v2.Thing', fields) }, { message: 'json: cannot unmarshal array into Go value of type v2.Thing' })
})
