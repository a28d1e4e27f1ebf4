import { Buffer } from 'node:buffer'
import t from 'tap'
import { encode } from '../../src/go/bytes.js'
import { JsonError } from '../../src/go/errors.js'
import { marshalJson, unmarshalJson } from '../../src/go/json.js'
import { Int, type Dict, type Value } from '../../src/go/value.js'
import { evaluate, type Functions } from '../compat/call.js'
import { outputBytes, recordedCases } from '../compat/case-file.js'
import { collections, textOf } from '../compat/collections.js'

const functions: Functions = {
  ...collections,
  toJson: value => marshalJson(value),
  toRawJson: value => marshalJson(value, { escapeHtml: false }),
  toPrettyJson: value => marshalJson(value, { indent: '  ' }),
  fromJson: text => {
    try {
      return unmarshalJson(textOf(text))
    } catch (error) {
      if (error instanceof JsonError) return new Map([['Error', error.message]])
      throw error
    }
  }
}

t.test('as Helm answered', async t => {
  for (const { name, call = '', result } of recordedCases('json')) {
    t.same(Buffer.from(encode(textOf(evaluate(call, { functions })))), outputBytes(result), name)
  }
})

t.test('integers, bytes and what JSON lacks', async t => {
  t.equal(marshalJson([new Int('uint64', 18446744073709551615n), Uint8Array.of(255, 0)]), '[18446744073709551615,"/wA="]')
  t.equal(marshalJson(-0), '-0')
  t.throws(() => marshalJson(-Infinity), { code: 'unsupported', message: 'json: unsupported value: -Inf' })
})

t.test('depth', async t => {
  const loop: Dict = new Map()
  loop.set('self', loop)
  t.throws(() => marshalJson(loop), { code: 'depth' })
  let deep: Value = null
  for (let i = 0; i < 10_000; i++) deep = [deep]
  t.throws(() => marshalJson(deep), { code: 'depth' })
  t.throws(() => unmarshalJson('['.repeat(10_000)), { code: 'depth', message: "invalid character '[' exceeded max depth" })
  t.throws(() => unmarshalJson('{"a":'.repeat(10_000)), { code: 'depth', message: "invalid character '{' exceeded max depth" })
})

t.test('keys of objects are only keys', async t => {
  t.same(unmarshalJson('{"__proto__":1,"constructor":2}'), new Map([['__proto__', 1], ['constructor', 2]]))
})
