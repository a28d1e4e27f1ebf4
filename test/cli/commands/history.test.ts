import t from 'tap'
import { releaseProgram } from '../../helpers/release-program.js'

const records = `
- {name: web, namespace: default, version: 1, info: {status: superseded, last_deployed: "2026-01-02T03:04:05.5Z", description: Install complete}, chart: {metadata: {name: sea, version: 1.2.3, appVersion: "9"}}}
- {name: web, namespace: default, version: 2, info: {status: failed, last_deployed: "2026-01-03T03:04:05+01:00", description: 'Upgrade "web" failed: <x>'}, chart: {metadata: {name: sea, version: 2.0.0}}}
- {name: web, namespace: default, version: 3, info: {status: deployed, description: Rollback to 1, rollback_revision: 1}}
`
const env = { HELM_DRIVER: 'memory', HELM_MEMORY_DRIVER_DATA: 'records.yaml' }

t.test('revisions as a table, JSON and YAML', async t => {
  const { call } = await releaseProgram(t, { 'records.yaml': records })
  const history = async (...flags: string[]): Promise<string> => (await call(['history', 'web', ...flags], { env })).stdout
  t.equal(await history(), [
    'REVISION\tUPDATED                 \tSTATUS    \tCHART    \tAPP VERSION\tDESCRIPTION              \n',
    '1       \tFri Jan  2 03:04:05 2026\tsuperseded\tsea-1.2.3\t9          \tInstall complete         \n',
    '2       \tSat Jan  3 03:04:05 2026\tfailed    \tsea-2.0.0\t           \tUpgrade "web" failed: <x>\n',
    '3       \tMon Jan  1 00:00:00 0001\tdeployed  \tMISSING  \tMISSING    \tRollback to 1            \n'
  ].join(''))
  t.equal(await history('--show-rollback-revision', '--max', '1'), [
    'REVISION\tUPDATED                 \tSTATUS  \tCHART  \tAPP VERSION\tROLLBACK\tDESCRIPTION  \n',
    '3       \tMon Jan  1 00:00:00 0001\tdeployed\tMISSING\tMISSING    \t1       \tRollback to 1\n'
  ].join(''))
  t.equal(await history('--max', '2', '-o', 'json'), [
    '[{"revision":2,"updated":"2026-01-03T03:04:05+01:00","status":"failed","chart":"sea-2.0.0","app_version":"","description":"Upgrade \\"web\\" failed: \\u003cx\\u003e"},',
    '{"revision":3,"status":"deployed","chart":"MISSING","app_version":"MISSING","rollback_revision":1,"description":"Rollback to 1"}]\n'
  ].join(''))
  t.equal(await history('--max', '1', '-o', 'yaml'), '- app_version: MISSING\n  chart: MISSING\n  description: Rollback to 1\n  revision: 3\n  rollback_revision: 1\n  status: deployed\n')
  t.equal(await history('--max', '0', '-o', 'json'), '[]\n')
  t.equal(await history('--max', '0'), 'REVISION\tUPDATED\tSTATUS\tCHART\tAPP VERSION\tDESCRIPTION\n')
})

t.test('what is not there', async t => {
  const { call } = await releaseProgram(t, { 'records.yaml': records })
  t.match(await call(['hist', 'db'], { env }), { code: 1, stderr: 'Error: release: not found\n' })
  t.match(await call(['history', 'R_'], { env }), { code: 1, stderr: 'Error: release name is invalid: R_\n' })
  t.match(await call(['history'], { env }), { code: 1, stderr: /"portolan history" requires 1 argument/ })
})
