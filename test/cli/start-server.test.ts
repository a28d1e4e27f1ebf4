import t from 'tap'
import type { Test } from 'tap'
import { pino } from 'pino'
import { startServer } from '../../src/cli/start-server.js'
import type { RunningServer } from '../../src/cli/start-server.js'
import { loadSettings } from '../../src/config/load.js'
import { chartArchive } from '../helpers/chart-archive.js'
import { testContext } from '../helpers/test-context.js'

/** A server on a free port of 127.0.0.1, with its data in a folder of the test. */
async function start (t: Test, flags: Readonly<Record<string, string>>): Promise<RunningServer> {
  const settings = await loadSettings({ flags: new Map(Object.entries({ 'listen-host': '127.0.0.1', port: '0', 'cache-interval': '0', ...flags })), env: {}, readFile: async () => '' })
  const server = await startServer(settings, { context: testContext({ cwd: t.testdir() }).context, logger: pino({ level: 'silent' }) })
  t.teardown(() => server.stop())
  return server
}

t.test('what the store does is counted where metrics are wanted', async t => {
  const server = await start(t, { 'enable-metrics': 'true', 'per-chart-limit': '1' })
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
