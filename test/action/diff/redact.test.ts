import t from 'tap'
import { comparable } from '../../../src/action/diff/comparable.js'
import { redacted } from '../../../src/action/diff/redact.js'
import { marshalYaml, unmarshalYaml } from '../../../src/go/yaml.js'
import type { KubeObject } from '../../../src/kube/objects.js'

const key = new Uint8Array(32)

function objectOf (yaml: string): KubeObject {
  const value = unmarshalYaml(yaml)
  if (!(value instanceof Map)) throw new Error('no object')
  return value
}

/** What is shown of an object, the digests cut off. */
function shown (yaml: string, by = key): string {
  const object = comparable(objectOf(yaml))
  const [change] = redacted([{ apiVersion: 'v1', kind: 'Secret', namespace: '', name: '', hook: false, before: object, after: object }], by)
  t.strictSame(change?.before, change?.after)
  return marshalYaml(change?.after ?? null)
}

t.test('no value of a Secret is shown, wherever it stands', async t => {
  const text = shown([
    'apiVersion: v1', 'kind: Secret', 'metadata:', '  annotations:', '    kubectl.kubernetes.io/last-applied-configuration: \'{"data":{"a":"aHVudGVyMg=="}}\'', '    other: x',
    'data:', '  a: aHVudGVyMg==', '  b: ""', '  c: hunter2', '  d: 7', 'stringData:', '  e: hunter2', ''
  ].join('\n')).replace(/sha256\s+[0-9a-f]{7}>/g, 'X>')
  t.equal(text, [
    'apiVersion: v1', 'data:', "  a: '<redacted: 7 bytes, X>'", "  b: '<redacted: 0 bytes, X>'", "  c: '<redacted: 7 bytes, X>'", "  d: '<redacted: 1 bytes, X>'", "  e: '<redacted: 7 bytes, X>'",
    'kind: Secret', 'metadata:', '  annotations:', "    kubectl.kubernetes.io/last-applied-configuration: '<redacted: 29 bytes, X>'", '    other: x', ''
  ].join('\n'))
  t.notMatch(shown('apiVersion: v1\nkind: Secret\ndata: hunter2\nstringData: [hunter2]\n'), 'hunter2', 'nor what is no mapping')
  t.match(shown('apiVersion: example.com/v1\nkind: Secret\ndata: {a: x}\n'), 'a: x', 'a kind of somebody else')
})

t.test('digests: of the bytes, whether they were sent as text or as base64, and another with each key', async t => {
  const digest = (yaml: string, by = key): string => /sha256 ([0-9a-f]{7})/.exec(shown(`apiVersion: v1\nkind: Secret\n${yaml}`, by))?.[1] ?? ''
  t.equal(digest('data: {a: aHVudGVyMg==}'), digest('stringData: {a: hunter2}'))
  t.not(digest('data: {a: aHVudGVyMg==}'), digest('data: {a: aHVudGVyMw==}'))
  t.not(digest('data: {a: aHVudGVyMg==}'), digest('data: {a: aHVudGVyMg==}', new Uint8Array(32).fill(1)))
})
