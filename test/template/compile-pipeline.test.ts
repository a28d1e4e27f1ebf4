import t from 'tap'
import { TemplateSet } from '../../src/template/template.js'
import { functions, render, toValue } from './functions.js'

function failure (text: string, data: unknown = null): string {
  try {
    render(text, data)
  } catch (error) {
    return error instanceof Error ? error.message.replace('template: f:1:', '') : ''
  }
  return ''
}

t.test('an error names the node that Go would name', async t => {
  t.equal(failure('{{ .a | upper | int }}', { a: 'x' }), '16: executing "f" at <int>: wrong type for value; expected int; got string')
  t.equal(failure('{{ int (upper (print 1 2)) }}'), '23: executing "f" at <2>: wrong type for value; expected int; got string')
  t.equal(failure('{{ define "t" }}x{{ end }}{{ int (include "t" 5) }}'), '46: executing "f" at <5>: wrong type for value; expected int; got string')
  t.equal(failure('{{ define "t" }}x{{ end }}{{ include "t" 5 | int }}'), '45: executing "f" at <int>: wrong type for value; expected int; got string')
  t.equal(failure('{{ define "t" }}x{{ end }}{{ (include "t" .).y }}'), '42: executing "f" at <.>: can\'t evaluate field y in type string')
})

t.test('a variable whose declaration was passed over is the outer one', async t => {
  t.equal(render('{{ $x := "out" }}{{ range list true false }}{{ $_ := or . ($x := "in") }}{{ $x }} {{ end }}'), 'out in ')
  t.equal(render('{{ $x := "out" }}{{ range list true false }}{{ $_ := or . (include "t" ($x := "in")) }}{{ $x }} {{ end }}{{ define "t" }}{{ end }}'), 'out in ')
  t.equal(failure('{{ $_ := or true ($y := 1) }}{{ $y }}'), '32: executing "f" at <$y>: undefined variable: $y')
})

t.test('the type of a variable is that of what it was given last', async t => {
  const type = (text: string) => failure(text, { list: ['s'] }).replace(/^.* in type /, '')
  t.equal(type('{{ range $e := .list }}{{ $e.x }}{{ end }}'), 'interface {}')
  t.equal(type('{{ range $e := .list }}{{ $e = "t" }}{{ $e.x }}{{ end }}'), 'string')
  t.equal(type('{{ $e := "t" }}{{ range $e = .list }}{{ $e.x }}{{ end }}'), 'interface {}')
  t.equal(type('{{ $e := "t" }}{{ range $e = .list }}{{ end }}{{ $e = "u" }}{{ $e.x }}'), 'string')
  t.equal(type('{{ range $i, $e := .list }}{{ $i.x }}{{ end }}'), 'int')
})

t.test('one compiled template serves many executions', async t => {
  const set = new TemplateSet({ functions, missingKey: 'zero' })
  set.parse('f', '{{ range $i, $e := . }}{{ $i }}{{ upper $e }}{{ (ship).Greet $e }}{{ end }}')
  for (let i = 0; i < 3; i++) t.equal(set.execute('f', toValue(['a', 'b'])), '0ANina greets a1BNina greets b')
})
