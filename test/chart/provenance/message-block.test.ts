import t from 'tap'
import { fileDigests, messageBlock } from '../../../src/chart/provenance/message-block.js'

t.test('metadata, then the digest', async t => {
  const text = messageBlock({ apiVersion: 'v2', name: 'web', version: '1.0.0', keywords: ['a'] }, { fileName: 'web-1.0.0.tgz', digest: 'abc' })
  t.equal(text, 'apiVersion: v2\nkeywords:\n- a\nname: web\nversion: 1.0.0\n\n...\nfiles:\n  web-1.0.0.tgz: sha256:abc\n')
  t.strictSame([...fileDigests(Buffer.from(text))], [['web-1.0.0.tgz', 'sha256:abc']])
})

t.test('other messages', async t => {
  const read = (text: string): unknown => [...fileDigests(Buffer.from(text))]
  t.strictSame(read('x\n...\nfiles: {a: b, c: 1}\nimages: {d: e}\nmore: true\n...\nfiles: {}\n'), [['a', 'b'], ['c', '1']])
  t.strictSame(read('x\n...\n'), [])
  t.throws(() => read('files: {a: b}'), { code: 'invalid-message', message: 'message block must have at least two parts' })
  t.throws(() => read('x\n...\nfiles: [a]'), { code: 'invalid-message', message: 'error unmarshaling JSON: while decoding JSON: json: cannot unmarshal array into Go struct field SumCollection.files of type map[string]string' })
  t.throws(() => read('x\n...\nfiles: ['), { code: 'invalid-message', message: /^error converting YAML to JSON: yaml: / })
})
