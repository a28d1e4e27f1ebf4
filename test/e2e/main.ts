import { spawn } from 'node:child_process'
import { readdir } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { preparePeers } from './peers.js'

// `npm run test:e2e`: builds the real peers, then runs every end-to-end test against them, one file after another.
const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..', '..')
const wanted = process.argv.slice(2)
const env = { ...process.env, ...await preparePeers(process.env) }
const files = (await readdir(join(root, 'test', 'e2e')))
  .filter(name => name.endsWith('.test.ts') && (wanted.length === 0 || wanted.some(word => name.includes(word))))
  .map(name => join('test', 'e2e', name))

const tap = spawn(process.execPath, [join(root, 'node_modules', 'tap', 'dist', 'esm', 'run.mjs'), '--jobs=1', '--timeout=900', '--include=test/e2e/*.test.ts', '--exclude=nothing', ...files], { cwd: root, env, stdio: 'inherit' })
tap.on('close', code => {
  process.exitCode = code ?? 1
})
