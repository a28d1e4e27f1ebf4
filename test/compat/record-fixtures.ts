/**
 * Records what the real Helm renders of each chart under test/fixtures/charts with its defaults: `recorded/fixtures/NAME.yaml` is what
 * `helm template --include-crds` prints, `NAME.notes.txt` the notes of a dry-run installation, where there are any.
 *
 *     PORTOLAN_HELM4=/path/to/helm node dist/test/compat/record-fixtures.js
 */
import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { compatFolder } from './case-file.js'

const helm = process.env['PORTOLAN_HELM4'] ?? 'helm'
const charts = join(compatFolder(), '..', 'fixtures', 'charts')
const target = join(compatFolder(), 'recorded', 'fixtures')

rmSync(target, { recursive: true, force: true })
mkdirSync(target, { recursive: true })
for (const entry of readdirSync(charts, { withFileTypes: true })) {
  if (entry.isDirectory()) record(entry.name)
}

function record (name: string): void {
  const chart = join(charts, name)
  writeFileSync(join(target, `${name}.yaml`), run(['template', 'release', chart, '--include-crds']))
  const notes = /^NOTES:\n([\s\S]*)$/m.exec(run(['install', 'release', chart, '--dry-run=client']))?.[1]
  if (notes !== undefined) writeFileSync(join(target, `${name}.notes.txt`), notes)
  process.stdout.write(`${name}\n`)
}

function run (args: readonly string[]): string {
  const home = mkdtempSync(join(tmpdir(), 'portolan-record-'))
  try {
    const env = { HOME: home, HELM_CACHE_HOME: home, HELM_CONFIG_HOME: home, HELM_DATA_HOME: home, PATH: process.env['PATH'], TZ: 'UTC' }
    return execFileSync(helm, args, { env, encoding: 'utf8', maxBuffer: 1 << 28, stdio: ['ignore', 'pipe', 'inherit'] })
  } finally {
    rmSync(home, { recursive: true })
  }
}
