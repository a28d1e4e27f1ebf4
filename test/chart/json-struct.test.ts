import t from 'tap'
import { JsonStruct, listField, mapField, textField } from '../../src/chart/json-struct.js'
import { marshalJson } from '../../src/go/json.js'
import { marshalYaml } from '../../src/go/yaml.js'

const struct = new JsonStruct('v2.Thing', [
  ['z', 1], ['a', new JsonStruct('v2.Part', [['y', 2], ['b', 3]])], ['left', undefined], ['parts', [new JsonStruct('v2.Part', [['k', null]])]]
])

t.test('JSON in the struct\'s order, YAML in the order of keys', async t => {
  t.equal(marshalJson(struct), '{"z":1,"a":{"y":2,"b":3},"parts":[{"k":null}]}')
  t.equal(marshalYaml(struct.toDict()), 'a:\n  b: 3\n  "y": 2\nparts:\n- k: null\nz: 1\n')
  t.equal(struct.field('z'), 1)
  t.equal(struct.field('left'), undefined)
})

t.test('what is left out', async t => {
  t.strictSame([textField(''), textField(undefined), textField('x')], [undefined, undefined, 'x'])
  t.strictSame([listField([]), listField(undefined), listField(['x'])], [undefined, undefined, ['x']])
  t.strictSame([mapField(new Map()), mapField(undefined), mapField(new Map([['a', 1]]))], [undefined, undefined, new Map([['a', 1]])])
})
