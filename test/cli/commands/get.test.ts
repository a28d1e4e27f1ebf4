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

t.test('what is not there, and what is not supported yet', async t => {
  const { call } = await releaseProgram(t)
  t.match(await call(['get', 'manifest', 'web']), { code: 1, stderr: 'Error: release: not found\n' })
  t.match(await call(['get', 'all', 'web', '--template', 'x']), { code: 1, stderr: 'Error: the flag --template is not supported yet\n' })
})
