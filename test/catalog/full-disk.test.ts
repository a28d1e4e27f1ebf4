import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { constants, tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { sql } from 'kysely'
import type { Test } from 'tap'
import t from 'tap'
import { checked } from '../../storage/checked.js'
import { openLocal } from '../../storage/local.js'
import { chartArchive } from '../helpers/chart-archive.js'
import { testServer } from '../helpers/test-server.js'
import type { Tried } from './open-catalog.js'
import { bytesOf, checkWhole, listed, openCatalog, publish, publishChart, sha256 } from './open-catalog.js'

/** The class of file handles, which Node does not export. */
async function handleClass (folder: string): Promise<Record<'sync' | 'writeFile', (...args: unknown[]) => Promise<unknown>>> {
  const path = join(folder, 'probe')
  writeFileSync(path, '')
  const handle = await open(path)
  await handle.close()
  rmSync(path)
  return Object.getPrototypeOf(handle) as Awaited<ReturnType<typeof handleClass>>
}

/** How Node tells an error: it has a name for most of them. */
function systemError (code: string): { code: string, errno?: number } {
  const quota = constants.errno.EDQUOT
  return code === 'EDQUOT' ? { code: `Unknown system error -${quota}`, errno: -quota } : { code }
}

/** Lets a call of file handles fail from its nth time on, until the test ends or `mend` is called. */
async function breakCall (t: Test, call: 'sync' | 'writeFile', { code, nth }: { code: string, nth: number }): Promise<() => void> {
  const handles = await handleClass(t.testdirName)
  const whole = handles[call]
  let calls = 0
  handles[call] = async function (...args) {
    if (++calls < nth) return await whole.apply(this, args)
    throw Object.assign(new Error(`${code}: injected, ${call}`), systemError(code))
  }
  const mend = (): void => { handles[call] = whole }
  t.teardown(mend)
  return mend
}

/** A folder that is not the test's own, which the test server empties for itself. */
function emptyFolder (t: Test): string {
  const folder = mkdtempSync(join(tmpdir(), 'portolan-test-'))
  t.teardown(() => rmSync(folder, { recursive: true }))
  return folder
}

async function openFolder (t: Test): Promise<Tried> {
  return await openCatalog(t, { backend: checked(await openLocal({ root: t.testdir() })) })
}

const faults = [
  { call: 'writeFile', code: 'ENOSPC', told: 'storage-full' },
  { call: 'sync', code: 'ENOSPC', told: 'storage-full' },
  { call: 'sync', code: 'EDQUOT', told: 'storage-full' },
  { call: 'sync', code: 'EIO', told: 'storage-failed' }
] as const

for (const { call, code, told } of faults) {
  t.test(`${code} from ${call}: a publish or an overwrite fails, and what was there stays`, async t => {
    const tried = await openFolder(t)
    const { catalog } = tried
    const old = await publishChart(catalog, 'org', 'x', '1.0.0')
    // An upload is flushed as a file, and then its folder is.
    for (const nth of call === 'sync' ? [1, 2] : [1]) {
      for (const version of ['1.0.0', '2.0.0']) {
        const chart = await chartArchive('x', version, { 'values.yaml': `new: ${nth}\n` })
        const mend = await breakCall(t, call, { code, nth })
        await t.rejects(publish(catalog, 'org', { chart }, { overwrite: true }), { name: 'CatalogError', code: told }, `call ${nth}, version ${version}`)
        mend()
        await catalog.recover()
        t.strictSame(listed(await catalog.index('org', 'json')), ['x 1.0.0'])
      }
    }
    // Undoing an overwrite needs room too: when there is none, the repair goes by the bytes that are there, which may be the new ones.
    const { digest } = await catalog.stat('org', 'x-1.0.0.tgz')
    t.equal(sha256(await bytesOf(catalog, 'org', 'x-1.0.0.tgz')), digest)
    if (call === 'writeFile') t.equal(digest, sha256(old))
    await checkWhole(t, tried)
    await publishChart(catalog, 'org', 'x', '2.0.0')
    await checkWhole(t, tried)
  })
}

t.test('a full database refuses records, loses none, and takes them again when there is room', async t => {
  const tried = await openFolder(t)
  const { catalog, database } = tried
  await publishChart(catalog, '', 'x', '1.0.0')
  const { rows: [{ page_count: pages } = { page_count: 0 }] } = await sql<{ page_count: number }>`pragma page_count`.execute(database)
  await sql`pragma max_page_count = ${sql.lit(pages)}`.execute(database)
  let published = 1
  const failure = await (async () => {
    for (; published < 200; published++) await publishChart(catalog, '', 'x', `1.0.${published}`)
    return undefined
  })().catch((error: unknown) => error)
  t.match(failure, { name: 'CatalogError', code: 'storage-full' })
  await sql`pragma max_page_count = 1000000`.execute(database)
  await catalog.recover()
  t.equal((await catalog.versions('', 'x')).length, published)
  await checkWhole(t, tried)
  await publishChart(catalog, '', 'x', `1.0.${published}`)
  await checkWhole(t, tried)
})

t.test('a client is told 507 of a full disk, 500 of a broken one, and no path', async t => {
  const { app, catalog } = await testServer(t, { backend: await openLocal({ root: emptyFolder(t) }) })
  for (const [code, status, text] of [['ENOSPC', 507, 'the storage is full'], ['EIO', 500, 'internal server error']] as const) {
    const mend = await breakCall(t, 'sync', { code, nth: 1 })
    const response = await app.inject({ method: 'POST', url: '/api/charts', payload: await chartArchive('x', '1.0.0') })
    t.strictSame([response.statusCode, response.json()], [status, { error: text }])
    mend()
  }
  t.equal((await app.inject({ method: 'POST', url: '/api/charts', payload: await chartArchive('x', '1.0.0') })).statusCode, 201)
  t.equal((await catalog.index('', 'json')).versions, 1)
})

t.test('a large upload that finds no room for itself is told so', async t => {
  const { catalog } = await openFolder(t)
  await breakCall(t, 'writeFile', { code: 'ENOSPC', nth: 1 })
  await t.rejects(catalog.spool(Readable.from([Buffer.alloc(300_000)]), 1e9), { name: 'CatalogError', code: 'storage-full' })
})

t.test('one that finds no room in the midst of its bytes is told so too', async t => {
  const { catalog } = await openFolder(t)
  // The first is the piece that is spooled; the store then takes block after block.
  await breakCall(t, 'writeFile', { code: 'ENOSPC', nth: 4 })
  const chart = await chartArchive('x', '1.0.0', { noise: randomBytes(500_000) })
  await t.rejects(publish(catalog, '', { chart }), { name: 'CatalogError', code: 'storage-full' })
})
