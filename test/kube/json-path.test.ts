import t from 'tap'
import { JsonPathError } from '../../src/kube/json-path-error.js'
import { runJsonPath } from '../../src/kube/json-path.js'
import { int, type Value } from '../../src/go/value.js'

/** Plain JSON as values. */
function value (json: unknown): Value {
  if (Array.isArray(json)) return json.map(value)
  if (typeof json === 'object' && json !== null) return new Map(Object.entries(json).map(([key, inner]) => [key, value(inner)]))
  return typeof json === 'string' || typeof json === 'number' || typeof json === 'boolean' ? json : null
}

// What Helm prints for many more templates is in repo-compat.test.ts; here is what Helm has no answer to.
const data = value({ image: { tag: '1.0', name: 'web' }, ports: [{ name: 'a', port: 80 }, { name: 'b', port: 443 }], size: 'x', on: true, off: false, empty: '' })

t.test('numbers compare as numbers', async t => {
  t.equal(runJsonPath('{.ports[?(@.port==80)].name}', data), 'a')
  t.equal(runJsonPath('{.ports[?(@.port!=80)].name}', data), 'b')
  t.equal(runJsonPath('{.ports[?(@.port>100)].name}', data), 'b')
  t.equal(runJsonPath('{.ports[?(@.port>=80)].name}', data), 'a b')
  t.equal(runJsonPath('{.ports[?(@.port<443)].name}', data), 'a')
  t.equal(runJsonPath('{.ports[?(@.port<=443)].name}', data), 'a b')
  t.equal(runJsonPath('{.ports[?(@.n==80)].n}', new Map([['ports', [new Map([['n', int(80)]])]]])), '80')
})

t.test('maps give their values in the order of their keys', async t => {
  t.equal(runJsonPath('{.image.*}', data), 'web 1.0')
  t.equal(runJsonPath('{.image[*]}', value({ image: ['b', 'a'] })), 'b a')
  t.equal(runJsonPath('{.ports[*].*}', data), 'a 80 b 443')
  t.equal(runJsonPath('{..}', value({ a: { b: 'c' }, d: 1, e: '' })), '{"a":{"b":"c"},"d":1,"e":""} {"b":"c"} c')
})

t.test('blocks nest, also without an end', async t => {
  t.equal(runJsonPath('{range .ports[*]}<{.name}>{end}!', data), '<a><b>!')
  t.equal(runJsonPath('{range .ports[*]}<{.name}>', data), '<a><b>')
  t.equal(runJsonPath('{range .a[*]}{range @[*]}{@},{end};{end}', value({ a: [[1, 2], [3]] })), '1,2,;3,;')
})

t.test('quoted texts know Go\'s escapes', async t => {
  t.equal(runJsonPath('{"a\\tb\\u00e4"}{\'c\\\'d"e\'}', data), 'a\tbäc\'d"e')
  t.throws(() => runJsonPath('{"\\q"}', data), new JsonPathError('syntax', 'unquote string "\\q" error invalid syntax'))
})

t.test('says what does not fit', async t => {
  const faults = {
    '{.nope}': 'nope is not found',
    '{.image.nope}': 'nope is not found',
    '{.ports[2]}': 'array index out of bounds: index 2, length 2',
    '{.ports[-3]}': 'array index out of bounds: index -1, length 2',
    '{.ports[0:5]}': 'array index out of bounds: index 4, length 2',
    '{.ports[1:0:1]}': 'array index out of bounds: index -1, length 2',
    '{.image[0]}': 'a map is not array or slice',
    '{.size[0]}': 'x is not array or slice',
    '{.ports[::0]}': 'step must be > 0',
    '{.image[?(@.a)]}': 'a map is not array or slice and cannot be filtered',
    '{.ports[?(@.name==1)]}': 'incompatible types for comparison',
    '{.ports[?(@==1)]}': 'invalid type for comparison',
    '{.ports[?(@.*==1)]}': 'can only compare one element at a time',
    '{.ports[?(@.name=!"a")]}': 'unrecognized filter operator =!',
    '{end}': 'not in range, nothing to end',
    '{foo}': 'unrecognized identifier foo'
  }
  for (const [template, message] of Object.entries(faults)) t.throws(() => runJsonPath(template, data), new JsonPathError('execution', message), template)
})

t.test('what stands to the left may be missing in a filter that asks for that', async t => {
  t.equal(runJsonPath('{.list[?(@.a)].b}', value({ list: [{ a: 1, b: 2 }, { b: 3 }] })), '2')
  t.throws(() => runJsonPath('{.list[?(@.a==1)].b}', value({ list: [{ a: 1, b: 2 }, { b: 3 }] })), { message: 'a is not found' })
})
