import { mkdirSync, writeFileSync } from 'node:fs'
import { Readable } from 'node:stream'
import t from 'tap'
import { releaseProgram } from '../../helpers/release-program.js'

const status = 'NAME: web\nLAST DEPLOYED: Fri Jan  2 03:04:05 2026\nNAMESPACE: default\nSTATUS: deployed\nREVISION: 1\nDESCRIPTION: Install complete\n'

t.test('a chart is installed, and its status printed', async t => {
  const { call, server } = await releaseProgram(t)
  t.strictSame(await call(['install', 'web', 'sea']), { code: 0, stderr: '', stdout: `${status}NOTES:\nAhoy from web\n` })
  t.match(server.objects.get('/api/v1/namespaces/default/configmaps/web-map')?.['data'], { port: '80' })
  t.strictSame(await call(['install', 'web', 'sea']), {
    code: 1, stdout: '', stderr: 'level=ERROR msg="release name check failed" error="cannot reuse a name that is still in use"\nError: INSTALLATION FAILED: release name check failed: cannot reuse a name that is still in use\n'
  })
})

t.test('values from files, standard input and flags, in Helm\'s order', async t => {
  const { call } = await releaseProgram(t, { 'v.yaml': 'port: 1\na: 1\n' })
  const stdin = Readable.from(['b: 2\n'])
  const { code, stdout } = await call(['install', 'web', 'sea', '-f', 'v.yaml,-', '--set', 'port=8080', '--set-string', 'c=3', '--set-json', 'd=[1]', '--set-literal', 'e=a,b', '--set-file', 'f=v.yaml', '-o', 'json'], { stdin })
  t.equal(code, 0)
  t.strictSame((JSON.parse(stdout) as { config: unknown }).config, { a: 1, b: 2, c: '3', d: [1], e: 'a,b', f: 'port: 1\na: 1\n', port: 8080 })
  t.strictSame(await call(['install', 'x', 'sea', '-f', 'none.yaml']), { code: 1, stdout: '', stderr: 'Error: INSTALLATION FAILED: open none.yaml: no such file or directory\n' })
})

t.test('other namespaces, names, labels, descriptions', async t => {
  const { call, server } = await releaseProgram(t)
  const { stdout } = await call(['install', 'sea', '-g', '-n', 'team-a', '--create-namespace', '-l', 'who=me,why=b', '--description', 'for the show', '--hide-notes'])
  t.equal(stdout, status.replace('NAME: web', 'NAME: sea-1767323045').replace('default', 'team-a').replace('Install complete', 'for the show'))
  t.ok(server.objects.has('/api/v1/namespaces/team-a'))
  t.match(server.objects.get('/api/v1/namespaces/team-a/secrets/sh.helm.release.v1.sea-1767323045.v1')?.metadata.labels, { who: 'me', why: 'b', status: 'deployed' })
  t.match(await call(['install', 'sea', '--name-template', 'n-{{ 1 }}']), { stdout: /^NAME: n-1\n/ })
})

t.test('dry runs', async t => {
  const { call, server } = await releaseProgram(t)
  const client = await call(['install', 'web', 'sea', '--dry-run=client', '--hide-secret'])
  t.match(client.stdout, 'STATUS: pending-install\nREVISION: 1\nDESCRIPTION: Dry run complete\nHOOKS:\n---\n# Source: sea/templates/test.yaml\n')
  t.match(client.stdout, 'MANIFEST:\n---\n# Source: sea/templates/secret.yaml\n# HIDDEN: The Secret output has been suppressed\n---\n# Source: sea/templates/map.yaml\n')
  t.strictSame(server.requests, [])
  t.match(await call(['install', 'web', 'sea', '--dry-run']), { code: 0, stderr: 'level=WARN msg="--dry-run is deprecated and should be replaced with \'--dry-run=client\'"\n' })
  t.match(await call(['install', 'web', 'sea', '--dry-run=true']), { code: 0, stderr: /boolean '--dry-run=true' flag is deprecated and must be replaced with '--dry-run=client'/ })
  t.match(await call(['install', 'web', 'sea', '--dry-run=server']), { code: 0, stdout: /Dry run complete/ })
  t.equal(server.objects.size, 0)
  t.match(await call(['install', 'web', 'sea', '--dry-run=maybe']), { code: 1, stderr: 'Error: invalid dry-run value ("maybe"). Must be "none", "server", or "client"\n' })
  t.match(await call(['install', 'web', 'sea', '--hide-secret']), { code: 1, stderr: /Error: INSTALLATION FAILED: hiding Kubernetes secrets requires a dry-run mode\n$/ })
})

