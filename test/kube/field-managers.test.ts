import t from 'tap'
import { marshalJson } from '../../src/go/json.js'
import { migrationPatch } from '../../src/kube/field-managers.js'
import { parseObject } from '../../src/kube/json.js'

function patched (managedFields: unknown): unknown {
  const patch = migrationPatch(parseObject(JSON.stringify({ metadata: { resourceVersion: '42', managedFields } })))
  return patch === undefined ? undefined : JSON.parse(marshalJson(patch)) as unknown
}

t.test('fields that were updated become applied fields', async t => {
  t.strictSame(patched([
    { manager: 'helm', operation: 'Update', apiVersion: 'v1', fieldsV1: { 'f:data': { 'f:a': {} } } },
    { manager: 'kubectl', operation: 'Update', fieldsV1: { 'f:x': {} } }
  ]), [
    {
      op: 'replace',
      path: '/metadata/managedFields',
      value: [
        { fieldsV1: { 'f:x': {} }, manager: 'kubectl', operation: 'Update' },
        { apiVersion: 'v1', fieldsV1: { 'f:data': { 'f:a': {} } }, manager: 'helm', operation: 'Apply' }
      ]
    },
    { op: 'replace', path: '/metadata/resourceVersion', value: '42' }
  ])
})

t.test('and join those that are applied already', async t => {
  t.match(patched([
    { manager: 'helm', operation: 'Apply', fieldsV1: { 'f:data': { 'f:a': {}, 'f:b': {} } } },
    { manager: 'helm', operation: 'Update', fieldsV1: { 'f:data': { 'f:c': {} }, 'f:spec': {} } }
  ]), [{ value: [{ operation: 'Apply', fieldsV1: { 'f:data': { 'f:a': {}, 'f:b': {}, 'f:c': {} }, 'f:spec': {} } }] }])
})

t.test('others\' fields, and those of sub-resources, are left alone', async t => {
  t.equal(patched([
    { manager: 'kubectl', operation: 'Update', fieldsV1: {} },
    { manager: 'helm', operation: 'Update', subresource: 'status', fieldsV1: {} },
    { manager: 'helm', operation: 'Apply', fieldsV1: {} }
  ]), undefined)
  t.equal(patched(undefined), undefined)
})
