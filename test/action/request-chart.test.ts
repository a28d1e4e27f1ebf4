import t from 'tap'
import { requestChart } from '../../src/action/request-chart.js'

function yaml (more: string): string {
  return `apiVersion: v2\nname: sea\nversion: 1.2.3\n${more}`
}

t.test('charts that may be installed', async t => {
  const logged: string[] = []
  const log = (level: string, message: string): void => { logged.push(`${level} ${message}`) }
  const directory = t.testdir({
    fine: { 'Chart.yaml': yaml('deprecated: true') },
    library: { 'Chart.yaml': yaml('type: library') },
    lacking: { 'Chart.yaml': yaml('dependencies: [{name: a, version: "1", repository: ""}, {name: b, version: "1", repository: ""}]'), charts: { a: { 'Chart.yaml': 'apiVersion: v2\nname: a\nversion: 1.0.0\n' } } }
  })
  t.equal((await requestChart(`${directory}/fine`, log)).metadata.name, 'sea')
  t.strictSame(logged, ['WARN this chart is deprecated'])
  await t.rejects(requestChart(`${directory}/library`, log), { message: 'library charts are not installable' })
  await t.rejects(requestChart(`${directory}/lacking`, log), {
    code: 'missing-dependencies',
    message: 'an error occurred while checking for chart dependencies. You may need to run \'helm dependency build\' to fetch missing dependencies: found in Chart.yaml, but missing in charts/ directory: b'
  })
})
