import t from 'tap'
import { GoObject, Int, int, type Value } from '../../src/go/value.js'
import { equal, equalPair, less, lessOrEqual } from '../../src/template/compare.js'
import { Complex } from '../../src/go/complex.js'

class Point extends GoObject {
  readonly goType: string
  readonly goKind: string
  readonly #fields: ReadonlyArray<readonly [string, Value]>

  constructor (type: string, kind: string, values: readonly Value[]) {
    super()
    this.goType = type
    this.goKind = kind
    this.#fields = values.map((value, i) => [`F${i}`, value])
  }

  override field (): undefined {
    return undefined
  }

  override fields (): ReadonlyArray<readonly [string, Value]> {
    return this.#fields
  }
}

t.test('equal', async t => {
  const same: ReadonlyArray<readonly [Value, Value]> = [
    ['a', 'a'], [1.5, 1.5], [true, true], [int(1), int(1)], [int(1), new Int('uint8', 1n)], [null, null], [new Complex(1, 2), new Complex(1, 2)],
    [new Point('main.P', 'struct', [int(1), 'a']), new Point('main.P', 'struct', [int(1), 'a'])]
  ]
  for (const [a, b] of same) t.equal(equalPair(a, b), true)
  const different: ReadonlyArray<readonly [Value, Value]> = [
    ['a', 'b'], [NaN, NaN], [true, false], [int(1), int(2)], [int(-1), new Int('uint64', 2n ** 64n - 1n)], [null, 1], ['', null], [null, []],
    [new Point('main.P', 'struct', [1]), new Point('main.P', 'struct', [2])], [new Point('main.P', 'struct', [1]), new Point('main.Q', 'struct', [1])],
    [new Point('*main.P', 'ptr', [1]), new Point('*main.P', 'ptr', [1])]
  ]
  for (const [a, b] of different) t.equal(equalPair(a, b), false)
  const pointer = new Point('*main.P', 'ptr', [1])
  t.equal(equalPair(pointer, pointer), true)
})

t.test('any of several', async t => {
  t.equal(equal(1, [2, 1]), true)
  t.equal(equal(1, [2, 3]), false)
  t.throws(() => equal(1, []), { code: 'arguments', message: 'missing argument for comparison' })
  t.equal(equal(int(1), [int(1), 'never reached']), true)
})

t.test('what cannot be equal', async t => {
  t.throws(() => equalPair(1, int(1)), { code: 'type', message: 'incompatible types for comparison: float64 and int' })
  t.throws(() => equalPair(new Map(), 'a'), { message: 'incompatible types for comparison: map[string]interface {} and string' })
  t.throws(() => equalPair([1], [1]), { message: 'non-comparable type [%!s(float64=1)]: []interface {}' })
  t.throws(() => equalPair([1], new Map()), { message: 'non-comparable types [%!s(float64=1)]: []interface {}, map[string]interface {}: map[]' })
  t.throws(() => equalPair(new Point('main.P', 'struct', [[]]), new Point('main.P', 'struct', [[]])), { message: 'non-comparable type {[]}: main.P' })
})

t.test('less', async t => {
  const rising: ReadonlyArray<readonly [Value, Value]> = [
    [1, 2], [int(-1), int(0)], [int(-1), new Int('uint8', 0n)], ['a', 'b'], ['B', 'a'], ['', 'a'], ['\uffff', '😀']
  ]
  for (const [a, b] of rising) {
    t.equal(less(a, b), true)
    t.equal(less(b, a), false)
    t.equal(lessOrEqual(a, b), true)
    t.equal(lessOrEqual(b, a), false)
    t.equal(lessOrEqual(a, a), true)
  }
  t.equal(lessOrEqual(NaN, NaN), false)
})

t.test('what has no order', async t => {
  const pairs: ReadonlyArray<readonly [Value, Value]> = [[true, false], [null, 1], [1, null], [[], []], [new Complex(0, 0), new Complex(0, 0)]]
  for (const [a, b] of pairs) {
    t.throws(() => less(a, b), { code: 'type', message: 'invalid type for comparison' })
  }
  t.throws(() => less('a', 1), { message: 'incompatible types for comparison: string and float64' })
})
