import { once } from 'node:events'
import { existsSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { createServer } from 'node:net'
import { join } from 'node:path'
import t from 'tap'
import { pino } from 'pino'
import { openProtection } from '../../src/cli/access-from-settings.js'
import { startServer } from '../../src/cli/start-server.js'
import type { RunningServer } from '../../src/cli/start-server.js'
import { loadSettings } from '../../src/config/load.js'
import { chartArchive } from '../helpers/chart-archive.js'
import { testContext } from '../helpers/test-context.js'

type Options = Parameters<typeof startServer>[1]

/** A server on a free port of 127.0.0.1, with its data in a folder. */
async function start (cwd: string, flags: Readonly<Record<string, string>>, options: Partial<Options> = {}): Promise<RunningServer> {
  const settings = await loadSettings({ flags: new Map(Object.entries({ 'listen-host': '127.0.0.1', port: '0', 'cache-interval': '0', ...flags })), env: {}, readFile: async () => '' })
  return await startServer(settings, { context: testContext({ cwd }).context, logger: pino({ level: 'silent' }), logAnswer: () => undefined, ...options })
}

t.test('what the store does is counted where metrics are wanted', async t => {
  const server = await start(t.testdir(), { 'enable-metrics': 'true', 'per-chart-limit': '1' })
  t.teardown(() => server.stop())
  for (const version of ['1.0.0', '1.1.0', '1.2.0']) {
    const answer = await fetch(`${server.url}/api/charts`, { method: 'POST', body: await chartArchive('boat', version) })
    t.match([answer.status, await answer.json()], [201, { saved: true }])
  }
  const metrics = async (): Promise<string> => await (await fetch(`${server.url}/metrics`)).text()
  t.match(await metrics(), 'portolan_retention_removed_versions_total 2\n')
  t.match(await metrics(), 'portolan_storage_operation_duration_seconds_count{operation="create",outcome="ok"} 3\n')
  t.match(await metrics(), 'portolan_storage_operation_duration_seconds_count{operation="delete",outcome="ok"} 4\n', 'each archive, and the provenance file that it could have')
  t.match(await metrics(), /portolan_scans_total\{outcome="ok"\} [01]\n/)
})

t.test('what was opened is closed again when the server cannot start', async t => {
  const taken = createServer().listen(0, '127.0.0.1')
  await once(taken, 'listening')
  t.teardown(() => taken.close())
  const { port } = taken.address() as AddressInfo
  const cwd = t.testdir()
  let stopped = 0
  const protect: typeof openProtection = async (...given) => {
    const protection = await openProtection(...given)
    return {
      ...protection,
      stop: async () => {
        stopped++
        await protection.stop()
      }
    }
  }
  const signIn = { 'basic-auth-user': 'ci', 'basic-auth-pass': 'x' }
  await t.rejects(start(cwd, { ...signIn, port: String(port) }, { protect }), { message: `cannot listen on 127.0.0.1:${port}: another program listens there (--port chooses another port)` })
  t.equal(stopped, 1, 'nobody is asked for a password any more')
  t.ok(existsSync(join(cwd, 'data', 'portolan.db')))
  t.notOk(existsSync(join(cwd, 'data', 'portolan.db-wal')), 'the database is closed')

  await t.rejects(start(cwd, { ...signIn, storage: 'memory' }, { protect }), { code: 'invalid-value' })
  t.equal(stopped, 2, 'also when the store cannot be opened')

  const server = await start(cwd, signIn, { protect })
  await server.stop()
  t.equal(stopped, 3)
  t.notOk(existsSync(join(cwd, 'data', 'portolan.db-wal')))
})
