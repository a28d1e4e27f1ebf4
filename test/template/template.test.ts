import t from 'tap'
import type { GoFunc, Value } from '../../src/go/value.js'
import { Scope, type TemplateFunction } from '../../src/template/runtime.js'
import { TemplateSet } from '../../src/template/template.js'

const text = (value: Value): string => typeof value === 'string' ? value : ''

const functions: ReadonlyMap<string, TemplateFunction> = new Map<string, TemplateFunction>([
  ['include', runtime => ({ params: ['string', 'any'], call: (name = null, data = null) => runtime.defer(text(name), data) })],
  ['tpl', runtime => ({ params: ['string', 'any'], call: (source = null, data = null) => runtime.child('gotpl', text(source)).execute(data) })]
])

function setOf (texts: Readonly<Record<string, string>>): TemplateSet {
  const set = new TemplateSet({ functions, missingKey: 'zero' })
  for (const [name, source] of Object.entries(texts)) set.parse(name, source)
  return set
}

t.test('a set knows its templates', async t => {
  const set = setOf({ b: '{{ define "a" }}{{ end }}', c: 'x' })
  t.strictSame(set.names(), ['a', 'b', 'c'])
  t.strictSame(['a', 'b', 'd'].map(name => set.has(name)), [true, true, false])
})

t.test('a template that is not there', async t => {
  t.throws(() => setOf({}).execute('x"y', null), { code: 'no-template', message: 'template: no template "x\\"y" associated with template "gotpl"' })
  t.throws(() => new TemplateSet({ functions, missingKey: 'zero', name: 'mine' }).execute('x', null), { message: 'template: no template "x" associated with template "mine"' })
})

t.test('a text that cannot be parsed adds nothing', async t => {
  const set = setOf({ a: '1' })
  t.throws(() => set.parse('a', '{{ define "b" }}2{{ end }}{{ end }}'), { code: 'parse' })
  t.strictSame(set.names(), ['a'])
  t.equal(set.execute('a', null), '1')
})

t.test('a set can change after it was executed', async t => {
  const set = setOf({ a: '{{ template "b" }}', b: '1' })
  t.equal(set.execute('a', null), '1')
  set.parse('b', '2')
  t.equal(set.execute('a', null), '2')
})

t.test('what functions change in the data is changed', async t => {
  const change: GoFunc = {
    params: ['dict', 'string', 'any'],
    call: (dict = null, key = null, value = null) => dict instanceof Map ? dict.set(text(key), value) : null
  }
  const set = new TemplateSet({ functions: new Map([['set', change]]), missingKey: 'zero' })
  set.parse('f', '{{ $_ := set .Values "a" "b" }}{{ .Values.a }}')
  const values = new Map<string, Value>()
  t.equal(set.execute('f', new Map([['Values', values]])), 'b')
  t.equal(values.get('a'), 'b')
})

t.test('a child sees the set, and the set sees nothing of the child', async t => {
  const set = setOf({
    f: '{{ tpl `{{ define "mine" }}M{{ end }}{{ include "mine" . }}{{ include "ours" . }}` . }}{{ tpl `{{ include "ours" . }}` . }}',
    g: '{{ include "mine" . }}',
    ours: 'O'
  })
  t.equal(set.execute('f', null), 'MOO')
  t.throws(() => set.execute('g', null), { message: /no template "mine" associated with template "gotpl"$/ })
  t.strictSame(set.names(), ['f', 'g', 'ours'])
})

t.test('a child may redefine a template for itself and for what it executes', async t => {
  const set = setOf({
    f: '{{ include "outer" . }}{{ tpl `{{ define "inner" }}child{{ end }}{{ include "outer" . }}{{ template "outer" . }}` . }}{{ include "outer" . }}',
    g: '{{ tpl `{{ define "inner" }} {{ end }}{{ include "outer" . }}` . }}',
    outer: '<{{ include "inner" . }}>',
    inner: 'set'
  })
  t.equal(set.execute('f', null), '<set><child><child><set>')
  t.equal(set.execute('g', null), '<set>')
})

t.test('a child of a child sees both', async t => {
  const set = setOf({
    f: '{{ tpl .one . }}',
    ours: 'O'
  })
  const data = new Map<string, Value>([
    ['one', '{{ define "a" }}A{{ end }}{{ tpl .two . }}'],
    ['two', '{{ define "b" }}B{{ end }}{{ include "a" . }}{{ include "b" . }}{{ include "ours" . }}']
  ])
  t.equal(set.execute('f', data), 'ABO')
})

t.test('a blank child prints itself, whatever was of its name', async t => {
  const set = setOf({ f: '[{{ tpl " " . }}{{ tpl "{{ define `a` }}x{{ end }}" . }}]', gotpl: 'named as children are' })
  t.equal(set.execute('f', null), '[ ]')
})

t.test('a child\'s error names it', async t => {
  const set = setOf({ f: '{{ tpl "{{ .a.b }}" . }}', g: '{{ tpl "{{ .a" . }}' })
  t.throws(() => set.execute('f', new Map()), { message: 'template: f:1:3: executing "f" at <tpl "{{ .a.b }}" .>: error calling tpl: template: gotpl:1:5: executing "gotpl" at <.a.b>: nil pointer evaluating interface {}.b' })
  t.throws(() => set.execute('g', new Map()), { message: 'template: f:1:3: executing "f" at <tpl "{{ .a" .>: error calling tpl: template: gotpl:1: unclosed action'.replaceAll('f:1', 'g:1').replace('"f"', '"g"') })
})

t.test('many children are forgotten and compiled again', async t => {
  const set = setOf({ f: '{{ range . }}{{ tpl (printf "{{ define `x` }}%d{{ end }}{{ template `x` }}," .) $ }}{{ end }}' })
  const data = Array.from({ length: 2500 }, (_, i) => `${i % 1200}`)
  t.equal(set.execute('f', data), data.map(i => `%!d(string=${i}),`).join(''))
})

t.test('makers are asked once for each running set', async t => {
  let made = 0
  const set = new TemplateSet({
    functions: new Map<string, TemplateFunction>([...functions, ['count', () => {
      made++
      return { params: [], call: () => '' }
    }]]),
    missingKey: 'zero'
  })
  set.parse('f', '{{ count }}{{ count }}{{ tpl "{{ count }}{{ count }}" . }}')
  set.execute('f', null)
  t.equal(made, 2)
})

t.test('a scope remembers for its functions', async t => {
  const counter: TemplateFunction = ({ scope }) => ({
    params: [],
    call: () => {
      const count = Number(scope.memory.get('count') ?? 0) + 1
      scope.memory.set('count', count)
      return String(count)
    }
  })
  const set = new TemplateSet({ functions: new Map([...functions, ['next', counter]]), missingKey: 'zero' })
  set.parse('f', '{{ next }}{{ tpl "{{ next }}" . }}')
  const scope = new Scope()
  t.equal(set.execute('f', null, scope), '12')
  t.equal(set.execute('f', null, scope), '34')
  t.equal(set.execute('f', null), '12')
})
