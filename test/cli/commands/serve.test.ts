import { createHash } from 'node:crypto'
import t from 'tap'
import { serve } from '../../../src/cli/commands/serve.js'
import type { Answered } from '../../compat/session.js'
import { chartArchive } from '../../helpers/chart-archive.js'
import { runnerOf } from './program.js'

const run = runnerOf([serve])

async function call (cwd: string, args: readonly string[], env: Record<string, string> = {}): Promise<Answered> {
  return await run(['serve', ...args], { cwd, env, stdin: '' })
}

const boat = await chartArchive('boat', '0.1.0')

t.test('--gen-index prints the index of what is in the storage, and ends', async t => {
  const cwd = t.testdir({ data: { charts: { 'boat-0.1.0.tgz': boat } } })
  const yaml = await call(cwd, ['--gen-index', '--chart-url', 'https://charts.example.com'])
  t.equal(yaml.code, 0)
  t.match(yaml.stdout, /^apiVersion: v1\nentries:\n {2}boat:\n/)
  t.match(yaml.stdout, `digest: ${createHash('sha256').update(boat).digest('hex')}\n`)
  t.match(yaml.stdout, '- https://charts.example.com/charts/boat-0.1.0.tgz\n')
  t.equal(yaml.stderr, '')
  const json = JSON.parse((await call(cwd, [], { GEN_INDEX: 'true', JSON_INDEX: '1' })).stdout) as unknown
  t.match(json, { entries: { boat: [{ version: '0.1.0' }] } })
})

t.test('what does nothing here is taken, and told of', async t => {
  const answer = await call(t.testdir(), [
    '--gen-index', '--cache', 'redis', '--cache-redis-addr=localhost:6379', '--cache-redis-db', '1', '--cache-redis-password', 'secret', '--index-limit', '10', '--disable-statefiles', '--disable-metrics',
    '--always-regenerate-chart-index', '--storage-timestamp-tolerance', '5s', '--enforce-semver2'
  ])
  t.equal(answer.code, 0)
  const told = [...answer.stderr.matchAll(/WARN\t(--[a-z0-9-]+) does nothing here: /g)].map(match => match[1])
  t.strictSame(told.sort(), [
    '--always-regenerate-chart-index', '--cache', '--cache-redis-addr', '--cache-redis-db', '--cache-redis-password', '--disable-metrics', '--disable-statefiles', '--enforce-semver2', '--index-limit',
    '--storage-timestamp-tolerance'
  ])
  t.notMatch(answer.stderr, 'secret')
})

t.test('a flag that is none, or a value of another type, is an error', async t => {
  const cwd = t.testdir()
  t.match(await call(cwd, ['--gen-idnex']), { code: 1, stderr: 'Error: unknown flag: --gen-idnex\n' })
  t.match(await call(cwd, ['--depth', 'deep']), { code: 1, stderr: /invalid argument "deep" for "--depth" flag/ })
  t.match(await call(cwd, ['--depth', '-1']), { code: 1, stderr: /flag --depth: "-1" is not a whole number, 0 or more/ })
  t.match(await call(cwd, [], { CACHE: 'memcached' }), { code: 1, stderr: /environment variable CACHE: "memcached" is none of/ })
  t.match(await call(cwd, ['--config', 'none.yaml']), { code: 1, stderr: /config file not found: none\.yaml/ })
  t.match(await call(cwd, ['--config', 'config.toml']), { code: 1, stderr: /config file must have \.yaml\/\.yml extension \(or no extension\)/ })
  t.match(await call(cwd, ['--web-template-path', 'nowhere', '--listen-host', '127.0.0.1', '--port', '0']), { code: 1, stderr: /--web-template-path nowhere cannot be used: / })
})

t.test('JSON log lines have ChartMuseum\'s keys', async t => {
  const answer = await call(t.testdir(), ['--gen-index', '--log-json', '--index-limit', '1'])
  t.match(JSON.parse(answer.stderr), { L: 'WARN', T: /^\d{4}-\d\d-\d\dT[\d:.]+Z$/, M: /^--index-limit does nothing here/ })
})
