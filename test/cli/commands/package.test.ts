import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { packageCommand } from '../../../src/cli/commands/package.js'
import { runnerOf } from './program.js'

const run = runnerOf([packageCommand])

t.test('--dependency-update fetches first what the chart depends on, and says nothing of it', async t => {
  const home = t.testdir({
    web: { 'Chart.yaml': 'apiVersion: v2\nname: web\nversion: 1.0.0\ndependencies:\n- name: base\n  version: ^1.0.0\n  repository: file://../base\n' },
    base: { 'Chart.yaml': 'apiVersion: v2\nname: base\nversion: 1.2.0\n' }
  })
  const call = async (...args: string[]): Promise<unknown> => await run(['package', 'web', ...args], { cwd: home, env: { HOME: home }, stdin: '' })
  t.strictSame(await call(), { code: 1, stdout: '', stderr: 'Error: found in Chart.yaml, but missing in charts/ directory: base\n' })
  t.strictSame(await call('-u'), { code: 0, stdout: `Successfully packaged chart and saved it to: ${home}/web-1.0.0.tgz\n`, stderr: '' })
  t.strictSame(readdirSync(join(home, 'web', 'charts')), ['base-1.2.0.tgz'])
  t.ok(readdirSync(join(home, 'web')).includes('Chart.lock'))
})
