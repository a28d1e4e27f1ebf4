import t from 'tap'
import { checkValues } from '../../../src/chart/schema/check-values.js'
import { encode } from '../../../src/go/bytes.js'
import type { Dict, Value } from '../../../src/go/value.js'

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
