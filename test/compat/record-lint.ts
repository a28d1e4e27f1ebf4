/**
 * Records what the real Helm's `lint` prints of charts, good and bad, into recorded/chart-lint.json: folders and archives.
 *
 *     PORTOLAN_HELM4=/path/to/helm node dist/test/compat/record-lint.js
 */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { helmVersion, withFiles, writeRecording } from './chart-recording.js'
import { packedAll, withoutFolders } from './lint-cases/packed.js'
import { lintCases, type LintCase } from './lint-cases/lint-cases.js'

const helm = process.env['PORTOLAN_HELM4'] ?? 'helm'
const cases = Object.entries(lintCases)
const recorded: Record<string, object> = {}
for (const [name, found] of cases) recorded[name] = { ...found, ...await linted(found) }
writeRecording('lint', { helm: helmVersion(helm), cases: recorded })
process.stdout.write(`${cases.length} charts\n`)

/** The folders' names differ from run to run. */
async function linted ({ files, archives, args = [], paths = ['.'] }: LintCase): Promise<{ stdout: string, stderr: string, status: number | null }> {
  const packed = await packedAll(archives)
  const home = mkdtempSync(join(tmpdir(), 'record-home-'))
  try {
    return withFiles({ ...files, ...packed }, folder => {
      const { status, stdout, stderr } = spawnSync(helm, ['lint', ...paths, ...args], { cwd: folder, encoding: 'utf8', env: { PATH: process.env['PATH'], HOME: home } })
      return { stdout: withoutFolders(stdout, folder), stderr: stderr.replaceAll(folder, '<folder>'), status }
    })
  } finally {
    rmSync(home, { recursive: true })
  }
}
