import t from 'tap'
import { sprint } from '../../src/go/fmt.js'
import { int, type GoFunc, type Value } from '../../src/go/value.js'
import { compile } from '../../src/template/compile.js'
import { parse } from '../../src/template/parse.js'
import type { TemplateFunction } from '../../src/template/runtime.js'
import { render } from './functions.js'

t.test('a program is operations in a row', async t => {
  const root = parse('f', '{{ $x := 1 }}a{{ if .b }}{{ $y := 2 }}{{ end }}{{ $z := 3 }}', { functions: new Set() }).get('f')?.root
  if (root === undefined) throw new Error('no tree')
  const program = compile(root, new Map())
  // The block is one, which compiles it when it is reached; the last one ends the template.
  t.equal(program.code.length, 6)
  t.equal(program.slots, 3)
})

t.test('else belongs to the condition before it, in long chains too', async t => {
  const chain = `{{ if eq . 0.0 }}0${Array.from({ length: 300 }, (_, i) => `{{ else if eq . ${i + 1}.0 }}${i + 1}`).join('')}{{ else }}none{{ end }}`
  t.strictSame([0, 1, 150, 300, 301].map(n => render(chain, n)), ['0', '1', '150', '300', 'none'])
})

t.test('the dot is what it was after every way out of a block', async t => {
  t.equal(render('{{ range list 1 2 3 }}{{ with "w" }}{{ with "v" }}{{ break }}{{ end }}{{ end }}{{ end }}{{ . }}', 'dot'), 'dot')
  t.equal(render('{{ range list 1 2 }}{{ with "w" }}{{ range list 3 4 }}{{ with "v" }}{{ continue }}{{ end }}{{ end }}{{ . }}{{ end }}{{ . }}{{ end }}{{ . }}', 'dot'), 'w1w2dot')
  t.equal(render('{{ with "a" }}{{ with "" }}{{ else }}{{ . }}{{ end }}{{ . }}{{ end }}{{ . }}', 'dot'), 'aadot')
  t.equal(render('{{ range list }}{{ else }}{{ . }}{{ end }}', 'dot'), 'dot')
})

t.test('a template can run again while it runs', async t => {
  t.equal(render('{{ define "t" }}{{ range $i, $e := . }}{{ $i }}{{ if $e }}({{ include "t" $e }}){{ template "t" $e }}{{ end }}{{ $i }}{{ end }}{{ end }}{{ template "t" . }}',
    [[[]], []]), '0(00)00011')
})

t.test('arguments are evaluated in their order, also around functions that execute templates', async t => {
  const order: string[] = []
  const note: GoFunc = { params: ['string'], call: (name = null) => { order.push(sprint(name)); return name } }
  const nested: TemplateFunction = runtime => ({ params: ['string'], call: (name = null) => { order.push(`call ${sprint(name)}`); return runtime.defer('t', name) } })
  const both = (text: string): Value => render(`{{ define "t" }}{{ note (print "in " .) }}{{ end }}${text}`, null, { note, nested })
  both('{{ print (note "a") (nested "b") (note "c") (nested "d") (note "e") }}')
  t.strictSame(order.splice(0), ['a', 'call b', 'in b', 'c', 'call d', 'in d', 'e'])
  t.equal(both('{{ note "a" | printf "%s%s" (nested "b") | printf "%s%s" (note "c") }}'), 'cin ba')
  t.strictSame(order.splice(0), ['a', 'call b', 'in b', 'c'])
  t.equal(both('{{ or (nested "a") (nested "b") }}{{ and "" (nested "c") }}{{ and (note "") (nested "d") }}'), 'in a')
  t.strictSame(order.splice(0), ['call a', 'in a', ''])
  t.equal(both('{{ if or "" (nested "a" | len | eq 0) }}yes{{ else if nested "b" }}{{ nested "c" }}{{ end }}'), 'in c')
  t.strictSame(order.splice(0), ['call a', 'in a', 'call b', 'in b', 'call c', 'in c'])
})

t.test('the number of arguments is checked before any is evaluated', async t => {
  let calls = 0
  const include: TemplateFunction = runtime => ({ params: ['string', 'any'], call: (name = null, data = null) => { calls++; return runtime.defer(sprint(name), data) } })
  t.throws(() => render('{{ define "t" }}{{ end }}{{ include "t" (include "t" .) 3 }}', null, { include }), { message: /wrong number of args for include: want 2 got 3$/ })
  t.throws(() => render('{{ define "t" }}{{ end }}{{ upper (include "t" .) 3 }}', null, { include }), { message: /wrong number of args for upper: want 1 got 2$/ })
  t.equal(calls, 0)
})

t.test('an argument that does not fit is found before the next is evaluated', async t => {
  let calls = 0
  const include: TemplateFunction = runtime => ({ params: ['string', 'any'], call: (name = null, data = null) => { calls++; return runtime.defer(sprint(name), data) } })
  t.throws(() => render('{{ define "t" }}{{ end }}{{ join .n (include "t" .) }}', { n: 1 }, { include }), { message: /at <\.n>: wrong type for value; expected string; got float64$/ })
  t.equal(calls, 0)
})

t.test('a pipeline may be long', async t => {
  t.equal(render(`{{ 1${' | add 1'.repeat(5000)} }}`), '5001')
  t.equal(render(`{{ add${' 1'.repeat(5000)} }}`), String(int(5000).value))
})
