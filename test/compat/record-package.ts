/**
 * Records what the real Helm does in the sessions of package-cases.ts, into recorded/folder-*.json.
 *
 *     PORTOLAN_HELM4=/path/to/helm node dist/test/compat/record-package.js
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { projectRoot } from '../remote/web.js'
import { runFolderSession, type Call } from './folder-session.js'
import { folderSessions, prepareFolder } from './package-cases.js'
import { runHelm } from './run-helm.js'

const recorded = join(projectRoot(), 'test', 'compat', 'recorded')
mkdirSync(recorded, { recursive: true })
const { stdout } = await runHelm(['version', '--template', '{{ .Version }}'], { cwd: tmpdir(), env: {}, stdin: '' })
for (const { name, steps } of folderSessions) {
  const home = mkdtempSync(join(tmpdir(), 'record-'))
  await prepareFolder(home)
  const { calls, files } = await runFolderSession(steps, runHelm, home)
  rmSync(home, { recursive: true })
  const asked = steps.filter((step): step is Call => 'args' in step)
  const shown = calls.map((answered, i) => ({ args: asked[i]?.args.join(' '), ...answered }))
  writeFileSync(join(recorded, `folder-${name.replace(/\W+/g, '-')}.json`), `${JSON.stringify({ helm: stdout.trim(), calls: shown, files }, null, 2)}\n`)
  process.stdout.write(`${name}: ${shown.length} calls\n`)
}
