import t from 'tap'
import { GoObject, type GoFunc, type Value } from '../../src/go/value.js'
import { work } from '../../src/go/work.js'
import { TemplateError } from '../../src/template/errors.js'
import { defaultLimits, Scope, type After, type Limits, type TemplateFunction } from '../../src/template/runtime.js'
import { TemplateSet } from '../../src/template/template.js'

const text = (value: Value): string => typeof value === 'string' ? value : ''

class Echo extends GoObject {
  readonly goType = 'main.Echo'
  readonly goKind = 'struct'

  override field (): undefined {
    return undefined
  }

  override method (): GoFunc {
    return { params: ['string'], call: (said = null) => said }
  }
}

const echo = new Echo()

/** Functions that execute templates: without and with the JavaScript stack. */
const executing: ReadonlyMap<string, TemplateFunction> = new Map<string, TemplateFunction>([
  ['include', runtime => ({ params: ['string', 'any'], call: (name = null, data = null) => runtime.defer(text(name), data) })],
  ['tpl', runtime => ({ params: ['string', 'any'], call: (source = null, data = null) => runtime.defer(runtime.child('gotpl', text(source)), data) })],
  ['now', runtime => ({ params: ['string', 'any'], call: (name = null, data = null) => runtime.execute(text(name), data) })]
])

function setOf (source: string, functions = executing): TemplateSet {
  const set = new TemplateSet({ functions, missingKey: 'zero' })
  set.parse('f', source)
  return set
}

function failure (source: string, limits: Partial<Limits> = {}): TemplateError {
  try {
    setOf(source).execute('f', null, new Scope(limits))
  } catch (error) {
    if (error instanceof TemplateError) return error
    throw error
  }
  throw new Error(`${source} did not fail`)
}

t.test('steps are limited', async t => {
  t.match(failure('{{ range 1000000000000 }}{{ end }}', { steps: 1000 }), {
    code: 'too-many-steps', message: 'template: f:1:9: executing "f" at <1000000000000>: exceeded maximum of 1000 steps'
  })
  t.equal(failure('{{ range 100 }}{{ range 100 }}x{{ end }}{{ end }}', { steps: 1000 }).code, 'too-many-steps')
})

t.test('time is limited, by the clock that is given', async t => {
  let asked = 0
  const late = (source: string): TemplateError => {
    try {
      setOf(source).execute('f', null, new Scope({ milliseconds: 10 }, () => asked++))
    } catch (error) {
      if (error instanceof TemplateError) return error
    }
    throw new Error(`${source} did not fail`)
  }
  t.match(late('{{ range 1000000000 }}{{ end }}'), { code: 'too-slow', message: 'template: f:1:9: executing "f" at <1000000000>: exceeded maximum of 10 milliseconds' })
  asked = 0
  t.equal(late('{{ range 100 }}{{ print 1 }}{{ end }}').code, 'too-slow', 'the clock is asked after each call')
})

t.test('what a function does counts as steps', async t => {
  t.equal(failure('{{ print (printf "%1000000d" 1) | len }}', { steps: 100_000 }).code, 'too-many-steps')
  const working: ReadonlyMap<string, TemplateFunction> = new Map([['toil', { params: ['any'], call: () => { work(1000); return 1 } }]])
  const run = (steps: number): string => setOf('{{ toil 1 }}{{ toil 2 }}', working).execute('f', null, new Scope({ steps }))
  t.equal(run(3000), '11')
  t.throws(() => run(1500), { code: 'too-many-steps', message: 'template: f:1:15: executing "f" at <toil 2>: error calling toil: exceeded maximum of 1500 steps' })
  work(1_000_000)
  t.pass('outside of an execution nothing is limited')
})

t.test('lists are limited', async t => {
  const many: ReadonlyMap<string, TemplateFunction> = new Map([['many', { params: ['int'], call: () => new Array<Value>(20).fill(null) }]])
  t.throws(() => setOf('{{ many 1 }}', many).execute('f', null, new Scope({ items: 10 })), { code: 'output-too-large', message: /exceeded maximum list length of 10 items/ })
})

t.test('output is limited', async t => {
  t.match(failure('{{ range 100 }}0123456789{{ end }}', { output: 500 }), {
    code: 'output-too-large', message: 'template: f:1:9: executing "f" at <100>: exceeded maximum output of 500 characters'
  })
  t.equal(failure('{{ define "a" }}0123456789{{ end }}{{ range 100 }}{{ include "a" . }}{{ end }}', { output: 500 }).code, 'output-too-large')
})

t.test('a limit keeps its code on the way out', async t => {
  const error = failure('{{ define "a" }}{{ range 1000 }}{{ end }}{{ end }}{{ include "a" . }}', { steps: 100 })
  t.equal(error.code, 'too-many-steps')
  t.strictSame(error.chain.map(place => place.name), ['f', 'a'])
})

t.test('a scope counts everything that is executed in it', async t => {
  const set = setOf('{{ define "a" }}{{ range 30 }}{{ end }}{{ end }}{{ range 2 }}{{ include "a" . }}{{ end }}')
  const scope = new Scope({ steps: 200 })
  set.execute('f', null, scope)
  t.throws(() => set.execute('f', null, scope), { code: 'too-many-steps' })
})

