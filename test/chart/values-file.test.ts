import t from 'tap'
import { parseValues } from '../../src/chart/values-file.js'
import { marshalJson } from '../../src/go/json.js'

t.test('all documents count, later ones over earlier ones', async t => {
  const json = (text: string): string => marshalJson(parseValues(text))
  t.equal(json(''), '{}')
  t.equal(json('# nothing\n'), '{}')
  t.equal(json('null'), '{}')
  t.equal(json('a: 1'), '{"a":1}')
  t.equal(json('---\na: {b: 1, c: 1}\n--- # two\na: {c: 2}\n---\n'), '{"a":{"b":1,"c":2}}')
  t.equal(json('a: 1\r\n---\r\nb: 2\r\n'), '{"a":1,"b":2}')
  t.equal(json('a: |\n  ---\n  text\n'), '{"a":"---\\ntext\\n"}')
})

t.test('what is no mapping', async t => {
  const refused = (text: string, message: string): void => { t.throws(() => parseValues(text), { code: 'invalid-values', message }) }
  refused('- a', 'cannot unmarshal yaml document: error unmarshaling JSON: while decoding JSON: json: cannot unmarshal array into Go value of type map[string]interface {}')
  refused('5', 'cannot unmarshal yaml document: error unmarshaling JSON: while decoding JSON: json: cannot unmarshal number into Go value of type map[string]interface {}')
  refused('true', 'cannot unmarshal yaml document: error unmarshaling JSON: while decoding JSON: json: cannot unmarshal bool into Go value of type map[string]interface {}')
  refused('a: 1\n--- x\n', 'error reading yaml document: invalid Yaml document separator: x')
})
