import t from 'tap'
import type { Test } from 'tap'
import { Readable } from 'node:stream'
import type { FakeObject } from '../../helpers/fake-api-server.js'
import { releaseProgram, type ReleaseProgram } from '../../helpers/release-program.js'

const maps = '/api/v1/namespaces/default/configmaps'
const sky = {
  'Chart.yaml': 'apiVersion: v2\nname: sky\nversion: 1.0.0\n',
  'values.yaml': 'port: 80\npassword: one\nextra: false\n',
  templates: {
    'map.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: web-map\ndata:\n  port: {{ .Values.port | quote }}\n',
    'secret.yaml': 'apiVersion: v1\nkind: Secret\nmetadata:\n  name: web-secret\nstringData:\n  password: {{ .Values.password }}\n',
    'extra.yaml': '{{ if .Values.extra }}apiVersion: v1\nkind: Service\nmetadata:\n  name: web\nspec:\n  ports: [{ port: 1 }]\n{{ end }}',
    'hook.yaml': 'apiVersion: batch/v1\nkind: Job\nmetadata:\n  name: web-test\n  annotations:\n    helm.sh/hook: test\n    port: {{ .Values.port | quote }}\n'
  }
}

/** A release of one revision. */
async function installed (t: Test): Promise<ReleaseProgram> {
  const program = await releaseProgram(t, { sky })
  t.equal((await program.call(['install', 'web', 'sky'])).code, 0)
  program.server.requests.length = 0
  return program
}

function live (program: ReleaseProgram, path: string): FakeObject {
  const object = program.server.objects.get(path)
  if (object === undefined) throw new Error(`there is no ${path}`)
  return object
}

/** The requests that write, dry runs left out. */
function writes (program: ReleaseProgram): string[] {
  return program.server.requests.filter(({ method, query }) => method !== 'GET' && query.get('dryRun') !== 'All').map(({ method, path }) => `${method} ${path}`)
}

t.test('diff upgrade: what would change, without writing', async t => {
  const program = await installed(t)
  const { code, stdout, stderr } = await program.call(['diff', 'upgrade', 'web', 'sky', '--set', 'port=81,extra=true,password=two', '-C', '1'])
  t.equal(code, 2)
  t.equal(stderr, '')
  t.equal(stdout.replace(/sha256 [0-9a-f]{7}/g, 'sha256 X'), [
    'default, web-secret, Secret (v1) has changed:',
    '@@ -2,3 +2,3 @@', ' data:', "-  password: '<redacted: 3 bytes, sha256 X>'", "+  password: '<redacted: 3 bytes, sha256 X>'", ' kind: Secret',
    '',
    'default, web-map, ConfigMap (v1) has changed:',
    '@@ -2,3 +2,3 @@', ' data:', '-  port: "80"', '+  port: "81"', ' kind: ConfigMap',
    '',
    'default, web, Service (v1) has been added:',
    '@@ -0,0 +1,12 @@', '+apiVersion: v1', '+kind: Service', '+metadata:', '+  annotations:', '+    meta.helm.sh/release-name: web', '+    meta.helm.sh/release-namespace: default',
    '+  labels:', '+    app.kubernetes.io/managed-by: Helm', '+  name: web', '+  namespace: default', '+spec:', '+  ports:', '+    - port: 1',
    '',
    'default, web-test, Job (batch/v1) hook has changed:',
    '@@ -5,3 +5,3 @@', '     helm.sh/hook: test', '-    port: "80"', '+    port: "81"', '   name: web-test', ''
  ].join('\n').replace('+1,12', '+1,13'))
  t.strictSame(writes(program), [])
  t.match(await program.call(['diff', 'upgrade', 'web', 'sky']), { code: 0, stdout: '', stderr: 'No differences.\n' })
})

