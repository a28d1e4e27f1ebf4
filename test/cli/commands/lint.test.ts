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
    const { stdout, stderr, status } = await call([...paths, ...args], folder)
    const found = { status, stdout: inOrder(withoutFolders(stdout, folder)), stderr: stderr.replaceAll(folder, '<folder>').replaceAll('portolan lint', 'helm lint') }
    t.strictSame(found, { status: recorded.status, stdout: inOrder(recorded.stdout), stderr: recorded.stderr }, name)
  }
})
