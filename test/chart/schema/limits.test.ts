import t from 'tap'
import { checkValues, complaintAboutValues } from '../../../src/chart/schema/check-values.js'
import { validateValues } from '../../../src/chart/schema/validate-values.js'
import { encode } from '../../../src/go/bytes.js'
import type { Dict, Value } from '../../../src/go/value.js'
import { chartOf } from '../../engine/case-chart.js'

function check (schema: object | string, values: Dict = new Map([['a', 1]])): void {
  checkValues(values, encode(typeof schema === 'string' ? schema : JSON.stringify(schema)))
}

function nested (depth: number, wrap: (inner: string) => string): string {
  let schema = '{"type":"string"}'
  for (let i = 0; i < depth; i++) schema = wrap(schema)
  return schema
}

t.test('schemas that would take for ever end soon, and say why', async t => {
  const fork = Object.fromEntries(Array.from({ length: 40 }, (_, i) => [`d${i}`, { anyOf: [{ $ref: `#/$defs/d${i + 1}` }, { $ref: `#/$defs/d${i + 1}` }] }]))
  const chain = Object.fromEntries(Array.from({ length: 3000 }, (_, i) => [`d${i}`, { $ref: `#/$defs/d${i + 1}` }]))
  const texts: Value = Array.from({ length: 100 }, () => 'a'.repeat(4000))
  const hostile: Readonly<Record<string, readonly [schema: object | string, message: RegExp, values?: Dict]>> = {
    'branches that double at every level': [{ $defs: { ...fork, d40: { type: 'string' } }, $ref: '#/$defs/d0' }, /takes more than 250000 steps$/],
    'a long chain of references': [{ $defs: { ...chain, d3000: {} }, $ref: '#/$defs/d0' }, /nests more than 600 levels deep$/],
    'deep nesting': [nested(240, inner => `{"allOf":[${inner}]}`), /nests more than 600 levels deep$/],
    'deeper nesting': [nested(3000, inner => `{"not":${inner}}`), /exceeded max depth$/],
    'a great exponent': ['{"properties":{"a":{"maximum":1e999999}}}', /the number 1e999999 has more than 5000 digits$/],
    'a costly pattern': [{ properties: { a: { items: { pattern: '(?:a?){500}a{500}' } } } }, /takes more than/, new Map([['a', texts]])],
    'a long pattern': [{ properties: { a: { pattern: '(a|b)*'.repeat(100_000) } } }, /takes more than 250000 steps$/],
    'large patterns': [{ patternProperties: Object.fromEntries(Array.from({ length: 1000 }, (_, i) => [`((a{1,30}){1,30})${i}`, {}])) }, /takes more than/],
    'long keys in one another': [nested(80, inner => `{"properties":{"${'k'.repeat(40_000)}":${inner}}}`), /takes more than/],
    'a long address': [{ $id: `http://x/${'y'.repeat(100_000)}/`, properties: Object.fromEntries(Array.from({ length: 1000 }, (_, i) => [`p${i}`, { $ref: '#' }])) }, /takes more than/],
    'multiples of next to nothing': ['{"properties":{"a":{"items":{"multipleOf":1e-4900}}}}', /takes more than/, new Map<string, Value>([['a', Array.from({ length: 5000 }, (_, i) => i)]])],
    'more names than can be checked': [{ properties: Object.fromEntries(Array.from({ length: 40_000 }, (_, i) => [`p${i}`, { type: 'string' }])) }, /takes more than/]
  }
  for (const [name, [schema, message, values]] of Object.entries(hostile)) t.throws(() => { check(schema, values) }, { code: /^(too-complex|invalid-schema)$/, message }, name)
})

t.test('patterns do not run away', async t => {
  t.throws(() => { check({ properties: { a: { pattern: '^(a+)+$' } } }, new Map([['a', `${'a'.repeat(50_000)}b`]])) }, { code: 'invalid-values' })
})

