import { appendFileSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Test } from 'tap'
import t from 'tap'
import { backup } from '../../../src/cli/commands/backup.js'
import { doctor } from '../../../src/cli/commands/doctor.js'
import { prune } from '../../../src/cli/commands/prune.js'
import { restore } from '../../../src/cli/commands/restore.js'
import type { Command } from '../../../src/cli/command.js'
import { run } from '../../../src/cli/run.js'
import { openDatabase } from '../../../src/db/open.js'
import { chartArchive } from '../../helpers/chart-archive.js'
import { testContext } from '../../helpers/test-context.js'

const commands: readonly Command[] = [backup, doctor, prune, restore]

interface Outcome {
  readonly code: number
  readonly stdout: string
  readonly stderr: string
}

/** A folder with a store of a few charts and an empty database, and what runs a command in it. */
async function store (t: Test): Promise<{ charts: string, call: (...args: string[]) => Promise<Outcome> }> {
  const cwd = t.testdir()
  const charts = join(cwd, 'charts')
  mkdirSync(charts)
  for (const version of ['1.0.0', '2.0.0', '3.0.0']) writeFileSync(join(charts, `x-${version}.tgz`), await chartArchive('x', version))
  await (await openDatabase(`sqlite:${join(cwd, 'p.db')}`)).close()
  const call = async (...args: string[]): Promise<Outcome> => {
    const { context, stdout, stderr } = testContext({ cwd, clock: () => new Date('2026-11-20T12:34:56Z'), env: { DATABASE: 'sqlite:p.db', STORAGE_LOCAL_ROOTDIR: 'charts' } })
    const code = await run({ root: { name: 'portolan', summary: '', commands }, globalFlags: () => [] }, args, context)
    return { code, stdout: stdout(), stderr: stderr() }
  }
  return { charts, call }
}

t.test('doctor names what is wrong and exits with 1; --fix records it; --forget drops what it names', async t => {
  const { charts, call } = await store(t)
  t.match(await call('doctor'), { code: 1, stdout: /extra\s+x-1.0.0.tgz\s+no[^]*3 files were read: 3 findings, 0 of them mended\n/, stderr: '' })
  t.match(await call('doctor', '--fix'), { code: 0, stdout: /3 findings, 3 of them mended/ })
  t.strictSame(await call('doctor'), { code: 0, stdout: '3 files were read: all are as recorded\n', stderr: '' })
  rmSync(join(charts, 'x-1.0.0.tgz'))
  rmSync(join(charts, 'x-2.0.0.tgz'))
  appendFileSync(join(charts, 'x-3.0.0.tgz'), 'rot')
  const { code, stdout } = await call('doctor', '--fix', '--forget', 'x-1.*', '-o', 'json')
  t.equal(code, 1)
  t.match(JSON.parse(stdout), {
    files: 1,
    findings: [
      { kind: 'missing', repository: '', file: 'x-1.0.0.tgz', fixed: true },
      { kind: 'missing', file: 'x-2.0.0.tgz', fixed: false },
      { kind: 'corrupt', file: 'x-3.0.0.tgz', fixed: false }
    ]
  })
  t.match(await call('doctor', '--forget', '['), { code: 1, stderr: 'Error: --forget [: syntax error in pattern\n' })
  t.match(await call('doctor', '--database', 'sqlite:other.db'), { code: 1, stderr: /^Error: there is no database .*other\.db: --database/ })
})

t.test('prune shows what it would remove, and then does', async t => {
  const { call } = await store(t)
  await call('doctor', '--fix')
  t.match(await call('prune'), { code: 1, stderr: /nothing says how many versions to keep/ })
  t.match(await call('prune', '--per-chart-limit', '1', '--per-chart-keep', '[a'), { code: 1, stderr: /--per-chart-keep \[a cannot be used: syntax error in pattern/ })
  const shown = await call('prune', '--per-chart-limit', '1', '--per-chart-keep', '1.*', '--dry-run', '-o', 'json')
  t.match(JSON.parse(shown.stdout), [{ repository: '', chart: 'x', version: '2.0.0', file: 'x-2.0.0.tgz' }])
  t.match(await call('prune', '--per-chart-limit', '1', '--repository', 'org'), { code: 0, stdout: '0 versions were removed\n' })
  t.match(await call('prune', '--per-chart-limit', '1'), { code: 0, stdout: /2 versions were removed\n$/ })
  t.strictSame(await call('doctor'), { code: 0, stdout: '1 files were read: all are as recorded\n', stderr: '' })
})

t.test('records are backed up and restored', async t => {
  const { call } = await store(t)
  await call('doctor', '--fix')
  t.strictSame(await call('backup', 'b'), { code: 0, stdout: 'Backed up the records of 3 versions and 0 provenance files to b\n', stderr: '' })
  await call('prune', '--per-chart-limit', '1')
  t.match(await call('restore', 'b'), { code: 0, stderr: '', stdout: /^Restored the records of 3 versions and 0 provenance files, backed up at 2026-11-20T12:34:56.000Z, to .*p\.db\nThe former database is now .*p\.db\.before-/ })
  t.match(await call('doctor'), { code: 1, stdout: /missing\s+x-1.0.0.tgz[^]*missing\s+x-2.0.0.tgz[^]*1 files were read: 2 findings/ })
  t.match(await call('restore', 'nowhere'), { code: 1, stderr: /^Error: .*manifest\.json/ })
})
