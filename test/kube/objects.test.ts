import t from 'tap'
import { parseObject } from '../../src/kube/json.js'
import { apiVersionOf, at, dictAt, intAt, itemsOf, kindOf, kindText, listAt, textAt, textsAt, withMetadata } from '../../src/kube/objects.js'

const object = parseObject('{"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"a","labels":{"x":"1","n":2}},"spec":{"replicas":3,"ratio":1.5},"list":[1]}')

t.test('a field is found by its path; one that is absent, or of another kind, is the fallback', async t => {
  t.equal(textAt(object, ['metadata', 'name']), 'a')
  t.equal(textAt(object, ['metadata', 'none'], 'fallback'), 'fallback')
  t.equal(textAt(object, ['spec', 'replicas']), '')
  t.equal(intAt(object, ['spec', 'replicas'], 0), 3)
  t.equal(intAt(object, ['spec', 'ratio'], -1), -1)
  t.equal(at(object, 'kind', 'deeper'), undefined)
  t.equal(dictAt(object, 'list').size, 0)
  t.equal(listAt(object, 'list').length, 1)
  t.strictSame(listAt(object, 'spec'), [])
  t.strictSame(textsAt(object, 'metadata', 'labels'), new Map([['x', '1']]))
  t.equal(at(object, 'constructor'), undefined)
})

t.test('kinds are named as Go names them', async t => {
  t.strictSame(kindOf(object), { group: 'apps', version: 'v1', kind: 'Deployment' })
  t.equal(kindText(kindOf(object)), 'apps/v1, Kind=Deployment')
  const service = kindOf(parseObject('{"apiVersion":"v1","kind":"Service"}'))
  t.strictSame(service, { group: '', version: 'v1', kind: 'Service' })
  t.equal(kindText(service), '/v1, Kind=Service')
  t.equal(apiVersionOf(service), 'v1')
})

t.test('metadata is changed in a copy', async t => {
  t.equal(textAt(withMetadata(object, 'namespace', 'b'), ['metadata', 'namespace']), 'b')
  t.equal(at(withMetadata(object, 'name', undefined), 'metadata', 'name'), undefined)
  t.equal(textAt(object, ['metadata', 'name']), 'a')
})

t.test('items of a list are of its kind unless they say otherwise', async t => {
  const items = itemsOf(parseObject('{"apiVersion":"v1","kind":"PodList","items":[{"metadata":{"name":"p"}},{"kind":"Other"}]}'))
  t.strictSame(items.map(item => textAt(item, ['kind'])), ['Pod', 'Other'])
  t.equal(textAt(items[0], ['apiVersion']), 'v1')
})