t.test('diff upgrade: against the record, and what is left out', async t => {
  const program = await installed(t)
  live(program, `${maps}/web-map`)['data'] = { port: '9' }
  t.match(await program.call(['diff', 'upgrade', 'web', 'sky']), { code: 2, stdout: /- {2}port: "9"\n\+ {2}port: "80"/ })
  t.match(await program.call(['diff', 'upgrade', 'web', 'sky', '--against', 'stored']), { code: 0, stdout: '' })
  t.match(await program.call(['diff', 'upgrade', 'web', 'sky', '--suppress', 'ConfigMap']), { code: 0, stdout: '' })
  t.match(await program.call(['diff', 'upgrade', 'web', 'sky', '--detailed-exitcode=false']), { code: 0, stdout: /web-map/ })
  t.match(await program.call(['diff', 'upgrade', 'web', 'sky', '--set', 'port=9', '--no-hooks']), { code: 0 })
  t.match(await program.call(['diff', 'upgrade', 'web', 'sky', '--against', 'x']), { code: 1, stderr: 'Error: invalid argument "x" for "--against" flag: must be "live" or "stored"\n' })
  t.match(await program.call(['diff', 'upgrade', 'web', 'sky', '-o', 'x']), { code: 1, stderr: /invalid format type/ })
  t.match(await program.call(['diff', 'upgrade', 'web', 'sky', '--color', 'x']), { code: 1, stderr: /invalid color mode "x"/ })
  t.match(await program.call(['diff', 'upgrade', 'web', 'sky', '--hide-secret']), { code: 1, stderr: /leave out --hide-secret/ })
  t.match(await program.call(['diff', 'upgrade', 'web', 'sky', '--skip-crds', '--upgrade-crds']), { code: 1, stderr: /\[skip-crds upgrade-crds\] were all set/ })
  t.match(await program.call(['diff', 'upgrade', 'web', 'sky', '--wait', '--timeout', '1m', '--rollback-on-failure', '-l', 'a=b', '--description', 'x', '--against', 'stored']), { code: 0 })
})

t.test('diff upgrade: a release that is not there', async t => {
  const program = await releaseProgram(t, { sky })
  t.match(await program.call(['diff', 'upgrade', 'web', 'sky']), { code: 1, stderr: 'Error: "web" has no deployed releases\n' })
  for (const flag of ['--install', '--allow-unreleased']) {
    const { code, stdout } = await program.call(['diff', 'upgrade', 'web', 'sky', flag])
    t.equal(code, 2)
    t.match(stdout.match(/has .*$/gm), ['has been added:', 'has been added:', 'has been added:'])
  }
  t.strictSame(writes(program), [])
})

