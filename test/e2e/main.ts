import { spawn, spawnSync } from 'node:child_process'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { repositoryRoot } from '../cluster/repository-root.js'
import { preparePeers } from './peers.js'

// `npm run test:e2e`: builds the real peers, then runs every end-to-end test against them, one file after another.
const root = repositoryRoot(import.meta.dirname)
const wanted = process.argv.slice(2)
// Kubernetes is built before any test begins: a test's own time would not do for it.
const { status } = spawnSync(process.execPath, [join(import.meta.dirname, '..', 'cluster', 'main.js'), 'build'], { stdio: 'inherit' })
if (status !== 0) throw new Error('the test cluster cannot be built')
const env = { ...process.env, ...await preparePeers(process.env) }
const files = (await readdir(import.meta.dirname))
  .filter(name => name.endsWith('.test.js') && (wanted.length === 0 || wanted.some(word => name.includes(word))))
  .map(name => join('dist', 'test', 'e2e', name))

const tap = spawn(process.execPath, [join(root, 'node_modules', 'tap', 'dist', 'esm', 'run.mjs'), '--jobs=1', '--timeout=900', '--include=dist/test/e2e/*.test.js', '--exclude=nothing', ...files], { cwd: root, env, stdio: 'inherit' })
tap.on('close', code => {
  process.exitCode = code ?? 1
})
