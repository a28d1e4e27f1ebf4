import { AjvDraft04 } from './ajv.js'
import { Ajv } from 'ajv'
import { Ajv2019 } from 'ajv/dist/2019.js'
import { Ajv2020 } from 'ajv/dist/2020.js'
import t from 'tap'
import { complaintAboutValues } from '../../../src/chart/schema/check-values.js'
import { encode } from '../../../src/go/bytes.js'
import { unmarshalJson } from '../../../src/go/json.js'
import type { Dict } from '../../../src/go/value.js'

/** The schemas of small fragments, and the values that they are tried on as the property `v`. */
const fragments: readonly object[] = [
  {}, { type: 'string' }, { type: ['integer', 'null'] }, { type: 'number' }, { enum: [1, 'a', null, [1], { a: 1 }] }, { const: { a: [1, 2] } },
  { minimum: 2, maximum: 5 }, { exclusiveMinimum: 1 }, { multipleOf: 3 }, { minLength: 2, maxLength: 3 }, { pattern: '^a+$' },
  { minItems: 2 }, { maxItems: 1 }, { uniqueItems: true }, { contains: { type: 'integer' } }, { items: { type: 'integer' } },
  { items: [{ type: 'integer' }, { type: 'string' }], additionalItems: false }, { items: [{ type: 'integer' }], additionalItems: { type: 'string' } },
  { required: ['a'] }, { minProperties: 2 }, { maxProperties: 1 }, { properties: { a: { type: 'integer' } } },
  { properties: { a: {} }, additionalProperties: false }, { properties: { a: {} }, additionalProperties: { type: 'string' } },
  { patternProperties: { '^[ab]$': { type: 'integer' } }, additionalProperties: { minLength: 2 } }, { propertyNames: { maxLength: 1 } },
  { dependencies: { a: ['b'] } }, { dependencies: { a: { required: ['c'] } } }, { not: { type: 'object' } }, { not: {} },
  { if: { type: 'object' }, then: { required: ['b'] }, else: { type: 'array' } }, { $ref: '#/definitions/tree' }, { $ref: '#/definitions/word' }
]

const modern: readonly object[] = [
  { dependentRequired: { a: ['b'] } }, { dependentSchemas: { a: { required: ['c'] } } }, { contains: { type: 'integer' }, minContains: 2, maxContains: 2 },
  { properties: { a: {} }, unevaluatedProperties: false }, { anyOf: [{ properties: { a: {} }, required: ['a'] }, { properties: { b: {} } }], unevaluatedProperties: false },
  { allOf: [{ patternProperties: { '^b': {} } }], unevaluatedProperties: { type: 'integer' } }, { unevaluatedItems: { type: 'integer' } }
]

const latest: readonly object[] = [
  { prefixItems: [{ type: 'integer' }, { type: 'string' }], items: false }, { prefixItems: [{}], unevaluatedItems: false },
  { contains: { type: 'string' }, unevaluatedItems: { type: 'integer' } }, { allOf: [{ prefixItems: [{}, {}] }], unevaluatedItems: false }
]

const values: readonly unknown[] = [
  null, true, 0, 1, 3, 5, 6, 1.5, -4, 1e15, '', 'a', 'aa', 'aaaa', 'b', '𝄞𝄞', [], [1], [1, 1], [1, 'x'], ['x', 1], [1, 'x', 'y'], [{ a: 1 }, { a: 1 }],
  {}, { a: 1 }, { a: 'x' }, { b: 2 }, { a: 1, b: 2 }, { a: 1, c: 'xx' }, { a: [1, 2] }, { left: { left: { word: 'a' } }, word: 'b' }, { left: { word: 1 } }, { abc: 1 }
]

const definitions = {
  word: { type: 'string', minLength: 1 },
  tree: { type: 'object', properties: { left: { $ref: '#/definitions/tree' }, word: { $ref: '#/definitions/word' } }, additionalProperties: { type: 'integer' } }
}

const options = { strict: false, validateFormats: false, allErrors: false } as const
const draft6 = new Ajv({ ...options, meta: false, validateSchema: false })

const drafts: ReadonlyArray<{ readonly schema: string, readonly judge: (schema: object) => (value: unknown) => boolean, readonly fragments: readonly object[] }> = [
  { schema: 'http://json-schema.org/draft-04/schema#', judge: judgeOf(new AjvDraft04(options)), fragments: fragments.filter(({ ...fragment }) => !uses(fragment, 'const', 'contains', 'propertyNames', 'if', 'exclusiveMinimum')) },
  { schema: 'http://json-schema.org/draft-06/schema#', judge: judgeOf(draft6), fragments: fragments.filter(fragment => !uses(fragment, 'if')) },
  { schema: 'http://json-schema.org/draft-07/schema#', judge: judgeOf(new Ajv(options)), fragments },
  { schema: 'https://json-schema.org/draft/2019-09/schema', judge: judgeOf(new Ajv2019(options)), fragments: [...fragments, ...modern] },
  { schema: 'https://json-schema.org/draft/2020-12/schema', judge: judgeOf(new Ajv2020(options)), fragments: [...fragments.filter(fragment => !hasItemList(fragment)), ...modern, ...latest] }
]

function judgeOf (ajv: { compile: (schema: object) => (value: unknown) => unknown }): (schema: object) => (value: unknown) => boolean {
  return schema => {
    const { $schema: _, ...rest } = { $schema: '', ...schema }
    const validate = ajv.compile(rest)
    return value => validate(value) === true
  }
}

function uses (fragment: object, ...keywords: string[]): boolean {
  return keywords.some(keyword => keyword in fragment)
}

function hasItemList (fragment: object): boolean {
  return 'items' in fragment && Array.isArray(fragment.items)
}

/** Every fragment by itself, and some pairs of them under each keyword that combines schemas. */
function * schemasOf (list: readonly object[]): Generator<object> {
  yield * list
  for (const [index, first] of list.entries()) {
    if (index % 3 !== 0) continue
    const second = list[(index * 7 + 3) % list.length] ?? {}
    yield { allOf: [first, second] }
    yield { anyOf: [first, second] }
    yield { oneOf: [first, second] }
    yield { not: { anyOf: [first, { not: second }] } }
    yield { items: first, additionalProperties: second }
  }
}

for (const { schema: $schema, judge, fragments: list } of drafts) {
  t.test(`the verdicts are ajv's: ${$schema}`, async t => {
    let checks = 0
    for (const part of schemasOf(list)) {
      const schema = { $schema, definitions, properties: { v: part } }
      const verdict = judge(schema)
      const different = values.filter(v => verdict({ v }) !== (complaintAboutValues(dict({ v }), encode(JSON.stringify(schema))) === undefined))
      checks += values.length
      if (different.length > 0) t.strictSame(different, [], JSON.stringify(part))
    }
    t.ok(checks > 2000, `${checks} verdicts`)
  })
}

function dict (value: object): Dict {
  const read = unmarshalJson(JSON.stringify(value))
  if (read instanceof Map) return read
  throw new TypeError('no object')
}
