import { readFileSync, symlinkSync } from 'node:fs'
import t from 'tap'
import { helm2LockDigest, lockDigest, lockText, writeLock } from '../../src/dependency/lock-file.js'

const anchor = { name: 'anchor', repository: 'http://charts.example.com', version: '1.1.0' }

t.test('the digest is of compact JSON as Go writes it: angle brackets escaped, empty fields left out', async t => {
  // Recorded from Helm 4.3.1 with the same Chart.yaml (see the recorded session "update in the current folder").
  t.equal(lockDigest([{ ...anchor, version: '1.0.0' }], [{ ...anchor, version: '1.0.0' }]), recordedDigest('update in the current folder'))
  t.not(lockDigest([{ ...anchor, version: '>1' }], [anchor]), lockDigest([{ ...anchor, version: '\\u003e1' }], [anchor]))
})

t.test("Helm 2's digest is of what was asked for only", async t => {
  t.equal(helm2LockDigest([{ name: 'anchor', version: '^1', repository: '@charts' }]), 'sha256:caac8a9e47fd02b6df2c3ec1a39a056d723721e4c9cc181676d80ffe9b39466f')
})

t.test('the text of a lock', async t => {
  t.equal(lockText({ dependencies: [anchor], digest: 'sha256:00', generated: '2026-01-02T05:04:05.678006789+02:00' }),
    'dependencies:\n- name: anchor\n  repository: http://charts.example.com\n  version: 1.1.0\ndigest: sha256:00\ngenerated: "2026-01-02T05:04:05.678006789+02:00"\n')
})

t.test('is written whole, and never through a link', async t => {
  const path = t.testdir({ 'other.txt': 'mine' })
  const lock = { dependencies: [anchor], digest: 'sha256:00', generated: '2026-01-02T05:04:05Z' }
  await writeLock({ path, shown: 'ship' }, lock, { v1: false })
  t.equal(readFileSync(`${path}/Chart.lock`, 'utf8'), lockText(lock))
  symlinkSync('other.txt', `${path}/requirements.lock`)
  await t.rejects(writeLock({ path, shown: 'ship' }, lock, { v1: true }), { code: 'write-failed', message: 'the requirements.lock file is a symlink to "other.txt"' })
  t.equal(readFileSync(`${path}/other.txt`, 'utf8'), 'mine')
  await t.rejects(writeLock({ path: `${path}/none`, shown: 'none' }, lock, { v1: false }), { code: 'write-failed', message: 'open none/Chart.lock: no such file or directory' })
})

/** The digest that Helm wrote in a recorded session. */
function recordedDigest (session: string): string {
  const file = new URL('../../../test/compat/recorded/dependency.json', import.meta.url)
  const { sessions } = JSON.parse(readFileSync(file, 'utf8')) as { sessions: Record<string, { files: Record<string, string> }> }
  return /digest: (\S+)/.exec(sessions[session]?.files['work/Chart.lock'] ?? '')?.[1] ?? ''
}
