import t from 'tap'
import { GoObject, Int, int, type Dict, type List, type Value } from '../../src/go/value.js'
import { Complex } from '../../src/go/complex.js'
import { elementsOf, holdsInterfaces, indirectTypeOf, isTrue, printed, unwrap } from '../../src/template/reflect.js'

class Thing extends GoObject {
  readonly goType: string
  readonly goKind: string
  readonly #text: string | undefined
  readonly #elements: List | Dict | undefined

  constructor (type: string, kind: string, content: { text?: string, elements?: List | Dict } = {}) {
    super()
    this.goType = type
    this.goKind = kind
    this.#text = content.text
    this.#elements = content.elements
  }

  override field (): undefined {
    return undefined
  }

  override fields (): ReadonlyArray<readonly [string, Value]> {
    return [['A', 1]]
  }

  override jsonValue (): Value | undefined {
    return this.#text
  }

  override string (): string | undefined {
    return this.#text
  }

  override elements (): List | Dict | undefined {
    return this.#elements
  }
}

t.test('truth', async t => {
  for (const value of [true, 'a', 1, -0.5, NaN, int(1), [null], new Map([['a', null]]), new Uint8Array(1), new Complex(0, 1), new Thing('main.T', 'struct'),
    new Thing('*main.T', 'ptr'), new Thing('main.L', 'slice', { elements: [1] }), new Thing('main.S', 'string', { text: 'x' })]) {
    t.equal(isTrue(value), true)
  }
  for (const value of [undefined, null, false, '', 0, -0, int(0), [], new Map(), new Uint8Array(0), new Complex(0, 0),
    new Thing('main.L', 'slice', { elements: [] }), new Thing('main.M', 'map', { elements: new Map() }), new Thing('main.S', 'string', { text: '' })]) {
    t.equal(isTrue(value), false)
  }
})

t.test('what an action prints', async t => {
  t.equal(printed('a'), 'a')
  t.equal(printed(undefined), '<no value>')
  t.equal(printed(null), '<no value>')
  t.equal(printed([null, 1e6, new Int('uint8', 7n)]), '[<nil> 1e+06 7]')
  t.equal(printed(new Thing('main.T', 'struct')), '{1}')
  t.equal(printed(new Thing('*main.T', 'ptr')), '{1}')
  t.equal(printed(new Thing('*main.T', 'ptr', { text: 'text' })), 'text')
})

t.test('nil is no value at the end of a pipeline', async t => {
  t.equal(unwrap(null), undefined)
  t.equal(unwrap(undefined), undefined)
  t.equal(unwrap(false), false)
})

t.test('elements and their types', async t => {
  const list: List = [1]
  t.equal(elementsOf(list), list)
  t.equal(elementsOf(new Thing('[]string', 'slice', { elements: list })), list)
  t.equal(elementsOf('abc'), undefined)
  t.equal(holdsInterfaces(list), true)
  t.equal(holdsInterfaces(new Uint8Array(1)), false)
  t.equal(holdsInterfaces(new Thing('[]string', 'slice')), false)
  t.equal(holdsInterfaces(new Thing('[]interface {}', 'slice')), true)
  t.equal(holdsInterfaces(new Thing('map[string]string', 'map')), false)
  t.equal(holdsInterfaces(new Thing('common.Values', 'map')), true)
  t.equal(holdsInterfaces(new Thing('common.VersionSet', 'slice')), false)
})

t.test('a pointer has the type of what it points to', async t => {
  t.equal(indirectTypeOf(new Thing('*main.T', 'ptr')), 'main.T')
  t.equal(indirectTypeOf(1), 'float64')
})
