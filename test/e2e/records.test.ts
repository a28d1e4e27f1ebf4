import { join } from 'node:path'
import t from 'tap'
import { helmEnvironment, peer, runProgram, type Ran } from './run-program.js'
import { program } from './server-process.js'

// What is printed of records, and what is refused, without a cluster: the same records, once for Helm 4.3.1 and once for portolan.
const records = `
- name: web
  namespace: default
  version: 1
  info: {status: superseded, first_deployed: "2026-01-02T03:04:05.5Z", last_deployed: "2026-01-02T03:04:05.5Z", description: Install complete, notes: "Ahoy\\n"}
  chart:
    metadata: {apiVersion: v2, name: sea, version: 1.2.3, appVersion: "9", annotations: {b: "2", a: "1"}, dependencies: [{name: z, version: 1.0.0, repository: "http://x", tags: [a]}]}
    values: {y: 1}
  manifest: "a: b\\n"
  config: {x: 1}
  hooks: [{name: h, kind: Pod, path: p, manifest: m, events: [test], last_run: {phase: ""}}]
- {name: web, namespace: default, version: 2, info: {status: failed, last_deployed: "2026-01-03T03:04:05+01:00", description: 'Upgrade "web" failed: <x>'}, chart: {metadata: {name: sea, version: 2.0.0}}, apply_method: ssa}
- {name: web, namespace: default, version: 3, info: {status: deployed, description: Rollback to 1, rollback_revision: 1}, chart: {metadata: {name: sea, version: 2.0.0}}, apply_method: csa}
- {name: db, namespace: other, version: 1, info: {status: pending-upgrade, last_deployed: "2026-01-04T03:04:05Z"}, chart: {metadata: {name: sea, version: 2.0.0}}}
`

const calls: ReadonlyArray<readonly string[]> = [
  ['history', 'web'], ['hist', 'web', '-o', 'json'], ['history', 'web', '-o', 'yaml'], ['history', 'web', '--max', '2', '--show-rollback-revision'], ['history', 'web', '--max', '0'],
  ['history', 'web', '--max', '0', '-o', 'json'], ['history', 'web', '--max', '-1'], ['history', 'none'], ['history', 'R_'],
  ['get', 'metadata', 'web'], ['get', 'metadata', 'web', '--revision', '1'], ['get', 'metadata', 'web', '--revision', '1', '-o', 'json'], ['get', 'metadata', 'web', '--revision', '2', '-o', 'yaml'],
  ['get', 'all', 'web', '--revision', '1'], ['get', 'hooks', 'web', '--revision', '1'], ['get', 'manifest', 'web', '--revision', '1'], ['get', 'notes', 'web', '--revision', '1'],
  ['get', 'values', 'web', '--revision', '1', '-a'], ['get', 'values', 'web', '--revision', '9'], ['status', 'web', '--revision', '1'], ['status', 'web', '--revision', '1', '-o', 'json'],
  ...[
    '{{ .Release.Name }} {{ .Release.Version }} {{ .Release.Info.LastDeployed }} {{ .Release.Info.Status }}', '{{ .Release.Chart.Name }} {{ .Release.Chart.Metadata.Annotations }}',
    '{{ range .Release.Hooks }}{{ .Name }} {{ .Events }} {{ .LastRun.Phase }}{{ end }}', '{{ range .Release.Chart.Metadata.Dependencies }}{{ .Name }} {{ .Tags }}{{ end }}',
    '{{ .Release.Info.Deleted.IsZero }} {{ .Release.Labels }} {{ .Release.Config.x }}', '{{ .Release.X }}', '{{'
  ].map(template => ['get', 'all', 'web', '--revision', '1', '--template', template]),
  // Helm's -A forgets the file.
  ['list'], ['list', '-a'], ['list', '--time-format', '2006-01-02 15:04'], ['list', '--superseded'], ['list', '--failed', '--deployed'], ['list', '-n', 'other', '--pending', '-o', 'json'],
  ['list', '-d', '-r'], ['list', '--offset', '1', '--max', '1', '--no-headers'], ['list', '-q'], ['list', '-f', '^w', '-o', 'yaml'], ['list', '-f', '('],
  ['rollback', 'web'], ['rollback', 'web', '1', '--dry-run=server'], ['rollback', 'web', '9'], ['rollback', 'web', 'x'], ['rollback', 'none'], ['rollback', 'R_'], ['rollback', 'web', '--', '-1'],
  ['rollback', 'web', '--server-side=maybe'], ['rollback', 'web', '--description', 'x'.repeat(257)], ['rollback', 'web', '--force', '--force-conflicts'],
  ['upgrade', 'web', './none'], ['upgrade', '-i', 'R_', './none'], ['upgrade', 'web', './none', '--dry-run=maybe'],
  ['test', 'none'], ['test', 'R_'], ['test', 'web', '--filter', 'name=x']
]

t.test('records in a file', { timeout: 300_000 }, async t => {
  const directory = t.testdir({ 'records.yaml': records })
  const env = { ...helmEnvironment(directory), TZ: 'UTC', HELM_DRIVER: 'memory', HELM_MEMORY_DRIVER_DATA: join(directory, 'records.yaml') }
  const run = async (file: string, args: readonly string[]): Promise<Ran> => await runProgram(file, args, { cwd: directory, env })
  for (const args of calls) t.strictSame(await run(process.execPath, [program, ...args]), await run(peer('PORTOLAN_HELM4'), args), args.join(' '))
})
