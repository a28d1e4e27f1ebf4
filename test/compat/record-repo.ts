/**
 * Records what the real Helm answers to the sessions of repo-cases.ts, into recorded/repo-*.json.
 *
 *     PORTOLAN_HELM4=/path/to/helm node dist/test/compat/record-repo.js
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chartSite } from '../remote/chart-site.js'
import { projectRoot, startWeb, type Web } from '../remote/web.js'
import { sessions } from './repo-cases.js'
import { runHelm } from './run-helm.js'
import { runSession } from './session.js'

const ends: Array<() => Promise<unknown>> = []
const held: { web?: Web } = {}
const { site, digests } = await chartSite(() => held.web?.url ?? '')
const web = held.web = await startWeb({ teardown: end => ends.push(end) }, site)
const recorded = join(projectRoot(), 'test', 'compat', 'recorded')
mkdirSync(recorded, { recursive: true })
try {
  const { stdout } = await runHelm(['version', '--template', '{{ .Version }}'], { cwd: tmpdir(), env: {}, stdin: '' })
  for (const { name, steps } of sessions) {
    const home = mkdtempSync(join(tmpdir(), 'record-'))
    const outcome = await runSession(steps, runHelm, { home, base: web.url, digests })
    rmSync(home, { recursive: true })
    const shown = outcome.steps.map((answered, i) => ({ args: steps[i]?.args.join(' '), ...answered }))
    writeFileSync(join(recorded, `repo-${name.replace(/\W+/g, '-')}.json`), `${JSON.stringify({ helm: stdout.trim(), steps: shown, files: outcome.files }, null, 2)}\n`)
    process.stdout.write(`${name}: ${steps.length} calls\n`)
  }
} finally {
  for (const end of ends) await end()
}
