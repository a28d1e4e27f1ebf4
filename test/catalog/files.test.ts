import { buffer } from 'node:stream/consumers'
import t from 'tap'
import { openLocal } from '../../storage/local.js'
import { MemoryBackend } from '../../storage/memory.js'
import { chartArchive } from '../helpers/chart-archive.js'
import { bytesOf, openCatalog, provenanceOf, publish, publishChart, sha256, stream } from './open-catalog.js'

const turn = (): Promise<void> => new Promise(resolve => setImmediate(resolve))

t.test('a file is opened whole or in part', async t => {
  const { catalog } = await openCatalog(t)
  const chart = await publishChart(catalog, '', 'x', '1.0.0')
  const info = await catalog.stat('', 'x-1.0.0.tgz')
  t.match(info, { fileName: 'x-1.0.0.tgz', size: chart.length, digest: sha256(chart) })
  const part = await catalog.open('', 'x-1.0.0.tgz', { start: 10, end: 19 })
  t.strictSame(part.info, info)
  t.ok((await buffer(part.body)).equals(chart.subarray(10, 20)))
  await publish(catalog, '', { provenance: provenanceOf('x', '1.0.0') })
  t.equal((await bytesOf(catalog, '', 'x-1.0.0.tgz.prov')).toString(), provenanceOf('x', '1.0.0'))
})

t.test('only what is recorded is there', async t => {
  const backend = new MemoryBackend()
  const { catalog } = await openCatalog(t, { backend })
  for (const key of ['x-1.0.0.tgz', 'index-cache.yaml', 'org/x-1.0.0.tgz.prov']) await backend.create(key, stream('bytes'))
  for (const file of ['x-1.0.0.tgz', 'index-cache.yaml', 'org/x-1.0.0.tgz.prov', '../x', '', '.']) {
    await t.rejects(catalog.open('', file), { code: 'file-not-found' }, file)
    await t.rejects(catalog.stat('', file), { code: 'file-not-found' }, file)
  }
})

t.test('a record without bytes is a fault, not an absence', async t => {
  const backend = new MemoryBackend()
  const { catalog } = await openCatalog(t, { backend })
  await publishChart(catalog, '', 'x', '1.0.0')
  await backend.delete('x-1.0.0.tgz')
  await t.rejects(catalog.open('', 'x-1.0.0.tgz'), { code: 'storage-failed', message: 'x-1.0.0.tgz is published, but its bytes are gone' })
})

t.test('while a file is overwritten again and again, readers get bytes and digest that belong together', async t => {
  const backend = await openLocal({ root: t.testdir() })
  const { catalog } = await openCatalog(t, { backend, clock: () => new Date() })
  const archives = await Promise.all(Array.from({ length: 10 }, (_, i) => chartArchive('x', '1.0.0', { 'values.yaml': `state: ${i}\n` })))
  await publish(catalog, '', { chart: archives[0] ?? Buffer.alloc(0) })
  const progress = { written: 0, read: 0 }
  const writer = (async () => {
    for (; progress.written < 30; progress.written++) await publish(catalog, '', { chart: archives[progress.written % 10] ?? Buffer.alloc(0) }, { overwrite: true })
  })()
  const reader = async (): Promise<void> => {
    while (progress.written < 30) {
      const { info, body } = await catalog.open('', 'x-1.0.0.tgz')
      const bytes = await buffer(body)
      if (sha256(bytes) !== info.digest || bytes.length !== info.size) t.fail('bytes and digest do not belong together')
      progress.read++
    }
  }
  await Promise.all([writer, reader(), reader(), reader()])
  t.ok(progress.read > 0)
})

t.test('while a version comes and goes, readers get it whole or are told that it is not there', async t => {
  const { catalog } = await openCatalog(t, { backend: await openLocal({ root: t.testdir() }), clock: () => new Date() })
  const progress = { rounds: 0, read: 0 }
  const writer = (async () => {
    for (; progress.rounds < 20; progress.rounds++) {
      const { read } = progress
      await publishChart(catalog, '', 'x', '1.0.0')
      while (progress.read === read) await turn()
      await catalog.remove('', 'x', '1.0.0')
    }
  })()
  const reader = async (): Promise<void> => {
    while (progress.rounds < 20) {
      await turn()
      const opened = await catalog.open('', 'x-1.0.0.tgz').catch((error: unknown) => {
        t.match(error, { code: 'file-not-found' }, 'absent, not failed', { diagnostic: false })
        return undefined
      })
      if (opened === undefined) continue
      if (sha256(await buffer(opened.body)) !== opened.info.digest) t.fail('bytes and digest do not belong together')
      progress.read++
    }
  }
  await Promise.all([writer, reader(), reader()])
  t.ok(progress.read > 0)
})
