import t from 'tap'
import { engineFunctions } from '../../src/engine/functions.js'
import { caseFileNames, readCases, templateOf } from '../compat/case-file.js'
import { chartOf, fixedSources, renderRelease } from './case-chart.js'
import { compareRecorded } from './compare-recorded.js'

const chartFile = 'apiVersion: v2\nname: a\nversion: 1.0.0\n'

t.test('as Helm answers', async t => {
  compareRecorded(t, 'engine-functions')
})

t.test('the count of nested names goes down again, also after a failure', async t => {
  const template = '{{ define "x" }}x{{ end }}{{ range until 1500 }}{{ include "x" . }}{{ end }}'
  t.match(renderRelease(chartOf({ 'Chart.yaml': chartFile, 'templates/a.yaml': `a: ${template}` })).manifest, `a: ${'x'.repeat(1500)}`)
})

t.test('an error names the file, and keeps what it comes from', async t => {
  const chart = chartOf({ 'Chart.yaml': chartFile, 'templates/a.yaml': '{{ fail "no" }}' })
  t.throws(() => renderRelease(chart), {
    name: 'EngineError',
    code: 'failed',
    message: 'execution error at (a/templates/a.yaml:1:3): no',
    cause: { name: 'TemplateError', code: 'exec' }
  })
})

t.test('every function of Helm’s own is compared with Helm at least five times', async t => {
  const words = caseFileNames().filter(name => /^(?:sprig|engine)-/.test(name))
    .flatMap(name => readCases(name).map(found => new Set(templateOf(found).match(/\b[a-zA-Z]\w*/g))))
  for (const name of engineFunctions(fixedSources()).keys()) {
    const cases = words.filter(of => of.has(name)).length
    t.ok(cases >= 5, `${name} has ${cases} cases`)
  }
})