t.test('--debug shows values, hooks and manifest', async t => {
  const { call } = await releaseProgram(t)
  const { stdout } = await call(['install', 'web', 'sea', '--debug', '--set', 'a=1'])
  t.match(stdout, 'USER-SUPPLIED VALUES:\na: 1\n\nCOMPUTED VALUES:\na: 1\nport: 80\n\nHOOKS:\n---\n# Source: sea/templates/test.yaml\n')
})

t.test('ways to wait', async t => {
  const { call } = await releaseProgram(t)
  t.match(await call(['install', 'web', 'sea', '--wait=false', '--timeout', '1s']), { code: 0, stderr: /--wait=false is deprecated \(boolean value\) and can be replaced with --wait=hookOnly/ })
  t.match(await call(['install', 'a', 'sea', '--wait=true', '--timeout', '1s']), { code: 0, stderr: /--wait=true is deprecated/ })
  t.match(await call(['install', 'b', 'sea', '--wait', '--timeout', '1s']), { code: 0 })
  t.match(await call(['install', 'd', 'sea', '--wait=legacy', '--timeout', '1s', '--dependency-update=false']), { code: 0, stderr: '' })
  t.match(await call(['install', 'c', 'sea', '--wait=forever']), { code: 1, stderr: 'Error: invalid argument "forever" for "--wait" flag: invalid wait input "forever". Valid inputs are watcher, hookOnly, and legacy\n' })
})

t.test('--wait-for: what is wrong with it is said before anything is done', async t => {
  const { call, server } = await releaseProgram(t)
  t.match(await call(['install', 'web', 'sea', '--wait-for', 'web=1']), {
    code: 1, stderr: 'Error: invalid argument "web=1" for "--wait-for" flag: expected KIND/NAME={JSONPATH} or KIND/NAME={JSONPATH}=VALUE: there is no KIND/ at its beginning\n'
  })
  t.strictSame(server.requests, [])
  t.equal((await call(['install', 'web', 'sea', '--wait-for', 'configmap/web-map={.data.port}=80'])).code, 0)
})

t.test('Ctrl-C is told', async t => {
  const { call, server } = await releaseProgram(t)
  const stop = new AbortController()
  server.control = () => stop.abort()
  const { code, stdout, stderr } = await call(['install', 'web', 'sea', '--wait'], { signal: stop.signal })
  t.strictSame({ code, stdout }, { code: 1, stdout: 'Release web has been cancelled.\n' })
  t.equal(stderr, 'Error: INSTALLATION FAILED: context canceled\n')
})

t.test('a cluster that is not there, and charts that are not', async t => {
  const { call } = await releaseProgram(t)
  const env = { HELM_KUBEAPISERVER: 'http://127.0.0.1:9' }
  t.match(await call(['install', 'web', 'sea'], { env }), { code: 1, stderr: /Error: INSTALLATION FAILED: cluster reachability check failed: kubernetes cluster unreachable: Get "http:\/\/127\.0\.0\.1:9\/version": dial tcp 127\.0\.0\.1:9: connect: connection refused\n$/ })
  t.match(await call(['install', 'web', './none'], { env }), { code: 1, stderr: 'Error: INSTALLATION FAILED: path "./none" not found\n' })
  t.match(await call(['install'], { env }), { code: 1, stderr: /"portolan install" requires at least 1 argument/ })
  t.match(await call(['install', 'web', 'sea', '--kube-context', 'none']), { code: 1, stderr: /kubernetes cluster unreachable: context "none" does not exist\n$/ })
})

t.test('--post-renderer changes what is installed', async t => {
  const { call, cwd, server } = await releaseProgram(t)
  const folder = `${cwd}/plugins/rename`
  mkdirSync(folder, { recursive: true })
  writeFileSync(`${folder}/plugin.yaml`, 'apiVersion: v1\nname: rename\nversion: 1.0.0\ntype: postrenderer/v1\nruntime: subprocess\nconfig: {}\nruntimeConfig:\n  platformCommand:\n  - command: sed\n')
  const flags = ['--post-renderer', 'rename', '--post-renderer-args', 's/web-map/web-chart/']
  const { code } = await call(['install', 'web', 'sea', ...flags], { env: { HELM_PLUGINS: `${cwd}/plugins`, PATH: process.env['PATH'] } })
  t.equal(code, 0)
  t.ok([...server.objects.keys()].some(path => path.endsWith('/configmaps/web-chart')))
  t.notOk([...server.objects.keys()].some(path => path.endsWith('/configmaps/web-map')))
})
