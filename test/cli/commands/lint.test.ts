import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import t from 'tap'
import { lint } from '../../../src/cli/commands/lint.js'
import { run, type Program } from '../../../src/cli/run.js'
import { globalFlags } from '../../../src/cli/settings.js'
import { readRecording } from '../../compat/chart-recording.js'
import type { LintCase } from '../../compat/lint-cases/lint-cases.js'
import { packedAll, withoutFolders } from '../../compat/lint-cases/packed.js'
import { testContext } from '../../helpers/test-context.js'
import { inOrder } from '../../chart/schema/in-order.js'

interface Recorded extends LintCase {
  readonly stdout: string
  readonly stderr: string
  readonly status: number
}

interface Printed {
  readonly stdout: string
  readonly stderr: string
  readonly status: number
}

const program: Program = { root: { name: 'portolan', summary: 'under test', commands: [lint] }, globalFlags: context => globalFlags(context.env) }

async function call (args: readonly string[], cwd: string): Promise<Printed> {
  const { context, stdout, stderr } = testContext({ cwd, env: { HOME: cwd }, clock: () => new Date() })
  const status = await run(program, ['lint', ...args], context)
  return { status, stdout: stdout(), stderr: stderr() }
}

function write (folder: string, files: Readonly<Record<string, string | Uint8Array>>): void {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true })
    writeFileSync(join(folder, name), text)
  }
}

t.test('charts are examined as Helm examines them', async t => {
  for (const [name, { files, archives, args = [], paths = ['.'], ...recorded }] of Object.entries(readRecording<Record<string, Recorded>>('lint').cases)) {
    const folder = t.testdir()
    write(folder, { ...files, ...await packedAll(archives) })
    const { stdout, stderr, status } = await call([...paths, ...args, '--helm-compatible'], folder)
    const found = { status, stdout: inOrder(withoutFolders(stdout, folder)), stderr: stderr.replaceAll(folder, '<folder>').replaceAll('portolan lint', 'helm lint') }
    t.strictSame(found, { status: recorded.status, stdout: inOrder(recorded.stdout), stderr: recorded.stderr }, name)
  }
})

const chartFile = 'apiVersion: v2\nname: case\nversion: 1.0.0\nicon: https://example.com/icon.png\n'
const good = { 'Chart.yaml': chartFile, 'templates/a.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata: {a: {{ .Values.a | quote }}}\n', 'values.yaml': 'a: 1000000\nb: 1\n' }
const beyond = [
  '==> Beyond Helm: .', '[WARNING] templates/a.yaml:4: {{ .Values.a | quote }} prints 1000000 as 1e+06: put it through int64, or write it in quotes in values.yaml',
  '[WARNING] values.yaml: no template reads b', '', ''
].join('\n')

t.test('what Helm does not look for is said beside its output, and fails a chart only when strict', async t => {
  const folder = t.testdir()
  write(folder, good)
  const linted = '==> Linting .\n\n'
  t.strictSame(await call(['.'], folder), { status: 0, stdout: `${linted}1 chart(s) linted, 0 chart(s) failed\n`, stderr: beyond })
  t.strictSame(await call(['.', '--helm-compatible', '--strict'], folder), { status: 0, stdout: `${linted}1 chart(s) linted, 0 chart(s) failed\n`, stderr: '' })
  t.strictSame(await call(['.', '--strict'], folder), { status: 1, stdout: linted, stderr: `${beyond}Error: 1 chart(s) linted, 1 chart(s) failed\n` })
})