t.test('a schema of a thousand properties is no trouble', async () => {
  check({ properties: Object.fromEntries(Array.from({ length: 1000 }, (_, i) => [`p${i}`, { type: 'string', minLength: 1, pattern: '^x' }])) })
  const list: Value = Array.from({ length: 5000 }, (_, i) => i)
  check({ properties: { a: { uniqueItems: true, items: { type: 'integer' } } } }, new Map([['a', list]]))
})

t.test('nothing is fetched and no file is read', async t => {
  const refused = (schema: object, message: string): void => { t.throws(() => { check(schema) }, { code: 'refused', message }) }
  refused({ $ref: 'https://example.com/x.json#/a' }, 'failing loading "https://example.com/x.json": nothing is fetched for a schema: put it into values.schema.json, below $defs, and refer to it there')
  refused({ properties: { a: { $ref: '../../etc/passwd' } } }, 'failing loading "file:///etc/passwd": no files are read for a schema: put it into values.schema.json, below $defs, and refer to it there')
  refused({ $schema: 'http://example.com/x' }, 'failing loading "http://example.com/x": nothing is fetched for a schema: put it into values.schema.json, below $defs, and refer to it there')
  refused({ $id: 'https://example.com/a.json', $ref: 'b.json' }, 'failing loading "https://example.com/b.json": nothing is fetched for a schema: put it into values.schema.json, below $defs, and refer to it there')
})

t.test('a urn is passed over, and said so', async t => {
  const urns: string[] = []
  checkValues(new Map([['a', 1]]), encode('{"$ref":"urn:example:x"}'), { unresolved: urn => { urns.push(urn) } })
  t.strictSame(urns, ['urn:example:x'])
})

t.test('of very many complaints only the first are printed', async t => {
  const list: Value = Array.from({ length: 60_000 }, (_, i) => i)
  const text = complaintAboutValues(new Map([['a', list]]), encode('{"properties":{"a":{"items":{"type":"string"}}}}')) ?? ''
  t.match(text, /^- at '\/a\/0': got number, want string\n/)
  t.match(text, /\n- more is wrong than 2000000 characters can say: the rest is left out\n$/)
  t.ok(text.length < 2_001_000)
})

t.test('numbers are the same however they are written, and differ in any digit', async t => {
  const among = (number: string, value: Value): boolean => complaintAboutValues(new Map([['a', value]]), encode(`{"properties":{"a":{"enum":[${number}]}}}`)) === undefined
  for (const [number, value] of [['1.50', 1.5], ['15e-1', 1.5], ['0.0', 0], ['-0', 0], ['100', 100], ['1e2', 100], ['1E+21', 1e21], ['0.000001', 1e-6], ['120e-1', 12]] as const) t.ok(among(number, value), number)
  for (const [number, value] of [['1.5000000000000000001', 1.5], ['-1.5', 1.5], ['1e999999', 1e300], ['10', 1], ['0.1', 1]] as const) t.notOk(among(number, value), number)
  t.throws(() => { check('{"$schema":"http://json-schema.org/draft-04/schema#","enum":[1.0,10e-1]}') }, { code: 'invalid-schema', message: /items at 0 and 1 are equal/ })
})

t.test('the schemas of a chart and its sub-charts have a limit together, too', async t => {
  const schema = JSON.stringify({ properties: Object.fromEntries(Array.from({ length: 3000 }, (_, i) => [`p${i}`, { type: 'string' }])) })
  const subcharts = Array.from({ length: 20 }, (_, i): ReadonlyArray<readonly [string, string]> => [[`charts/s${i}/Chart.yaml`, `apiVersion: v2\nname: s${i}\nversion: 1.0.0\n`], [`charts/s${i}/values.schema.json`, schema]]).flat()
  const chart = chartOf(Object.fromEntries([['Chart.yaml', 'apiVersion: v2\nname: a\nversion: 1.0.0\n'], ...subcharts]))
  const values = (count: number): Dict => new Map(Array.from({ length: count }, (_, i) => [`s${i}`, new Map()]))
  t.doesNotThrow(() => { validateValues(chart, values(5)) })
  t.throws(() => { validateValues(chart, values(20)) }, { code: 'invalid-values', message: /\ns\d+:\nunable to validate schema: it takes more than 800000 steps\ns19:\n/ })
})
