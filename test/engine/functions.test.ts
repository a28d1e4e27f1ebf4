import t from 'tap'
import { chartOf, renderRelease } from './case-chart.js'
import { compareRecorded } from './compare-recorded.js'

const chartFile = 'apiVersion: v2\nname: a\nversion: 1.0.0\n'

t.test('as Helm answers', async t => {
  compareRecorded(t, 'engine-functions')
})

t.test('wrong arguments are refused as Helm refuses them', async t => {
  compareRecorded(t, 'function-arguments')
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
