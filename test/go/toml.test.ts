import t from 'tap'
import type { GoTime } from '../../src/go/time.js'
import { unmarshalToml, type TomlTypes } from '../../src/go/toml.js'
import { int64, type Value } from '../../src/go/value.js'

const types: TomlTypes = { time: time => time.string(), tables: list => list, local: { name: 'CET', offset: 3600 } }

t.test('values by their kind', async t => {
  const expected = new Map<string, Value>([['a', int64(1)], ['b', 1.5], ['c', [true, 'x']], ['d', new Map([['e', int64(2)]])]])
  t.strictSame(unmarshalToml('a = 1\nb = 1.5\nc = [true, "x"]\n[d]\ne = 2', types), expected)
})

t.test('a time without an offset has that of the local zone, and one with it keeps its own', async t => {
  const read = (text: string): Value => unmarshalToml(`a = ${text}`, types).get('a') ?? null
  t.equal(read('1979-05-27T07:32:00'), '1979-05-27 07:32:00 +0100 datetime-local')
  t.equal(read('1979-05-27'), '1979-05-27 00:00:00 +0100 date-local')
  t.equal(read('07:32:00'), '0000-01-01 07:32:00 +0100 time-local')
  t.equal(read('1979-05-27T07:32:00Z'), '1979-05-27 07:32:00 +0000 UTC')
  t.equal(read('1979-05-27T07:32:00+01:00'), '1979-05-27 07:32:00 +0100 CET')
  t.equal(read('1979-05-27T07:32:00-02:30'), '1979-05-27 07:32:00 -0230 -0230')
})

t.test('an array of tables shows its tables as they are read', async t => {
  const made: Value[] = []
  const found = unmarshalToml('[[a]]\nb = 1\n[[a]]\nb = 2', { ...types, tables: list => { made.push(list); return list } })
  t.strictSame(found.get('a'), [new Map([['b', int64(1)]]), new Map([['b', int64(2)]])])
  t.equal(made.length, 1)
})

t.test('what nests too deeply is refused', async t => {
  const deep = { name: 'TomlError', code: 'depth', message: 'toml: exceeded max depth of 500' }
  t.throws(() => unmarshalToml(`a = ${'['.repeat(100_000)}`, types), deep)
  t.throws(() => unmarshalToml(`a = ${'{a = '.repeat(100_000)}`, types), deep)
  t.throws(() => unmarshalToml(`${'a.'.repeat(100_000)}a = 1`, types), deep)
  t.throws(() => unmarshalToml(`[${'a.'.repeat(100_000)}a]`, types), deep)
  t.doesNotThrow(() => unmarshalToml(`a = ${'['.repeat(400)}${']'.repeat(400)}`, types))
})

t.test('a document of many lines is read in one pass', async t => {
  const found = unmarshalToml(Array.from({ length: 50_000 }, (_, i) => `key${i} = ${i}`).join('\n'), types)
  t.equal(found.size, 50_000)
})

t.test('an error says which code', async t => {
  t.throws(() => unmarshalToml('a = ', types), { name: 'TomlError', code: 'syntax', message: 'toml: line 1 (last key "a"): unexpected EOF; expected value' })
  t.throws(() => unmarshalToml('a\0', types), { code: 'syntax', message: /^toml: line 1: files cannot contain NULL bytes/ })
})

t.test('keys that JavaScript’s objects have are keys like any other', async t => {
  const found = unmarshalToml('__proto__ = 1\nconstructor.prototype = 2', types)
  t.strictSame([...found.keys()], ['__proto__', 'constructor'])
})

t.test('times are Go’s', async t => {
  const times: GoTime[] = []
  unmarshalToml('a = 1979-05-27T07:32:00.5Z', { ...types, time: time => { times.push(time); return null } })
  t.equal(times[0]?.rfc3339Nano(), '1979-05-27T07:32:00.5Z')
})
