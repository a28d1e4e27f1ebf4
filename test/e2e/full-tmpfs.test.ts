import { mkdirSync, rmSync, statfsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Test } from 'tap'
import t from 'tap'
import { chartArchive } from '../helpers/chart-archive.js'
import { Client, sha256 } from './injection/client.js'
import { mountTmpfs } from './injection/tmpfs.js'
import { boat, fileName } from './injection/uploads.js'
import type { ServerProcess } from './server-process.js'
import { startServerProcess } from './server-process.js'

/** What runs out: blocks are what files are made of, inodes what names need. */
interface Shortage {
  readonly of: 'blocks' | 'inodes'
  /** How much more is left at each try, until an upload fits in. */
  readonly step: number
  /** Of the upload: in memory while it arrives, or in a file. */
  readonly bytes: number
}

const small: Shortage = { of: 'blocks', step: 1, bytes: 0 }
const large: Shortage = { of: 'blocks', step: 16, bytes: 400_000 }
const names: Shortage = { of: 'inodes', step: 1, bytes: 400_000 }

/** What is on the file system that gets full. (The database's files are there from the start.) */
const arrangements = [
  { what: 'the archives', charts: true, database: false, shortages: [small, large, names] },
  { what: 'the database', charts: false, database: true, shortages: [small] },
  { what: 'everything', charts: true, database: true, shortages: [small, large, names] }
]

const bystander = await chartArchive('anchor', '1.0.0')

for (const { what, charts, database, shortages } of arrangements) {
  t.test(`${what} on a file system that gets full: 507, nothing is lost, and when there is room the same upload is taken`, { timeout: 120_000 }, async t => {
    const [disk, directory] = [mountTmpfs(t, 8, 64), t.testdir()]
    const args = ['--storage-local-rootdir', join(charts ? disk : directory, 'charts'), '--database', `sqlite:${join(database ? disk : directory, 'portolan.db')}`]
    const start = async (): Promise<ServerProcess> => await startServerProcess({ directory, args })
    const before = { 'anchor-1.0.0.tgz': sha256(bystander) }
    let server = await start()
    t.teardown(() => server.stop('SIGKILL'))
    t.equal((await new Client(server.url).upload(bystander)).status, 201)
    for (const shortage of shortages) {
      const refused = await tryAll(t, new Client(server.url), { disk, shortage })
      t.ok(refused > 0, 'some did not fit in')
      t.comment(`${shortage.bytes} bytes and more, short of ${shortage.of}: ${refused} refused`)
    }

    const archive = await boat(0)
    fill(disk, 'blocks', 0)
    t.equal((await new Client(server.url).upload(archive)).status, 507)
    await server.stop('SIGKILL')
    server = await start()
    t.strictSame(await new Client(server.url).shown(t, fileName, 'started where there is no room'), before)
    await server.stop('SIGKILL')
    empty(disk)
    server = await start()
    await server.logged('The storage was looked through')
    // A database that is full cannot even take note that the bytes are to go: what is left of them is whole, and adopted.
    const adopted = database && !charts
    const after = { ...before, [fileName]: sha256(archive) }
    t.strictSame(await new Client(server.url).shown(t, fileName, 'started where there is room again'), adopted ? after : before)
    t.equal((await new Client(server.url).upload(archive)).status, adopted ? 409 : 201)
    t.equal(await server.stop(), 0)
    server = await start()
    t.strictSame(await new Client(server.url).shown(t, fileName, 'started once more'), after)
  })
}

/** Leaves no room for an upload, then a little, and so on until it is taken; each time it is sent again when there is room. Gives how often it was refused. */
async function tryAll (t: Test, client: Client, { disk, shortage: { of, step, bytes } }: { readonly disk: string, readonly shortage: Shortage }): Promise<number> {
  const archive = await boat(bytes)
  for (let left = 0; ; left += step) {
    const what = `${left} ${of} left`
    fill(disk, of, left)
    const { status, body } = await client.upload(archive)
    const fits = status === 201
    if (!fits) t.strictSame({ status, body }, { status: 507, body: { error: 'the storage is full' } }, what)
    t.strictSame(await client.shown(t, fileName, what), { 'anchor-1.0.0.tgz': sha256(bystander), ...fits && { [fileName]: sha256(archive) } }, what)
    empty(disk)
    t.equal((await client.upload(archive)).status, fits ? 409 : 201, `${what}, and then all`)
    t.equal(await client.download(`charts/${fileName}`), sha256(archive))
    t.equal(await client.remove('boat', '1.0.0'), 200)
    if (fits) return left / step
  }
}

function fill (disk: string, of: Shortage['of'], left: number): void {
  const filler = join(disk, 'filler')
  mkdirSync(filler)
  const { bsize, bavail, ffree } = statfsSync(disk)
  if (of === 'blocks') writeFileSync(join(filler, 'file'), Buffer.alloc((bavail - left) * bsize))
  else for (let i = left; i < ffree; i++) writeFileSync(join(filler, String(i)), '')
}

function empty (disk: string): void {
  rmSync(join(disk, 'filler'), { recursive: true })
}
