import t from 'tap'
import { allFields, namedFields } from '../../../src/action/diff/named-fields.js'
import { marshalJson } from '../../../src/go/json.js'
import { parseObject } from '../../../src/kube/json.js'

const named = (live: object, manifest: object): unknown => JSON.parse(marshalJson(namedFields(parseObject(JSON.stringify(live)), parseObject(JSON.stringify(manifest)))))
const all = (first: object, second: object): unknown => JSON.parse(marshalJson(allFields(parseObject(JSON.stringify(first)), parseObject(JSON.stringify(second)))))

t.test('only the fields that a manifest names', async t => {
  t.strictSame(named({ a: 1, b: { c: 2, d: 3 }, e: 4 }, { a: 9, b: { c: 9 }, f: 9 }), { a: 1, b: { c: 2 } })
  t.strictSame(named({ a: { b: 1 } }, { a: 'x' }), { a: { b: 1 } }, 'of another kind: all of it')
  t.strictSame(named({ a: ['x', 'y'] }, { a: ['x'] }), { a: ['x', 'y'] }, 'a list by place: what was added shows')
  t.strictSame(named({ ports: [{ port: 1, protocol: 'TCP' }] }, { ports: [{ port: 2 }] }), { ports: [{ port: 1 }] })
  t.strictSame(
    named({ containers: [{ name: 'proxy', image: 'p' }, { name: 'web', image: 'w', pull: 'x' }] }, { containers: [{ name: 'web', image: 'v' }] }),
    { containers: [{ name: 'web', image: 'w' }] }, 'by name: what others added is theirs')
})

t.test('the fields of two manifests', async t => {
  t.strictSame(all({ a: 1, b: { c: 1 }, l: [1, 2] }, { a: 2, b: { d: 2 }, l: [3] }), { a: 2, b: { c: 1, d: 2 }, l: [3] })
  t.strictSame(all({ l: [{ name: 'x', a: 1 }, { name: 'y' }] }, { l: [{ name: 'x', b: 2 }] }), { l: [{ name: 'x', a: 1, b: 2 }, { name: 'y' }] })
})
