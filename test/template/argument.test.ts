import t from 'tap'
import { GoObject, Int, type Dict, type GoFunc, type List, type ParamType, type Value } from '../../src/go/value.js'
import { render } from './functions.js'

class Named extends GoObject {
  readonly goType: string
  readonly goKind: string
  readonly #elements: List | Dict | undefined

  constructor (type: string, kind: string, elements?: List | Dict) {
    super()
    this.goType = type
    this.goKind = kind
    this.#elements = elements
  }

  override field (): undefined {
    return undefined
  }

  override elements (): List | Dict | undefined {
    return this.#elements
  }

  override method (name: string): GoFunc | undefined {
    return name === 'Error' && this.goType === '*main.Failure' ? { params: [], call: () => 'failed' } : undefined
  }
}

/** What a function with one parameter gets for an argument, or the end of the error. */
function received (param: ParamType, argument: string, value: Value = null): Value {
  let got: Value = null
  const take: GoFunc = { params: [param], call: (given = null) => { got = given; return '' } }
  try {
    render(`{{ take ${argument} }}`, null, { take, value: { params: [], call: () => value } })
  } catch (error) {
    return error instanceof Error ? error.message.replace(/^.*>: /, '') : ''
  }
  return got
}

t.test('a constant takes the type of its parameter', async t => {
  t.strictSame(received('int64', '7'), new Int('int64', 7n))
  t.strictSame(received('uint16', '65536'), new Int('uint16', 0n))
  t.strictSame(received('int8', '200'), new Int('int8', -56n))
  t.strictSame(received('duration', '5'), new Int('int64', 5n))
  t.equal(received('float64', '7'), 7)
  t.equal(received('any', 'nil'), null)
  t.equal(received('dict', 'nil'), null)
  t.equal(received('time', 'nil'), 'cannot assign nil to time.Time')
  t.equal(received('time', '1'), "can't handle 1 for arg of type time.Time")
  t.equal(received('error', '"x"'), 'can\'t handle "x" for arg of type error')
  t.equal(received('strings', '1'), "can't handle 1 for arg of type []string")
  t.equal(received('duration', '"1s"'), 'expected integer; found "1s"')
  t.equal(received('uint', '-1'), 'expected unsigned integer; found -1')
})

t.test('a value must have the type of its parameter', async t => {
  const list: List = ['a']
  const dict: Dict = new Map()
  t.equal(received('list', 'value', list), list)
  t.equal(received('strings', 'value', list), list)
  t.equal(received('dict', 'value', dict), dict)
  t.strictSame(received('bytes', 'value', Uint8Array.of(1)), Uint8Array.of(1))
  t.equal(received('int', 'value', 1), 'wrong type for value; expected int; got float64')
  t.equal(received('list', 'value', 'x'), 'wrong type for value; expected []interface {}; got string')
  t.equal(received('bytes', 'value', 'x'), 'wrong type for value; expected []uint8; got string')
  t.equal(received('string', '(value)'), 'invalid value; expected string')
  t.equal(received('string', 'value'), 'wrong type for value; expected string; got interface {}')
  t.equal(received('dict', '(value)'), null)
})

t.test('types of their own', async t => {
  const list: List = ['a']
  const dict: Dict = new Map()
  t.equal(received('dict', 'value', new Named('common.Values', 'map', dict)), dict)
  t.equal(received('dict', 'value', new Named('map[string]string', 'map', dict)), 'wrong type for value; expected map[string]interface {}; got map[string]string')
  t.equal(received('strings', 'value', new Named('[]string', 'slice', list)), list)
  t.equal(received('list', 'value', new Named('[]string', 'slice', list)), 'wrong type for value; expected []interface {}; got []string')
  t.equal(received('list', 'value', new Named('[]interface {}', 'slice', list)), list)
  t.equal(received('dict', 'value', new Named('common.Values', 'slice', list)), 'wrong type for value; expected map[string]interface {}; got common.Values')
  for (const [param, type] of [['time', 'time.Time'], ['time', '*time.Time'], ['duration', 'time.Duration'], ['error', '*main.Failure']] as const) {
    const value = new Named(type, 'struct')
    t.equal(received(param, 'value', value), value, type)
  }
  t.equal(received('time', 'value', new Named('main.Time', 'struct')), 'wrong type for value; expected time.Time; got main.Time')
  t.equal(received('error', 'value', new Named('main.Time', 'struct')), 'wrong type for value; expected error; got main.Time')
})
