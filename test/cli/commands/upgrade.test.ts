import t from 'tap'
import { releaseProgram } from '../../helpers/release-program.js'

const upgraded = 'Release "web" has been upgraded. Happy Helming!\n'
const status = 'NAME: web\nLAST DEPLOYED: Fri Jan  2 03:04:05 2026\nNAMESPACE: default\nSTATUS: deployed\nREVISION: 2\nDESCRIPTION: Upgrade complete\nTEST SUITE: None\n'
const notes = 'NOTES:\nAhoy from web\n'

t.test('a release is upgraded, and its status printed', async t => {
  const { call, server } = await releaseProgram(t)
  await call(['install', 'web', 'sea'])
  const { code, stdout, stderr } = await call(['upgrade', 'web', 'sea', '--set', 'port=81'])
  t.strictSame({ code, stdout, stderr }, { code: 0, stderr: '', stdout: upgraded + status.replace('TEST SUITE: None\n', '') + notes })
  t.match(server.objects.get('/api/v1/namespaces/default/configmaps/web-map')?.['data'], { port: '81' })
  const json = await call(['upgrade', 'web', 'sea', '--description', 'for the show', '-l', 'team=a', '-o', 'json'])
  t.match(JSON.parse(json.stdout), { name: 'web', version: 3, config: { port: 81 }, info: { description: 'for the show' } })
  t.match(await call(['upgrade', 'web', 'sea', '--reset-values', '--hide-notes']), { stdout: /^((?!NOTES)[^])*$/ })
  t.match((await call(['upgrade', 'web', 'sea', '--reuse-values', '--set', 'a=1', '-o', 'json'])).stdout, '"config":{"a":1}')
  t.match((await call(['upgrade', 'web', 'sea', '--reset-then-reuse-values', '--set', 'b=1', '-o', 'json'])).stdout, '"config":{"a":1,"b":1}')
})

t.test('revisions that are kept: 10, or what the flag or the variable says', async t => {
  const { call } = await releaseProgram(t)
  await call(['install', 'web', 'sea'])
  const revisions = async (): Promise<unknown> => (JSON.parse((await call(['history', 'web', '-o', 'json'])).stdout) as Array<{ revision: number }>).map(({ revision }) => revision)
  for (let i = 0; i < 2; i++) await call(['upgrade', 'web', 'sea'])
  await call(['upgrade', 'web', 'sea'], { env: { HELM_MAX_HISTORY: '2' } })
  t.strictSame(await revisions(), [3, 4])
  await call(['upgrade', 'web', 'sea', '--history-max', '0'])
  t.strictSame(await revisions(), [3, 4, 5])
})

t.test('--install: what is not there, or was uninstalled, is installed', async t => {
  const { call } = await releaseProgram(t)
  const absent = 'Release "web" does not exist. Installing it now.\n'
  const first = await call(['upgrade', '-i', 'web', 'sea', '--create-namespace', '-n', 'team'])
  t.match(first, { code: 0, stdout: new RegExp(`^${absent}NAME: web\\n`) })
  t.match(await call(['upgrade', '--install', 'web', 'sea', '-n', 'team']), { stdout: new RegExp(`^${upgraded}`) })
  await call(['uninstall', 'web', '-n', 'team', '--keep-history'])
  t.match(await call(['upgrade', 'web', 'sea', '-n', 'team']), { code: 1, stderr: 'Error: UPGRADE FAILED: "web" has no deployed releases\n' })
  const again = await call(['upgrade', '--install', 'web', 'sea', '-n', 'team', '--server-side=false', '-o', 'json'])
  t.match(JSON.parse(again.stdout), { version: 3, apply_method: 'csa', info: { description: 'Install complete' } })
  t.match(await call(['upgrade', '-i', 'R_', 'sea']), { code: 1, stderr: 'Error: release name is invalid: R_\n' })
  t.match(await call(['upgrade', '-i', 'x', 'sea', '--hide-secret']), { code: 1, stderr: /Error: hiding Kubernetes secrets requires a dry-run mode\n$/ })
})

t.test('dry runs', async t => {
  const { call, server } = await releaseProgram(t)
  await call(['install', 'web', 'sea'])
  server.requests.length = 0
  const { stdout } = await call(['upgrade', 'web', 'sea', '--dry-run=client', '--hide-secret'])
  t.match(stdout, `${upgraded}NAME: web\n`)
  t.match(stdout, 'STATUS: pending-upgrade\nREVISION: 2\nDESCRIPTION: Dry run complete\n')
  t.match(stdout, '# HIDDEN: The Secret output has been suppressed')
  t.match(await call(['upgrade', 'web', 'sea', '--dry-run=server']), { code: 0 })
  t.match(await call(['upgrade', 'web', 'sea', '--dry-run=x']), { code: 1, stderr: 'Error: invalid dry-run value ("x"). Must be "none", "server", or "client"\n' })
  t.strictSame(server.log().filter(line => !line.startsWith('GET')), [])
})

t.test('what fails: only the upgrade itself says so', async t => {
  const { call, server } = await releaseProgram(t)
  t.match(await call(['upgrade', 'web', 'sea']), { code: 1, stdout: '', stderr: 'Error: UPGRADE FAILED: "web" has no deployed releases\n' })
  t.match(await call(['upgrade', 'web', './none']), { code: 1, stderr: 'Error: path "./none" not found\n' })
  t.match(await call(['upgrade', 'web']), { code: 1, stderr: /"portolan upgrade" requires 2 arguments/ })
  t.match(await call(['upgrade', 'web', 'sea', '--force', '--force-conflicts']), { code: 1, stderr: /if any flags in the group \[force force-conflicts\] are set none of the others can be/ })
  await call(['install', 'web', 'sea'])
  server.fault = ({ method, path }) => method === 'PATCH' && path.includes('web-map') ? { status: 422, message: 'bad map' } : undefined
  const failed = await call(['upgrade', 'web', 'sea', '--atomic'])
  t.equal(failed.code, 1)
  t.match(failed.stderr, /^Flag --atomic has been deprecated, use --rollback-on-failure instead\nlevel=WARN msg="upgrade failed" name=web error="[^\n]*bad map"\n/)
  t.match(failed.stderr, /Error: UPGRADE FAILED: an error occurred while rolling back the release\. original upgrade error: [^\n]*bad map\n$/)
})

t.test('Ctrl-C is told, and recorded', async t => {
  const { call, server } = await releaseProgram(t)
  await call(['install', 'web', 'sea'])
  const stop = new AbortController()
  server.control = object => { if (object.kind === 'ConfigMap') stop.abort() }
  const { code, stdout, stderr } = await call(['upgrade', 'web', 'sea'], { signal: stop.signal })
  t.strictSame({ code, stdout }, { code: 1, stdout: 'Release web has been cancelled.\n' })
  t.match(stderr, /Error: UPGRADE FAILED: context canceled\n$/)
  t.match((await call(['history', 'web'])).stdout, /\n2 .*\tfailed .*Upgrade "web" failed: context canceled/)
})
