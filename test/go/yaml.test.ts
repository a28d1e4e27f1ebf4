import { Buffer } from 'node:buffer'
import t from 'tap'
import { encode } from '../../src/go/bytes.js'
import { YamlError } from '../../src/go/errors.js'
import { sprintf } from '../../src/go/fmt.js'
import { marshalJson, unmarshalJson } from '../../src/go/json.js'
import { GoObject, Int, int, type Dict, type Value } from '../../src/go/value.js'
import { marshalYaml, marshalYamlPretty, splitYamlDocuments, unmarshalYaml, unmarshalYamlStrict } from '../../src/go/yaml.js'
import { evaluate, type Functions } from '../compat/call.js'
import { outputBytes, recordedCases } from '../compat/case-file.js'
import { collections, textOf } from '../compat/collections.js'

/** Helm's functions over ours: errors become an empty text, or the entry Error. */
const functions: Functions = {
  ...collections,
  toJson: value => marshalJson(value),
  toYaml: value => orError(() => marshalYaml(value).replace(/\n$/, ''), () => ''),
  toYamlPretty: value => marshalYamlPretty(value).replace(/\n$/, ''),
  printf: (format = null, ...args) => sprintf(textOf(format), ...args),
  fromYaml: text => orError(() => unmarshalYaml(textOf(text)) ?? new Map(), error => new Map([['Error', error.message]]))
}

function orError (attempt: () => Value, otherwise: (error: YamlError) => Value): Value {
  try {
    return attempt()
  } catch (error) {
    if (error instanceof YamlError) return otherwise(error)
    throw error
  }
}

for (const file of ['yaml-emit', 'yaml-parse', 'yaml-pretty']) {
  t.test(`as Helm answered: ${file}`, async t => {
    for (const { name, call = '', values = '', result } of recordedCases(file)) {
      const output = evaluate(call, { functions, values: unmarshalYaml(values) })
      t.same(Buffer.from(encode(textOf(output))), outputBytes(result), name)
    }
  })
}

t.test('what is written is read back', async t => {
  const value: Dict = new Map<string, Value>([
    ['text', 'a\nb: c\n'], ['list', [1, 'two', null, true, [], new Map()]], ['map', new Map<string, Value>([['k', 1.5], ['', '']])]
  ])
  t.same(unmarshalYaml(marshalYaml(value)), value)
})

t.test('a document ends with one line feed', async t => {
  t.equal(marshalYaml('a'), 'a\n')
  t.equal(marshalYaml(new Map([['a', 'x\n']])), 'a: |\n  x\n')
  t.equal(marshalYaml('x\n\n'), '|+\n  x\n\n')
})

t.test('integers keep their 64 bits, bytes are base64', async t => {
  t.equal(marshalYaml([new Int('uint64', 18446744073709551615n), new Int('int64', -9223372036854775808n), int(7)]),
    '- 18446744073709551615\n- -9223372036854775808\n- 7\n')
  t.equal(marshalYaml(new Map([['k', Uint8Array.of(104, 105, 255)]])), 'k: aGn/\n')
  t.equal(marshalYamlPretty(new Map<string, Value>([['k', Uint8Array.of(104, 105)], ['f', [Infinity, -Infinity, NaN]]])), 'f:\n  - .inf\n  - -.inf\n  - .nan\nk:\n  - 104\n  - 105\n')
})

t.test('structs are written by their JSON fields', async t => {
  class Pair extends GoObject {
    readonly goType = 'p.Pair'
    readonly goKind = 'struct'
    override field (): undefined {
      return undefined
    }

    override fields (): ReadonlyArray<readonly [string, Value]> {
      return [['Key', 'k'], ['Value', int(1)]]
    }

    override jsonFields (): ReadonlyArray<readonly [string, Value]> {
      return [['value', int(1)], ['key', 'k']]
    }
  }
  t.equal(marshalYaml([new Pair()]), '- key: k\n  value: 1\n')
  t.equal(marshalJson([new Pair()]), '[{"value":1,"key":"k"}]')
  t.equal(marshalYamlPretty([new Pair()]), '- key: k\n  value: 1\n')
})

t.test('what cannot be written', async t => {
  t.throws(() => marshalYaml(NaN), { code: 'unsupported', message: 'error marshaling into JSON: json: unsupported value: NaN' })
  t.throws(() => marshalYaml(['a\x7f']), { code: 'unsupported', message: 'yaml: control characters are not allowed' })
  t.throws(() => marshalYaml(new Map([['k'.repeat(1023), 1]])), { message: "yaml: did not find expected ',' or '}'" })
  const loop: Dict = new Map()
  loop.set('self', loop)
  t.throws(() => marshalYaml(loop), { code: 'depth' })
})

