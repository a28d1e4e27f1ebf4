import t from 'tap'
import { GoObject, Int, int, type Dict, type Value } from '../../src/go/value.js'
import { index, length, slice } from '../../src/template/element.js'

class Labels extends GoObject {
  readonly goType = 'map[string]string'
  readonly goKind = 'map'
  readonly #entries: Dict = new Map([['app', 'web']])

  override field (name: string): Value {
    return this.#entries.get(name) ?? ''
  }

  override elements (): Dict {
    return this.#entries
  }
}

const list: Value[] = ['a', [int(1), int(2)], null]
const dict: Dict = new Map<string, Value>([['a', new Map([['b', 'c']])], ['n', null]])

t.test('index', async t => {
  t.equal(index(list, [int(0)]), 'a')
  t.strictSame(index(list, [int(1), new Int('uint8', 1n)]), int(2))
  t.equal(index(dict, ['a', 'b']), 'c')
  t.equal(index(dict, ['x']), null)
  t.equal(index(list, []), list)
  t.strictSame(index('é', [int(1)]), new Int('uint8', 0xa9n))
  t.strictSame(index(Uint8Array.of(7), [int(0)]), new Int('uint8', 7n))
  t.equal(index(new Labels(), ['app']), 'web')
  t.equal(index(new Labels(), ['x']), '')
})

t.test('what index refuses', async t => {
  const table: ReadonlyArray<readonly [item: Value, indexes: Value[], message: string]> = [
    [null, ['a'], 'index of untyped nil'],
    [dict, ['n', 'a'], 'index of nil pointer'],
    [dict, ['x', 'a'], 'index of nil pointer'],
    [dict, [int(1)], 'value has type int; should be string'],
    [dict, [null], 'value is nil; should be of type string'],
    [list, [1], 'cannot index slice/array with type float64'],
    [list, [null], 'cannot index slice/array with nil'],
    [list, [int(-1)], 'index out of range: -1'],
    [list, [int(4)], 'index out of range: 4'],
    [list, [int(3)], 'reflect: slice index out of range'],
    ['abc', [int(3)], 'reflect: string index out of range'],
    [1, [int(0)], "can't index item of type float64"]
  ]
  for (const [item, indexes, message] of table) t.throws(() => index(item, indexes), { message })
})

t.test('slice', async t => {
  t.strictSame(slice(list, []), list)
  t.not(slice(list, []), list)
  t.strictSame(slice(list, [int(1)]), list.slice(1))
  t.strictSame(slice(list, [int(1), int(2)]), list.slice(1, 2))
  t.strictSame(slice(list, [int(0), int(1), int(3)]), ['a'])
  t.equal(slice('hello', [int(1), int(3)]), 'el')
  t.equal(slice('é', [int(1)]), '\udca9')
  t.strictSame(slice(Uint8Array.of(1, 2, 3), [int(2)]), Uint8Array.of(3))
})

t.test('what slice refuses', async t => {
  const table: ReadonlyArray<readonly [item: Value, indexes: Value[], message: string]> = [
    [null, [], 'slice of untyped nil'],
    [list, [int(0), int(1), int(2), int(3)], 'too many slice indexes: 4'],
    ['abc', [int(0), int(1), int(2)], 'cannot 3-index slice a string'],
    ['abc', [int(2), int(1)], 'invalid slice index: 2 > 1'],
    [list, [int(0), int(3), int(2)], 'invalid slice index: 3 > 2'],
    [list, [int(9)], 'index out of range: 9'],
    [dict, [int(0)], "can't slice item of type map[string]interface {}"]
  ]
  for (const [item, indexes, message] of table) t.throws(() => slice(item, indexes), { message })
})

t.test('len', async t => {
  t.equal(length(list), 3)
  t.equal(length(dict), 2)
  t.equal(length('é世'), 5)
  t.equal(length(new Uint8Array(4)), 4)
  t.equal(length(new Labels()), 1)
  t.throws(() => length(null), { message: 'len of nil pointer' })
  t.throws(() => length(1), { message: 'len of type float64' })
})
