import t from 'tap'
import { GoObject, int, type GoFunc, type ParamType, type Value } from '../../src/go/value.js'
import { countComplaint, paramType } from '../../src/template/call.js'
import { TemplateError } from '../../src/template/errors.js'
import { Scope } from '../../src/template/runtime.js'
import { TemplateSet } from '../../src/template/template.js'
import { render } from './functions.js'

const fixed: GoFunc = { params: ['string', 'int'], call: () => '' }
const variadic: GoFunc = { params: ['string', 'int'], variadic: true, call: () => '' }

t.test('how many arguments a function takes', async t => {
  const count = (fn: GoFunc, given: number, piped = 0) => countComplaint(fn, { name: 'f', given, count: given + piped })
  t.equal(count(fixed, 2), undefined)
  t.equal(count(fixed, 1, 1), undefined)
  t.equal(count(fixed, 1), 'wrong number of args for f: want 2 got 1')
  t.equal(count(variadic, 1), undefined)
  t.equal(count(variadic, 9), undefined)
  t.equal(count(variadic, 0), 'wrong number of args for f: want at least 1 got 0')
})

t.test('the last type repeats', async t => {
  t.strictSame([0, 1, 2, 9].map((i): ParamType => paramType(variadic, i)), ['string', 'int', 'int', 'int'])
})

t.test('arguments come in order, the piped one last', async t => {
  const seen: GoFunc = { params: ['any'], variadic: true, call: (...args) => args.map(String).join() }
  for (const [text, output] of [
    ['{{ seen }}', ''], ['{{ seen "a" }}', 'a'], ['{{ seen "a" "b" }}', 'a,b'], ['{{ seen "a" "b" "c" }}', 'a,b,c'],
    ['{{ "z" | seen }}', 'z'], ['{{ "z" | seen "a" }}', 'a,z'], ['{{ "z" | seen "a" "b" }}', 'a,b,z']
  ] as const) t.equal(render(text, null, { seen }), output, text)
})

t.test('the error of a function is the cause', async t => {
  const cause = new Error('it broke')
  try {
    render('{{ broken }}', null, { broken: { params: [], call: () => { throw cause } } })
    t.fail('nothing was thrown')
  } catch (error) {
    t.ok(error instanceof TemplateError)
    t.match(error, { code: 'exec', cause, detail: 'error calling broken: it broke', message: 'template: f:1:3: executing "f" at <broken>: error calling broken: it broke' })
  }
})

t.test('a method whose signature changes is checked anew', async t => {
  class Changing extends GoObject {
    readonly goType = 'main.Changing'
    readonly goKind = 'struct'
    #calls = 0

    override field (): undefined {
      return undefined
    }

    override method (): GoFunc {
      const params: ParamType[] = this.#calls++ === 0 ? ['int'] : ['float64']
      return { params, call: (value = null): Value => value }
    }
  }
  const changing = new Changing()
  t.equal(render('{{ range 2 }}{{ $v := (changing).Get 3 }}{{ type $v }} {{ end }}', null, { changing: { params: [], call: () => changing } }), 'int float64 ')
})

t.test('a text beyond the limit is refused', async t => {
  const set = new TemplateSet({ functions: new Map<string, GoFunc>(), missingKey: 'zero' })
  set.parse('f', '{{ $x := "0123456789" }}{{ range . }}{{ $x = print $x $x }}{{ end }}{{ len $x }}')
  t.equal(set.execute('f', int(3), new Scope({ string: 80 })), '80')
  t.throws(() => set.execute('f', int(4), new Scope({ string: 80 })), {
    code: 'output-too-large',
    message: 'template: f:1:54: executing "f" at <$x>: exceeded maximum string length of 80 characters'
  })
})
