import { spawn } from 'node:child_process'
import { text } from 'node:stream/consumers'
import type { Runner } from './session.js'

const helm = process.env['PORTOLAN_HELM4'] ?? 'helm'

/** Runs the real Helm: the one that `PORTOLAN_HELM4` names, or `helm` on the PATH. */
export const runHelm: Runner = async (args, { cwd, env, stdin }) => {
  const child = spawn(helm, args, { cwd, env: { PATH: process.env['PATH'], TZ: 'UTC', ...env } })
  child.stdin.on('error', () => { /* helm need not read it */ }).end(stdin)
  const exit = new Promise<number>((resolve, reject) => child.once('error', reject).once('close', code => resolve(code ?? -1)))
  const [stdout, stderr, code] = await Promise.all([text(child.stdout), text(child.stderr), exit])
  return { code, stdout, stderr }
}