t.test('keys that stand twice', async t => {
  t.same(unmarshalYaml('a: 1\na: 2\n'), new Map([['a', 2]]))
  t.throws(() => unmarshalYamlStrict('a: 1\nb:\n  c: 1\n  "c": 2\na: 2\n'), {
    code: 'duplicate-key',
    message: 'error converting YAML to JSON: yaml: unmarshal errors:\n  line 4: key "c" already set in map\n  line 5: key "a" already set in map'
  })
  t.same(unmarshalYamlStrict('"1": a\nb: {c: 1}\nd: {c: 2}\n'), new Map<string, Value>([['1', 'a'], ['b', new Map([['c', 1]])], ['d', new Map([['c', 2]])]]))
})

t.test('aliases give values of their own', async t => {
  const value = unmarshalYaml('a: &x {k: [1]}\nb: *x\nc: {<<: *x}\n')
  t.ok(value instanceof Map)
  if (!(value instanceof Map)) return
  const [a, b, c] = [value.get('a'), value.get('b'), value.get('c')]
  t.same(a, b)
  t.same(a, c)
  t.not(a, b)
  t.ok(a instanceof Map && c instanceof Map && a.get('k') !== c.get('k'))
})

t.test('encodings', async t => {
  t.same(unmarshalYaml('\ufeffa: é\n'), new Map([['a', 'é']]))
  t.same(unmarshalYaml('\udcff\udcfea\0:\0 \0b\0'), new Map([['a', 'b']]), 'UTF-16, low byte first')
  t.same(unmarshalYaml('\udcfe\udcff\0a\0:\0 \0b'), new Map([['a', 'b']]), 'UTF-16, high byte first')
  const refused: ReadonlyArray<readonly [string, string]> = [
    ['a: \udc80', 'invalid leading UTF-8 octet'], ['a: \udcc3', 'incomplete UTF-8 octet sequence'], ['a: \udcc3 b', 'invalid trailing UTF-8 octet'],
    ['a: \udcc0\udc80', 'invalid length of a UTF-8 sequence'], ['a: \udced\udca0\udc80', 'invalid Unicode character'], ['a: \x00', 'control characters are not allowed']
  ]
  for (const [text, problem] of refused) t.throws(() => unmarshalYaml(text), { message: `error converting YAML to JSON: yaml: ${problem}` })
  t.throws(() => unmarshalYaml(`a: b: c\n${'x'.repeat(2000)}\x01`), { message: /mapping values are not allowed/ }, 'an earlier mistake is named first')
})

t.test('documents', async t => {
  t.strictSame(splitYamlDocuments('a: 1\n---\nb: 2\n--- # c\n\n---\n'), ['a: 1\n', 'b: 2\n', '\n'])
  t.strictSame(splitYamlDocuments('---\na: 1\r\n'), ['---\na: 1\n'])
  t.strictSame(splitYamlDocuments(''), [])
  t.throws(() => splitYamlDocuments('a: 1\n---b: 2\n'), { code: 'syntax', message: 'invalid Yaml document separator: b: 2' })
})

t.test('hostile documents are refused quickly', async t => {
  for (const text of ['['.repeat(10_000), '{a: '.repeat(10_000), '- '.repeat(10_000), '? '.repeat(10_000), '['.repeat(1_000_000)]) {
    t.throws(() => unmarshalYaml(text), { code: 'depth', message: /exceeded max depth of 500$/ }, text.slice(0, 4))
  }
  t.throws(() => unmarshalYaml(`a:\n${'  [\n'.repeat(10_000)}`), { message: 'error converting YAML to JSON: yaml: line 502: exceeded max depth of 500' })
  let laughs = 'a: &a [x, x, x, x, x, x, x, x, x]\n'
  for (const [name, from] of ['ba', 'cb', 'dc', 'ed', 'fe', 'gf', 'hg', 'ih'].map(pair => pair.split(''))) {
    laughs += `${name ?? ''}: &${name ?? ''} [${Array<string>(9).fill(`*${from ?? ''}`).join(', ')}]\n`
  }
  t.throws(() => unmarshalYaml(laughs), { code: 'aliasing', message: 'error converting YAML to JSON: yaml: document contains excessive aliasing' })
  t.throws(() => unmarshalYaml('a: &a [*a]'), { code: 'aliasing', message: "error converting YAML to JSON: yaml: anchor 'a' value contains itself" })
  let deep: Value = 'x'
  for (let i = 0; i < 10_000; i++) deep = [deep]
  t.throws(() => marshalYaml(deep), { code: 'depth' })
  const nested = '['.repeat(500) + ']'.repeat(500)
  t.equal(marshalJson(unmarshalYaml(nested)), nested, 'five hundred levels are fine')
  t.equal(marshalJson(unmarshalJson(nested)), nested)
})