t.test('JSON, secrets, colours', async t => {
  const program = await installed(t)
  const ask = ['diff', 'upgrade', 'web', 'sky', '--set', 'password=two']
  const json = JSON.parse((await program.call([...ask, '-o', 'json'])).stdout) as unknown
  t.match(json, [{
    apiVersion: 'v1', kind: 'Secret', namespace: 'default', name: 'web-secret', change: 'changed', diff: /^@@ /, before: { data: { password: /^<redacted: 3 bytes/ } }, after: { kind: 'Secret' }
  }])
  t.equal((await program.call(['diff', 'upgrade', 'web', 'sky', '-o', 'json'])).stdout, '[]\n')
  t.match((await program.call([...ask, '--show-secrets'])).stdout, `+  password: ${Buffer.from('two').toString('base64')}\n`)
  const colored = (await program.call([...ask, '--color', 'always'])).stdout
  t.match(colored, '\x1b[33mdefault, web-secret, Secret (v1) has changed:\x1b[0m\n\x1b[36m@@')
  t.match(colored, /\n\x1b\[31m-.*\x1b\[0m\n\x1b\[32m\+.*\x1b\[0m\n/)
  t.match((await program.call(ask, { env: { HELM_COLOR: 'always' } })).stdout, '\x1b[33m')
  t.notMatch((await program.call([...ask, '--color', 'auto'], { env: { HELM_COLOR: 'always' } })).stdout, '\x1b')
  let printed = ''
  const terminal = { write: (text: string) => { printed += text }, isTerminal: true }
  await program.call(ask, { stdout: terminal })
  t.match(printed, '\x1b[33m')
  printed = ''
  await program.call(ask, { stdout: terminal, env: { NO_COLOR: '1' } })
  t.notMatch(printed, '\x1b')
})

t.test('diff revision and diff rollback', async t => {
  const program = await installed(t)
  await program.call(['upgrade', 'web', 'sky', '--set', 'port=81'])
  await program.call(['upgrade', 'web', 'sky', '--set', 'extra=true'])
  t.match(await program.call(['diff', 'revision', 'web', '1', '2']), { code: 2, stdout: /- {2}port: "80"\n\+ {2}port: "81"[^]*hook has changed/ })
  t.match(await program.call(['diff', 'revision', 'web', '2', '1', '--no-hooks']), { code: 2, stdout: /^(?![^]*hook)[^]*- {2}port: "81"\n\+ {2}port: "80"/ })
  t.match(await program.call(['diff', 'revision', 'web', '1']), { code: 2, stdout: /^default, web, Service \(v1\) has been added:\n/ })
  t.match(await program.call(['diff', 'revision', 'web', '3', '3']), { code: 0, stderr: 'No differences.\n' })
  t.match(await program.call(['diff', 'revision', 'web', '9']), { code: 1, stderr: /not found/ })
  t.match(await program.call(['diff', 'revision', 'web', '0']), { code: 1, stderr: 'Error: invalid release revision\n' })
  t.match(await program.call(['diff', 'revision', 'web', 'x']), { code: 1, stderr: /could not convert revision to a number/ })
  program.server.requests.length = 0
  for (const against of ['live', 'stored']) {
    const { code, stdout } = await program.call(['diff', 'rollback', 'web', '--against', against])
    t.equal(code, 2)
    t.match(stdout, /web-map, ConfigMap \(v1\) has changed:[^]*default, web, Service \(v1\) has been removed:[^]*hook has changed/, against)
  }
  live(program, `${maps}/web-map`)['data'] = { port: '81' }
  t.match(await program.call(['diff', 'rollback', 'web', '2', '--no-hooks']), { code: 2, stdout: /^(?![^]*web-map)[^]*Service/ })
  t.match(await program.call(['diff', 'rollback', 'web', '7']), { code: 1, stderr: 'Error: release has no 7 version\n' })
  t.strictSame(writes(program), [])
})

t.test('diff live', async t => {
  const program = await installed(t)
  t.match(await program.call(['diff', 'live', 'web']), { code: 0, stderr: 'No differences.\n' })
  live(program, `${maps}/web-map`)['data'] = { port: '9' }
  program.server.objects.delete('/api/v1/namespaces/default/secrets/web-secret')
  t.match(await program.call(['diff', 'live', 'web']), { code: 2, stdout: /web-secret, Secret \(v1\) has been removed:[^]*- {2}port: "80"\n\+ {2}port: "9"/ })
  program.server.fault = ({ query }) => query.has('dryRun') ? { status: 403, message: 'no', reason: 'Forbidden' } : undefined
  const map = live(program, `${maps}/web-map`)
  map['data'] = { port: '80', more: 'x' }
  const told = 'level=WARN msg="without a dry run only the fields that the manifest names are compared" objects=1\n'
  t.match(await program.call(['diff', 'live', 'web', '--suppress', 'Secret']), { code: 0, stderr: `${told}No differences.\n` }, 'only the fields that the manifest names')
  map['data'] = { port: '82', more: 'x' }
  t.match(await program.call(['diff', 'live', 'web', '--suppress', 'Secret']), { code: 2, stdout: /- {2}port: "80"\n\+ {2}port: "82"\n/, stderr: told })
  program.server.fault = ({ query }) => query.has('dryRun') ? { status: 422, message: 'immutable', reason: 'Invalid' } : undefined
  t.match(await program.call(['diff', 'live', 'web', '--suppress', 'Secret']), { code: 2, stderr: /^level=WARN msg="a dry run is not possible.*immutable/ })
  t.strictSame(writes(program), [])
})

t.test('conflicts are told of, and shown all the same', async t => {
  const program = await installed(t)
  live(program, `${maps}/web-map`)['data'] = { port: '9' }
  program.server.fault = ({ query }) => query.get('force') === 'false' ? { status: 409, message: 'conflict with "kubectl"', reason: 'Conflict' } : undefined
  t.match(await program.call(['diff', 'upgrade', 'web', 'sky']), { code: 2, stdout: /- {2}port: "9"/, stderr: /WARN msg="others manage fields of an object: an update needs --force-conflicts" object="default\/web-map/ })
})

/** A terminal on which somebody answers. */
function terminal (...lines: readonly string[]): Readable {
  return Object.assign(Readable.from(lines), { isTTY: true })
}

t.test('upgrade --diff asks before anything is done', async t => {
  const program = await installed(t)
  const change = ['upgrade', 'web', 'sky', '--diff', '--set', 'port=81']
  const shown = /^default, web-map, ConfigMap \(v1\) has changed:\n[^]*\n2 to be changed\.\n/
  for (const answer of ['n\n', '\n', 'yesterday\n']) {
    t.match(await program.call(change, { stdin: terminal(answer) }), { code: 2, stdout: '', stderr: /\nContinue\? \[y\/N\] Nothing was done\.\n$/ })
  }
  t.match(await program.call(change, { stdin: terminal() }), { code: 2, stderr: /Nothing was done/ }, 'the terminal is closed')
  t.match(await program.call(change), { code: 2, stdout: '', stderr: /Nothing was done: there is no terminal to ask on\. --yes goes on without asking\.\n$/ })
  const stop = new AbortController()
  stop.abort('SIGINT')
  t.match(await program.call(change, { stdin: terminal('y\n'), signal: stop.signal }), { code: 2 }, 'Ctrl-C')
  t.strictSame(writes(program), [])
  const json = await program.call([...change, '-o', 'json'], { stdin: terminal('Y', 'es\n') })
  t.equal(json.code, 0)
  t.match(json.stderr, shown)
  t.match(JSON.parse(json.stdout), { version: 2 })
  t.match(await program.call([...change.slice(0, -1), 'port=82', '-y']), { code: 0, stderr: /port: "82"/, stdout: /REVISION: 3/ })
  t.match(await program.call([...change.slice(0, -1), 'port=82']), { code: 0, stderr: 'No differences.\n', stdout: /REVISION: 4/ })
  program.server.requests.length = 0
  t.match(await program.call([...change, '--dry-run=server']), { code: 0, stderr: /port: "81"/, stdout: /STATUS: pending-upgrade/ })
  t.match(await program.call([...change, '--dry-run=client']), { code: 1, stderr: 'Error: --diff asks the cluster: use --dry-run=server with it\n' })
  t.match(await program.call([...change, '--hide-secret']), { code: 1, stderr: /\[diff hide-secret\] were all set/ })
  t.strictSame(writes(program), [])
})

t.test('upgrade --diff: somebody else was quicker than the answer', async t => {
  const program = await installed(t)
  const slow = Object.assign(Readable.from((async function * () {
    await program.call(['upgrade', 'web', 'sky', '--set', 'port=5'])
    yield 'y\n'
  })()), { isTTY: true })
  t.match(await program.call(['upgrade', 'web', 'sky', '--diff', '--set', 'port=81'], { stdin: slow }), { code: 1, stderr: /Error: UPGRADE FAILED: release "web" was changed by another operation/ })
  t.match(live(program, `${maps}/web-map`)['data'], { port: '5' })
})

t.test('upgrade --install --diff: all is added', async t => {
  const program = await releaseProgram(t, { sky })
  const call = ['upgrade', '--install', 'web', 'sky', '--diff']
  const { code, stdout, stderr } = await program.call(call)
  t.strictSame([code, stdout], [2, 'Release "web" does not exist.\n'])
  t.match(stderr, '\n3 to be added.\nNothing was done')
  t.strictSame(writes(program), [])
  t.match(await program.call([...call, '--yes']), { code: 0, stdout: /STATUS: deployed\nREVISION: 1/ })
})
