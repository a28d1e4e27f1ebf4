import { createHash } from 'node:crypto'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import type { Test } from 'tap'
import type { Backend } from '../../storage/backend.js'
import { MemoryBackend } from '../../storage/memory.js'
import type { CatalogOptions, Published, PublishOptions } from '../../src/catalog/catalog.js'
import { Catalog } from '../../src/catalog/catalog.js'
import type { IndexView } from '../../src/catalog/index-view.js'
import type { OpenDatabase } from '../../src/db/open.js'
import { openDatabase } from '../../src/db/open.js'
import type { Database } from '../../src/db/schema.js'
import { chartArchive } from '../helpers/chart-archive.js'

/** A catalogue to try, and what it works with. */
export interface Tried {
  readonly catalog: Catalog
  readonly database: OpenDatabase
  readonly backend: Backend
  /** What was reported rather than thrown. */
  readonly faults: unknown[]
}

/** The time at which every catalogue of these tests believes to be, unless told otherwise. */
export const now = new Date('2026-11-20T12:34:56.789Z')

/** A catalogue over memory, or over what is given; the database that it makes is closed when the test ends. */
export async function openCatalog (t: Test, options: Partial<CatalogOptions> & { url?: string } = {}): Promise<Tried> {
  const { url = 'sqlite::memory:', ...rest } = options
  const database = await openDatabase(url)
  t.teardown(() => database.close())
  const backend = options.backend ?? new MemoryBackend()
  const faults: unknown[] = []
  const catalog = new Catalog({ database, backend, clock: () => now, spoolDirectory: t.testdirName, onFault: fault => faults.push(fault), ...rest })
  return { catalog, database, backend, faults }
}

/** What to publish: an archive, a provenance file, or both. */
export interface Given {
  readonly chart?: Uint8Array
  readonly provenance?: string
}

/** Spools and publishes, and lets go of what was spooled. */
export async function publish (catalog: Catalog, tenant: string, given: Given, options: PublishOptions = { overwrite: false }): Promise<Published> {
  const chart = given.chart && await catalog.spool(stream(given.chart), 1e9)
  const provenance = given.provenance === undefined ? undefined : await catalog.spool(stream(given.provenance), 1e9)
  try {
    return await catalog.publish(tenant, { ...(chart && { chart }), ...(provenance && { provenance }) }, options)
  } finally {
    await chart?.discard()
    await provenance?.discard()
  }
}

/** Publishes a chart of the given name and version, and gives its archive. */
export async function publishChart (catalog: Catalog, tenant: string, name: string, version: string): Promise<Buffer> {
  const chart = await chartArchive(name, version)
  await publish(catalog, tenant, { chart })
  return chart
}

/** A stream of bytes or of a text. */
export function stream (content: string | Uint8Array): Readable {
  return Readable.from([Buffer.from(content)], { objectMode: false })
}

/** An index's text. */
export function textOf (parts: Iterable<Uint8Array>): string {
  return Buffer.concat([...parts]).toString()
}

/** The versions in an index in JSON, as `name version` in its order. */
export function listed (index: IndexView): string[] {
  const { entries } = JSON.parse(textOf(index.parts())) as { entries: Record<string, Array<{ name: string, version: string }>> }
  return Object.values(entries).flat().map(({ name, version }) => `${name} ${version}`)
}

/** The bytes of a file of a catalogue. */
export async function bytesOf (catalog: Catalog, tenant: string, fileName: string): Promise<Buffer> {
  return await buffer((await catalog.open(tenant, fileName)).body)
}

/** SHA-256 in hex. */
export function sha256 (bytes: string | Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}

/** A provenance file, as far as anybody looks at one here. */
export function provenanceOf (name: string, version: string): string {
  return `-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA512\n\napiVersion: v2\nname: ${name}\nversion: ${version}\n\n...\nfiles:\n  ${name}-${version}.tgz: sha256:00\n-----BEGIN PGP SIGNATURE-----\n\n-----END PGP SIGNATURE-----\n`
}

/**
 * That a catalogue is of a piece: what its index lists, its records say and its backend holds are the same, with the digests of the bytes,
 * and nothing is under way. Objects without a record may be left, when that is said.
 */
export async function checkWhole (t: Test, { catalog, database, backend }: Pick<Tried, 'catalog' | 'backend'> & { database: Database }, orphans: readonly string[] = []): Promise<void> {
  const expected: string[] = [...orphans]
  for (const tenant of await catalog.tenants()) {
    const charts = await catalog.charts(tenant)
    const versions = [...charts.values()].flat()
    t.strictSame(listed(await catalog.index(tenant, 'json')), versions.map(({ name, version }) => `${name} ${version}`), 'the index lists what is recorded')
    t.strictSame(await catalog.counts(tenant), { charts: charts.size, versions: versions.length })
    const provenances = await database.selectFrom('provenances').select('file_name').where('tenant', '=', tenant).execute()
    for (const fileName of [...versions.map(version => version.fileName), ...provenances.map(row => row.file_name)]) {
      const { info, body } = await catalog.open(tenant, fileName)
      const bytes = await buffer(body)
      t.equal(sha256(bytes), info.digest, `${fileName} has its digest`)
      t.equal(bytes.length, info.size)
      expected.push(tenant === '' ? fileName : `${tenant}/${fileName}`)
    }
  }
  const stored: string[] = []
  for await (const { key } of backend.list('')) stored.push(key)
  t.strictSame(stored, expected.sort(), 'the backend holds what is recorded')
  t.strictSame(await database.selectFrom('intents').selectAll().execute(), [], 'nothing is under way')
}
