import t from 'tap'
import { releaseProgram } from '../../helpers/release-program.js'

t.test('parts of a record', async t => {
  const { call } = await releaseProgram(t)
  await call(['install', 'web', 'sea', '--set', 'a=1'])
  const get = async (...args: string[]): Promise<string> => (await call(['get', ...args])).stdout
  t.match(await get('manifest', 'web'), /^---\n# Source: sea\/templates\/secret\.yaml\n[^]*port: "80"\n\n\n$/)
  t.equal(await get('hooks', 'web'), '---\n# Source: sea/templates/test.yaml\napiVersion: v1\nkind: Pod\nmetadata:\n  name: web-test\n  annotations:\n    helm.sh/hook: test\n\n')
  t.equal(await get('notes', 'web'), 'NOTES:\nAhoy from web\n\n')
  t.equal(await get('values', 'web'), 'USER-SUPPLIED VALUES:\na: 1\n')
  t.equal(await get('values', 'web', '-a'), 'COMPUTED VALUES:\na: 1\nport: 80\n')
  t.equal(await get('values', 'web', '-o', 'json'), '{"a":1}\n')
  t.equal(await get('values', 'web', '-a', '-o', 'yaml'), 'a: 1\nport: 80\n')
  const all = await get('all', 'web')
  for (const part of ['CHART: sea\nVERSION: 1.2.3\nAPP_VERSION: 9\n', 'USER-SUPPLIED VALUES:\na: 1\n', 'MANIFEST:\n---\n', 'NOTES:\nAhoy']) t.match(all, part)
})

t.test('a release without values, notes and hooks', async t => {
  const { call } = await releaseProgram(t, { 'records.yaml': '[{name: web, namespace: default, version: 3, info: {status: deployed}}]' })
  const env = { HELM_DRIVER: 'memory', HELM_MEMORY_DRIVER_DATA: 'records.yaml' }
  const get = async (...args: string[]): Promise<string> => (await call(['get', ...args], { env })).stdout
  t.equal(await get('values', 'web'), 'USER-SUPPLIED VALUES:\nnull\n')
  t.equal(await get('values', 'web', '-o', 'json'), 'null\n')
  t.equal(await get('notes', 'web'), '')
  t.equal(await get('hooks', 'web'), '')
  t.equal(await get('manifest', 'web', '--revision', '3'), '\n')
})

t.test('metadata', async t => {
  const { call } = await releaseProgram(t)
  await call(['install', 'web', 'sea', '-l', 'team=a'])
  t.equal((await call(['get', 'metadata', 'web', '--revision', '1'])).stdout, [
    'NAME: web', 'CHART: sea', 'VERSION: 1.2.3', 'APP_VERSION: 9', 'ANNOTATIONS: ', 'LABELS: team=a', 'DEPENDENCIES: ', 'NAMESPACE: default', 'REVISION: 1',
    'STATUS: deployed', 'DEPLOYED_AT: 2026-01-02T03:04:05Z', 'APPLY_METHOD: server-side apply\n'
  ].join('\n'))
  t.equal((await call(['get', 'metadata', 'web', '--revision', '1', '-o', 'json'])).stdout,
    '{"name":"web","chart":"sea","version":"1.2.3","appVersion":"9","labels":{"team":"a"},"namespace":"default","revision":1,"status":"deployed","deployedAt":"2026-01-02T03:04:05Z","applyMethod":"ssa"}\n')
  t.match((await call(['get', 'metadata', 'web'])).stdout, /LABELS: modifiedAt=1767323045,name=web,owner=helm,status=deployed,team=a,version=1\n/)
})

t.test('metadata of records that say little', async t => {
  const { call } = await releaseProgram(t, {
    'records.yaml': '[{name: web, namespace: default, version: 3, info: {status: deployed}, apply_method: odd},' +
      '{name: db, namespace: default, version: 1, info: {status: failed}, apply_method: csa, chart: {metadata: {name: sea, version: 1.0.0, annotations: {b: "2", a: "1"}, dependencies: [{name: z, repository: ""}, {name: b, repository: ""}]}}},' +
      '{name: old, namespace: default, version: 1, info: {status: deployed}}]'
  })
  const env = { HELM_DRIVER: 'memory', HELM_MEMORY_DRIVER_DATA: 'records.yaml' }
  const metadata = async (name: string): Promise<string> => (await call(['get', 'metadata', name], { env })).stdout
  t.match(await metadata('web'), /CHART: \n[^]*DEPLOYED_AT: 0001-01-01T00:00:00Z\nAPPLY_METHOD: unknown \("odd"\)\n$/)
  t.match(await metadata('db'), /ANNOTATIONS: a=1,b=2\nLABELS: \nDEPENDENCIES: b,z\n[^]*APPLY_METHOD: client-side apply\n$/)
  t.match(await metadata('old'), /APPLY_METHOD: client-side apply \(defaulted\)\n$/)
})

t.test('all, by a template', async t => {
  const { call } = await releaseProgram(t)
  await call(['install', 'web', 'sea', '--set', 'a=1'])
  const all = async (template: string): Promise<string> => (await call(['get', 'all', 'web', '--template', template])).stdout
  t.equal(await all('{{ .Release.Name }} {{ .Release.Version }} {{ .Release.Info.Status }} {{ .Release.Info.LastDeployed }}'), 'web 1 deployed 2026-01-02 03:04:05 +0000 UTC')
  t.equal(await all('{{ .Release.Chart.Name }}-{{ .Release.Chart.Metadata.Version }} {{ .Release.Config.a }} {{ range .Release.Hooks }}{{ .Name }} {{ .Events }}{{ end }}'), 'sea-1.2.3 1 web-test [test]')
  t.match(await call(['get', 'all', 'web', '--template', '{{ .Release.Nothing }}']), {
    code: 1, stderr: 'Error: template: _:1:11: executing "_" at <.Release.Nothing>: can\'t evaluate field Nothing in type interface {}\n'
  })
})

t.test('what is not there', async t => {
  const { call } = await releaseProgram(t)
  t.match(await call(['get', 'manifest', 'web']), { code: 1, stderr: 'Error: release: not found\n' })
})
