import t from 'tap'
import { GoObject, type Dict, type Value } from '../../src/go/value.js'
import type { MissingKey } from '../../src/template/runtime.js'
import { TemplateSet } from '../../src/template/template.js'
import { functions } from './functions.js'

function render (text: string, data: Value, missingKey: MissingKey = 'zero'): string {
  const set = new TemplateSet({ functions, missingKey })
  set.parse('f', text)
  try {
    return set.execute('f', data)
  } catch (error) {
    return error instanceof Error ? error.message.replace('template: f:1:', '') : ''
  }
}

const data: Dict = new Map<string, Value>([['a', new Map<string, Value>([['n', null], ['s', 'x'], ['toString', 'entry']])], ['list', [1]]])

t.test('maps give their entries, and nothing else', async t => {
  t.equal(render('{{ .a.s }} {{ .a.toString }} {{ .a.size }} {{ .a.get }} {{ .constructor }}', data), 'x entry <no value> <no value> <no value>')
})

t.test('a nil has no fields, and no value has none', async t => {
  t.equal(render('{{ .a.n.x }}', data), '5: executing "f" at <.a.n.x>: nil pointer evaluating interface {}.x')
  t.equal(render('{{ (.a.n).x }}', data), '<no value>')
  t.equal(render('{{ .x.y }}', null), '<no value>')
})

t.test('missing keys', async t => {
  t.equal(render('{{ .x }}', data, 'default'), '<no value>')
  t.equal(render('{{ .x.y.z }}', data, 'default'), '<no value>')
  t.equal(render('{{ .x.y }}', data, 'zero'), '5: executing "f" at <.x.y>: nil pointer evaluating interface {}.y')
  t.equal(render('{{ .x }}', data, 'error'), '3: executing "f" at <.x>: map has no entry for key "x"')
  t.equal(render('{{ .x }}', null, 'error'), '3: executing "f" at <.x>: nil data; no entry for key "x"')
})

t.test('other values have no fields', async t => {
  t.equal(render('{{ .list.length }}', data), '8: executing "f" at <.list.length>: can\'t evaluate field length in type interface {}')
  t.equal(render('{{ .length }}', 'text'), '3: executing "f" at <.length>: can\'t evaluate field length in type string')
  t.equal(render('{{ .x }}', Uint8Array.of(1)), '3: executing "f" at <.x>: can\'t evaluate field x in type []uint8')
})

t.test('an object has its fields, methods and entries', async t => {
  class Files extends GoObject {
    readonly goType = 'engine.files'
    readonly goKind = 'map'
    readonly #entries: Dict = new Map([['a.txt', 'text']])

    override field (): undefined {
      return undefined
    }

    override elements (): Dict {
      return this.#entries
    }

    override method (name: string) {
      return name === 'Get' ? { params: ['string'], call: (key: Value = null) => this.#entries.get(typeof key === 'string' ? key : '') ?? '' } as const : undefined
    }
  }
  const files: Dict = new Map([['Files', new Files()]])
  t.equal(render('{{ .Files.Get "a.txt" }}|{{ .Files.Get "b" }}|{{ .Files.x }}|{{ len .Files }}', files), 'text||<no value>|1')
  t.equal(render('{{ .Files.Get }}', files), '9: executing "f" at <.Files.Get>: wrong number of args for Get: want 1 got 0')
  t.equal(render('{{ .Files.x "y" }}', files), '9: executing "f" at <.Files.x>: x is not a method but has arguments')
  t.equal(render('{{ .Files.x }}', files, 'error'), '9: executing "f" at <.Files.x>: map has no entry for key "x"')
})
