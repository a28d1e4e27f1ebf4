import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import t from 'tap'
import type { Test } from 'tap'
import { repositoryRoot } from '../cluster/repository-root.js'
import { releaseProgram, type ReleaseProgram } from '../helpers/release-program.js'

// A client that is killed leaves its release pending. The next one takes over when the lease expired; at once, when somebody unlocks it.

const main = join(repositoryRoot(import.meta.dirname), 'dist', 'src', 'cli', 'main.js')

const hook = 'apiVersion: batch/v1\nkind: Job\nmetadata:\n  name: slow\n  annotations:\n    helm.sh/hook: pre-install\nspec: {}\n'
const slow = { slow: { 'Chart.yaml': 'apiVersion: v2\nname: slow\nversion: 1.0.0\n', templates: { 'job.yaml': hook } } }

/** Starts an installation in a process of its own, and kills it while it waits for its hook, but not before `before` is done; then the hook's Jobs succeed. */
async function killAtWork (t: Test, before: (world: ReleaseProgram) => Promise<void> = async () => {}): Promise<ReleaseProgram> {
  const world = await releaseProgram(t, slow)
  const { server, cwd } = world
  const waiting = new Promise<void>(resolve => {
    server.control = object => {
      if (object.kind === 'Job') setImmediate(resolve)
    }
  })
  const child = spawn(process.execPath, [main, 'install', 'web', './slow'], { cwd, env: { PATH: process.env['PATH'], HOME: join(cwd, 'home'), HELM_KUBEAPISERVER: server.url }, stdio: 'ignore' })
  await waiting
  await before(world)
  child.kill('SIGKILL')
  await once(child, 'exit')
  server.control = object => {
    if (object.kind === 'Job') object['status'] = { succeeded: 1, conditions: [{ type: 'Complete', status: 'True' }] }
  }
  return world
}

t.test('after the lease expired the next installation goes on', async t => {
  const { call } = await killAtWork(t)
  const now = Date.now()
  const at = (seconds: number) => ({ clock: () => new Date(now + seconds * 1000) })
  const refused = await call(['install', 'web', './slow'], at(30))
  t.equal(refused.code, 1)
  t.match(refused.stderr, /Error: INSTALLATION FAILED: release name check failed: another operation \(install\/upgrade\/rollback\) is in progress: pending-install by \S+@\S+ \(process \d+\) since /)
  const installed = await call(['install', 'web', './slow'], at(120))
  t.equal(installed.code, 0, installed.stderr)
  t.match(installed.stdout, /STATUS: deployed\nREVISION: 2\n/)
})

t.test('at once, when it is unlocked', async t => {
  const now = { clock: () => new Date() }
  const { call } = await killAtWork(t, async ({ call }) => {
    const alive = await call(['unlock', 'web'], now)
    t.match(alive.stderr, /^Error: revision 1 of "web" is pending-install by \S+@\S+ \(process \d+\) since \S+, and its lease is alive until \S+: --force unlocks it all the same\n/)
  })
  const unlocked = await call(['unlock', 'web'], now)
  t.match(unlocked.stdout, /^revision 1 of "web" was pending-install \(by \S+@\S+ \(process \d+\) since \S+, its lease until \S+\) and is recorded as failed\n/)
  t.equal((await call(['install', 'web', './slow'], now)).code, 0)
  t.match(await call(['unlock', 'web'], now), { code: 1, stderr: 'Error: nothing to unlock: revision 2 of "web" is deployed\n' })
})
