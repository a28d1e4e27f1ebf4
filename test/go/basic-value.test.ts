import t from 'tap'
import { basicValue } from '../../src/go/basic-value.js'
import { sprintf } from '../../src/go/fmt.js'
import { GoObject, int, type Value } from '../../src/go/value.js'

class Thing extends GoObject {
  readonly goType: string
  readonly goKind: string
  readonly #json: Value | undefined

  constructor (type: string, kind: string, json?: Value) {
    super()
    this.goType = type
    this.goKind = kind
    this.#json = json
  }

  override field (): undefined {
    return undefined
  }

  override jsonValue (): Value | undefined {
    return this.#json
  }
}

t.test('a named type of a basic kind is made of what it gives to JSON', async t => {
  t.equal(basicValue(new Thing('main.S', 'string', 'x')), 'x')
  const struct = new Thing('main.T', 'struct', 'x')
  t.equal(basicValue(struct), struct)
  const unknown = new Thing('main.N', 'int')
  t.equal(basicValue(unknown), unknown)
  t.equal(basicValue('x'), 'x')
})

t.test('it prints as what it is made of, and says its own name where the verb does not fit', async t => {
  const number = new Thing('main.N', 'int', int(7))
  t.equal(sprintf('%d %03d %x %v', number, number, number, number), '7 007 7 7')
  t.equal(sprintf('%s %t', number, number), '%!s(main.N=7) %!t(main.N=7)')
  const text = new Thing('main.S', 'string', 'x')
  t.equal(sprintf('%s %q %d', text, text, text), 'x "x" %!d(main.S=x)')
})
