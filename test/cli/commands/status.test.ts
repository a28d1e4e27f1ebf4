import t from 'tap'
import { releaseProgram } from '../../helpers/release-program.js'

t.test('a release and its objects, as tables', async t => {
  const { call } = await releaseProgram(t)
  await call(['install', 'web', 'sea'])
  t.equal((await call(['status', 'web'])).stdout, [
    'NAME: web', 'LAST DEPLOYED: Fri Jan  2 03:04:05 2026', 'NAMESPACE: default', 'STATUS: deployed', 'REVISION: 1', 'DESCRIPTION: Install complete', 'RESOURCES:',
    '==> v1/Secret', 'NAME         AGE', 'web-secret   5s', '', '==> v1/ConfigMap', 'web-map   5s', '', '', 'NOTES:', 'Ahoy from web', ''
  ].join('\n'))
})

t.test('as JSON and YAML, without the chart', async t => {
  const { call, server } = await releaseProgram(t)
  await call(['install', 'web', 'sea', '--set', 'a=1'])
  server.objects.delete('/api/v1/namespaces/default/secrets/web-secret')
  const json = (await call(['status', 'web', '-o', 'json'])).stdout
  t.ok(json.startsWith('{"name":"web","info":{"first_deployed":"2026-01-02T03:04:05Z","last_deployed":"2026-01-02T03:04:05Z","description":"Install complete","status":"deployed","notes":"Ahoy from web\\n","resources":{"v1/ConfigMap":[{'))
  t.match(json, '"config":{"a":1},"manifest":"---\\n# Source: sea/templates/secret.yaml')
  t.notMatch(json, '"chart"')
  t.match((await call(['status', 'web', '-o', 'yaml'])).stdout, /^apply_method: ssa\nconfig:\n {2}a: 1\nhooks:\n/)
})

t.test('tests that were run', async t => {
  const records = JSON.stringify([{
    name: 'web',
    namespace: 'default',
    version: 1,
    info: { status: 'deployed', description: 'fine' },
    hooks: [{ name: 'probe', events: ['test'], last_run: { started_at: '2026-01-02T03:04:05Z', completed_at: '2026-01-02T03:04:06Z', phase: 'Succeeded' } }]
  }])
  const { call } = await releaseProgram(t, { 'records.yaml': records })
  const { stdout } = await call(['status', 'web'], { env: { HELM_DRIVER: 'memory', HELM_MEMORY_DRIVER_DATA: 'records.yaml' } })
  t.equal(stdout, [
    'NAME: web', 'NAMESPACE: default', 'STATUS: deployed', 'REVISION: 1', 'DESCRIPTION: fine', 'TEST SUITE:     probe', 'Last Started:   Fri Jan  2 03:04:05 2026',
    'Last Completed: Fri Jan  2 03:04:06 2026', 'Phase:          Succeeded', ''
  ].join('\n'))
})

t.test('one that is not there', async t => {
  const { call } = await releaseProgram(t)
  t.strictSame(await call(['status', 'web']), { code: 1, stdout: '', stderr: 'Error: release: not found\n' })
  t.match(await call(['status', 'web', '--revision', '2']), { code: 1, stderr: 'Error: release: not found\n' })
})