t.test('templates call each other 100000 deep, as in Go', async t => {
  const endless = failure('{{ define "a" }}{{ if true }}{{ template "a" . }}{{ end }}{{ end }}{{ template "a" . }}')
  t.equal(endless.code, 'too-deep')
  t.equal(endless.message, 'template: f:1:41: executing "a" at <{{template "a" .}}>: exceeded maximum template depth (100000)')
  const deep = 'a: {{ define "a" }}{{ if . }}{{ template "a" (slice . 1) }}{{ else }}end{{ end }}{{ end }}{{ template "a" . }}'
  t.equal(setOf(deep).execute('f', 'x'.repeat(3000)), 'a: end')
})

t.test('deferred templates nest without the stack', async t => {
  for (const shape of ['{{ include "a" . }}', '{{ range 1 }}{{ with print (include "a" $) | print }}{{ end }}{{ end }}',
    '{{ if and true (or false (include "a" .)) }}{{ end }}', '{{ $x := index (printf "%s" (include "a" .) | print) 0 }}', '{{ tpl "{{ include `a` . }}" . }}']) {
    const error = failure(`{{ define "a" }}${shape}{{ end }}{{ include "a" . }}`)
    t.equal(error.code, 'too-deep', shape)
    t.match(error.message, `exceeded maximum nesting of templates (${defaultLimits.nesting})`)
  }
})

t.test('templates executed at once nest as deep as the stack allows', async t => {
  const error = failure('{{ define "a" }}{{ now "a" . }}{{ end }}{{ now "a" . }}')
  t.equal(error.code, 'too-deep')
  t.match(error.message, /templates nest deeper than the stack allows$/)
  let depth = 0
  const counted: TemplateFunction = runtime => ({
    params: ['string', 'any'],
    call: (name = null, data = null) => depth++ > 1000 ? 'deep enough' : runtime.execute(text(name), data)
  })
  const set = setOf('{{ define "a" }}{{ range 1 }}{{ print (now "a" .) | print "x" }}{{ end }}{{ end }}{{ now "a" . }}', new Map([['now', counted]]))
  t.match(set.execute('f', null), /^x+deep enough$/)
})

t.test('what a function does after a deferred template', async t => {
  const events: string[] = []
  const after: After = {
    returned: printed => {
      events.push('returned')
      return `<${printed}>`
    },
    failed: error => {
      events.push('failed')
      return new Error('wrapped', { cause: error })
    }
  }
  const functions = new Map<string, TemplateFunction>([
    ['include', runtime => ({ params: ['string', 'any'], call: (name = null, data = null) => runtime.defer(text(name), data, after) })]
  ])
  t.equal(setOf('{{ define "a" }}A{{ . }}{{ end }}{{ include "a" 1 }}{{ print (include "a" 2) }}', functions).execute('f', null), '<A1><A2>')
  t.strictSame(events.splice(0), ['returned', 'returned'])
  t.throws(() => setOf('{{ define "a" }}{{ .x.y.z }}{{ end }}{{ include "a" (index . 0) }}', functions).execute('f', [new Map()]), {
    message: 'template: f:1:40: executing "f" at <include "a" (index . 0)>: error calling include: wrapped',
    cause: { message: 'wrapped', cause: { message: 'template: f:1:21: executing "a" at <.x.y.z>: nil pointer evaluating interface {}.y' } }
  })
  t.strictSame(events.splice(0), ['failed'])
})

t.test('an error of what is done after a deferred template is the function\'s', async t => {
  const functions = new Map<string, TemplateFunction>([
    ['include', runtime => ({
      params: ['string', 'any'],
      call: (name = null, data = null) => runtime.defer(text(name), data, { returned: () => { throw new Error('too late') } })
    })]
  ])
  t.throws(() => setOf('{{ define "a" }}A{{ end }}\n{{ include "a" . }}', functions).execute('f', null), {
    message: 'template: f:2:3: executing "f" at <include "a" .>: error calling include: too late'
  })
})

t.test('an argument of a method executes a deferred template on the spot', async t => {
  const functions = new Map<string, TemplateFunction>([...executing, ['echo', { params: [], call: () => echo }]])
  t.equal(setOf('{{ define "a" }}[{{ . }}]{{ end }}{{ (echo).Say (include "a" 1) }}', functions).execute('f', null), '[1]')
  t.match(failureOf(() => setOf('{{ define "a" }}{{ .x.y }}{{ end }}{{ (echo).Say (include "a" .) }}', functions).execute('f', new Map())),
    /at <include "a" \.>: error calling include: template: f:1:21: executing "a" at <\.x\.y>/)
  t.equal(failureOf(() => setOf('{{ define "a" }}{{ (echo).Say (include "a" .) }}{{ end }}{{ include "a" . }}', functions).execute('f', null)).includes('stack allows'), true)
})

function failureOf (work: () => unknown): string {
  try {
    work()
  } catch (error) {
    return error instanceof Error ? error.message : ''
  }
  return ''
}
