import t from 'tap'
import { loadChart } from '../../src/chart/load.js'
import { recordJson } from '../../src/release/record-json.js'
import { readRecord } from '../../src/release/record-reader.js'
import { releaseOf } from '../helpers/release.js'

t.test('empty fields are left out as Helm\'s tags say, in the order of its structs', async t => {
  t.equal(recordJson(releaseOf({ manifest: '', applyMethod: '' })), [
    '{"name":"web","info":{"first_deployed":"2026-01-02T03:04:05.123456789Z","last_deployed":"2026-01-02T03:04:05.123456789Z",',
    '"description":"Install complete","status":"deployed"},"chart":{"metadata":{"name":"sea","version":"1.2.3","apiVersion":"v2","appVersion":"9"},',
    '"lock":null,"templates":null,"values":null,"schema":null,"schemamodtime":"0001-01-01T00:00:00Z","files":null},"version":1,"namespace":"default"}'
  ].join(''))
})

t.test('hooks, with and without a run', async t => {
  const hook = { name: 'h', kind: 'Job', path: 'sea/templates/h.yaml', manifest: 'x', events: ['test'], weight: -5, deletePolicies: [], outputLogPolicies: ['hook-failed'], lastRun: { phase: '' } }
  const run = readRecord('{"hooks":[{"last_run":{"started_at":"2026-01-01T00:00:00+02:00","completed_at":"0001-01-01T00:00:00Z","phase":"Running"}}]}').hooks
  t.match(recordJson(releaseOf({ hooks: [hook, ...run] })),
    '"hooks":[{"name":"h","kind":"Job","path":"sea/templates/h.yaml","manifest":"x","events":["test"],"last_run":{"phase":""},"weight":-5,"output_log_policies":["hook-failed"]},' +
    '{"last_run":{"started_at":"2026-01-01T00:00:00+02:00","phase":"Running"}}]')
})

t.test('a chart with a schema, dependencies and a lock', async t => {
  const directory = t.testdir({
    'Chart.yaml': 'apiVersion: v2\nname: c\nversion: 0.1.0\ndependencies:\n- {name: d, version: ">0", repository: "", condition: d.on, tags: [x], import-values: [{child: a, parent: b}], alias: e}\n',
    'Chart.lock': 'dependencies: []\ndigest: sha256:ab\ngenerated: "2026-01-02T03:04:05.6Z"\n',
    'values.yaml': '',
    'values.schema.json': '{}',
    charts: { d: { 'Chart.yaml': 'apiVersion: v2\nname: d\nversion: 1.0.0\n' } },
    templates: { 'a.yaml': 'a: b' },
    'README.md': 'read me'
  })
  const json = recordJson(releaseOf({ chart: await loadChart(directory) })).replaceAll(/"(schemamodtime|modtime)":"2[^"]*"/g, '"$1":"T"')
  t.match(json, [
    '"chart":{"metadata":{"name":"c","version":"0.1.0","apiVersion":"v2","dependencies":[{"name":"d","version":"\\u003e0","repository":"","condition":"d.on","tags":["x"],',
    '"import-values":[{"child":"a","parent":"b"}],"alias":"e"}]},"lock":{"generated":"2026-01-02T03:04:05.6Z","digest":"sha256:ab","dependencies":[]},',
    '"templates":[{"name":"templates/a.yaml","data":"YTogYg==","modtime":"T"}],"values":{},"schema":"e30=","schemamodtime":"T",',
    '"files":[{"name":"README.md","data":"cmVhZCBtZQ==","modtime":"T"}],"modtime":"T"}'
  ].join(''))
  t.equal(recordJson(readRecord(json)).includes('"schema":"e30="'), true)
})

t.test('live objects are shown, by kind', async t => {
  const json = recordJson(releaseOf(), new Map([['v1/Service', [new Map([['kind', 'Service']])]], ['v1/ConfigMap', []]]))
  t.match(json, '"status":"deployed","resources":{"v1/ConfigMap":[],"v1/Service":[{"kind":"Service"}]}}')
})
