import t from 'tap'
import { ObjectNotFound } from '../../storage/errors.js'
import { openBackend } from '../../storage/open.js'
import { StoreMetrics } from '../../src/server/store-metrics.js'
import { chartArchive } from '../helpers/chart-archive.js'
import { testServer, upload } from '../helpers/test-server.js'

const nothing = { adopted: 0, updated: 0, removed: 0, refused: [], unreadable: 0, withheld: [] }

/** The series of a text that belong to the store, without their values. */
function seriesOf (text: string): string[] {
  return [...text.matchAll(/^portolan_\w+(?:\{[^}]*\})?/gm)].map(([series]) => series)
}

t.test('operations of the storage count by what they are and how they end, whatever they are about', async t => {
  const metrics = new StoreMetrics()
  const backend = await openBackend('memory', { onOperation: operation => metrics.operation(operation), wait: async () => undefined })
  for (let i = 0; i < 50; i++) await t.rejects(backend.stat(`tenant-${i}/"} hostile-${i}.tgz`), ObjectNotFound)
  await t.rejects(backend.stat('../x'), { code: 'invalid-key' })
  for await (const { key } of backend.list('')) t.fail(key)
  const text = await metrics.registry.metrics()
  t.match(text, 'portolan_storage_operation_duration_seconds_count{operation="stat",outcome="absent"} 50\n')
  t.match(text, 'portolan_storage_operation_duration_seconds_count{operation="list",outcome="ok"} 1\n')
  t.notMatch(text, /tenant|hostile/)
  for (const name of ['stat', 'read', 'create', 'put', 'delete', 'list', 'signedUrl'] as const) {
    for (const error of ['absent', 'exists', 'conflict', 'full', 'failed', 'invalid-key'] as const) metrics.operation({ name, seconds: 1, error })
    metrics.operation({ name, seconds: 1 })
  }
  const counts = seriesOf(await metrics.registry.metrics()).filter(series => series.startsWith('portolan_storage_operation_duration_seconds_count'))
  t.equal(counts.length, 49, 'seven operations that end in seven ways: there can be no more')
})

t.test('scans count what they found, and the last one says how long it took', async t => {
  const metrics = new StoreMetrics()
  const before = seriesOf(await metrics.registry.metrics())
  metrics.scan({ seconds: 2, adoption: { ...nothing, adopted: 3, updated: 2, removed: 1, unreadable: 4, refused: [{ tenant: 'org', fileName: 'secret.tgz', reason: 'EOF' }], withheld: [{ tenant: 'org', missing: 12, recorded: 12 }] } })
  metrics.scan({ seconds: 3 })
  const text = await metrics.registry.metrics()
  for (const line of [
    'portolan_scans_total{outcome="ok"} 1', 'portolan_scans_total{outcome="failed"} 1', 'portolan_scan_files_total{finding="adopted"} 3', 'portolan_scan_files_total{finding="updated"} 2',
    'portolan_scan_files_total{finding="dropped"} 1', 'portolan_scan_files_total{finding="refused"} 1', 'portolan_scan_files_total{finding="unreadable"} 4', 'portolan_scan_duration_seconds 3',
    'portolan_scan_withheld_repositories 1'
  ]) t.match(text, `${line}\n`)
  t.strictSame(seriesOf(text), before, 'what a scan finds makes no series')
  t.notMatch(text, /org|secret/)
  metrics.scan({ seconds: 1, adoption: nothing })
  t.match(await metrics.registry.metrics(), 'portolan_scan_withheld_repositories 0\n')
})

t.test('what retention removed', async t => {
  const metrics = new StoreMetrics()
  t.match(await metrics.registry.metrics(), 'portolan_retention_removed_versions_total 0\n')
  metrics.trimmed(3)
  metrics.trimmed(1)
  t.match(await metrics.registry.metrics(), 'portolan_retention_removed_versions_total 4\n')
})

t.test('they are served beside ChartMuseum\'s', async t => {
  const storeMetrics = new StoreMetrics()
  const { app } = await testServer(t, { storeMetrics })
  await upload(app, await chartArchive('boat', '0.1.0'))
  storeMetrics.trimmed(2)
  const { body } = await app.inject('/metrics')
  t.match(body, 'portolan_retention_removed_versions_total 2\n')
  t.match(body, 'chartmuseum_charts_served_total{repo=""} 1\n')
  t.match(body, 'process_cpu_seconds_total')
})
