/**
 * Records what the real Helm answers to the sessions of dependency-cases.ts and template-cases.ts, and what files it leaves, into
 * recorded/dependency.json and recorded/template.json.
 *
 *     PORTOLAN_HELM4=/path/to/helm node dist/test/compat/record-files.js [dependency|template]
 */
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { projectRoot, startWeb } from '../remote/web.js'
import { dependencySessions } from './dependency-cases.js'
import { dependencySite } from './dependency-site.js'
import { isCall, runFileSession, type FileOutcome, type FileSession } from './file-session.js'
import type { Runner } from './session.js'
import { templateSessions } from './template-cases.js'

const helm = process.env['PORTOLAN_HELM4'] ?? 'helm'

const runHelm: Runner = async (args, { cwd, env, stdin }) => {
  const child = spawn(helm, args, { cwd, env: { PATH: process.env['PATH'], TZ: 'UTC', ...env } })
  child.stdin.on('error', () => { /* helm need not read it */ }).end(stdin)
  const exit = new Promise<number>((resolve, reject) => child.once('error', reject).once('close', code => resolve(code ?? -1)))
  const [stdout, stderr, code] = await Promise.all([text(child.stdout), text(child.stderr), exit])
  return { code, stdout, stderr }
}

const groups: Readonly<Record<string, readonly FileSession[]>> = { dependency: dependencySessions, template: templateSessions }
const chosen = process.argv.slice(2)
const ends: Array<() => Promise<unknown>> = []
const web = await startWeb({ teardown: end => ends.push(end) }, await dependencySite())
try {
  const { stdout } = await runHelm(['version', '--template', '{{ .Version }}'], { cwd: tmpdir(), env: {}, stdin: '' })
  for (const [group, sessions] of Object.entries(groups)) {
    if (chosen.length > 0 && !chosen.includes(group)) continue
    const recorded: Record<string, FileOutcome> = {}
    for (const session of sessions) recorded[session.name] = await recordOne(session)
    writeFileSync(join(projectRoot(), 'test', 'compat', 'recorded', `${group}.json`), `${JSON.stringify({ helm: stdout.trim(), sessions: recorded }, null, 2)}\n`)
    process.stdout.write(`${group}: ${sessions.length} sessions, ${sessions.flatMap(({ steps }) => steps.filter(isCall)).length} calls\n`)
  }
} finally {
  for (const end of ends) await end()
}

async function recordOne (session: FileSession): Promise<FileOutcome> {
  const home = mkdtempSync(join(tmpdir(), 'record-'))
  try {
    return await runFileSession(session, runHelm, { home, env: { HTTP_PROXY: web.url } })
  } finally {
    rmSync(home, { recursive: true })
  }
}
