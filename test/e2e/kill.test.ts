import { createHash, randomBytes } from 'node:crypto'
import { request } from 'node:http'
import type { ClientRequest } from 'node:http'
import t from 'tap'
import type { Test } from 'tap'
import { chartArchive } from '../helpers/chart-archive.js'
import type { ServerProcess } from './server-process.js'
import { startServerProcess } from './server-process.js'

// 20 rounds of 10 uploads at once; in each round the server is killed (SIGKILL) at another moment. After the restart, what was answered 201
// is in the index with the digest of what was sent, and every file that is served is whole.
const rounds = 20
const uploadsPerRound = 10

/** When a round's server is killed: once so many answers came, and once so many bytes of the uploads were sent. */
interface Moment {
  readonly answers: number
  readonly bytes: number
}

const moments: readonly Moment[] = Array.from({ length: rounds }, (_, round) => round % 2 === 0
  ? { answers: round / 2, bytes: 0 }
  : { answers: 0, bytes: 1 + ((round - 1) / 2) * 90_000 })

interface Sent {
  readonly name: string
  readonly version: string
  readonly archive: Uint8Array
  acknowledged: boolean
}

interface IndexEntry {
  readonly version: string
  readonly digest: string
  readonly urls: readonly string[]
}

t.test('a server that is killed keeps every upload it acknowledged, and shows no half one', { timeout: 300_000 }, async t => {
  const directory = t.testdir()
  const sent: Sent[] = []
  let server = await startServerProcess({ directory })
  t.teardown(() => server.stop('SIGKILL'))
  for (const [round, moment] of moments.entries()) {
    const uploads = await makeUploads(round)
    sent.push(...uploads)
    await uploadUntilKilled(server, uploads, moment)
    server = await startServerProcess({ directory })
    // What arrived whole and was cut off before its record is adopted, as any file that the server finds.
    await server.logged('The storage was looked through')
    await checkRound(t, server, { uploads, round })
  }
  await checkAll(t, server, sent)
  t.comment(`${sent.filter(each => each.acknowledged).length} of ${sent.length} uploads were acknowledged before their server was killed`)
  t.ok(sent.some(each => each.acknowledged) && sent.some(each => !each.acknowledged), 'the moments cut some uploads and not all')
  await retryAll(t, server, sent)
  t.equal(await server.stop(), 0, 'a server that is told to stop ends well')
})

/** Archives of 1 kB to 300 kB: small ones are spooled in memory, larger ones in a file. */
async function makeUploads (round: number): Promise<Sent[]> {
  return await Promise.all(Array.from({ length: uploadsPerRound }, async (_, i) => {
    const name = `boat-${i}`
    const version = `1.0.${round}`
    const cargo = randomBytes(i * 30_000).toString('base64')
    return { name, version, archive: await chartArchive(name, version, { 'cargo.txt': cargo }), acknowledged: false }
  }))
}

/** Sends all uploads at once and kills the server at the moment; ends when no request is open any more. */
async function uploadUntilKilled (server: ServerProcess, uploads: Sent[], moment: Moment): Promise<void> {
  let answers = 0
  let bytes = 0
  let killed: Promise<unknown> | undefined
  const look = (): void => {
    if (killed === undefined && answers >= moment.answers && bytes >= moment.bytes) killed = server.stop('SIGKILL')
  }
  await Promise.all(uploads.map(async upload => {
    upload.acknowledged = await post(server.url, upload.archive, count => {
      bytes += count
      look()
    }) === 201
    answers++
    look()
  }))
  await (killed ?? server.stop('SIGKILL'))
}

/** Posts an archive in pieces; gives the status, or 0 when the connection broke. */
async function post (url: string, archive: Uint8Array, onSent: (bytes: number) => void): Promise<number> {
  return await new Promise(resolve => {
    const sending = request(`${url}/api/charts`, { method: 'POST', headers: { 'content-length': archive.length } }, answer => {
      answer.resume().on('close', () => resolve(answer.complete ? answer.statusCode ?? 0 : 0))
    })
    sending.on('error', () => resolve(0))
    writePieces(sending, archive, onSent).catch(() => resolve(0))
  })
}

async function writePieces (sending: ClientRequest, archive: Uint8Array, onSent: (bytes: number) => void): Promise<void> {
  for (let at = 0; at < archive.length && !sending.destroyed; at += 16_384) {
    const piece = archive.subarray(at, at + 16_384)
    await new Promise(resolve => sending.write(piece, resolve))
    onSent(piece.length)
  }
  sending.end()
}

async function checkRound (t: Test, server: ServerProcess, { uploads, round }: { uploads: readonly Sent[], round: number }): Promise<void> {
  const index = await readIndex(server)
  const lost = uploads.filter(each => each.acknowledged && find(index, each)?.digest !== sha256(each.archive))
  t.strictSame(lost.map(each => `${each.name} ${each.version}`), [], `round ${round}: nothing acknowledged is lost`)
  for (const upload of uploads) await checkFile(t, server, { upload, entry: find(index, upload) })
}

/** A file is served whole, as sent and as the index says; or it is not served at all. */
async function checkFile (t: Test, server: ServerProcess, { upload, entry }: { upload: Sent, entry: IndexEntry | undefined }): Promise<void> {
  const answer = await fetch(`${server.url}/charts/${upload.name}-${upload.version}.tgz`)
  const body = Buffer.from(await answer.arrayBuffer())
  if (entry === undefined) {
    t.equal(answer.status, 404, `${upload.name} ${upload.version} is not in the index and not served`)
    return
  }
  t.equal(sha256(body), entry.digest, `${upload.name} ${upload.version} is served as indexed`)
  t.equal(sha256(body), sha256(upload.archive), `${upload.name} ${upload.version} is served as sent`)
}

async function checkAll (t: Test, server: ServerProcess, sent: readonly Sent[]): Promise<void> {
  const index = await readIndex(server)
  const lost = sent.filter(each => each.acknowledged && find(index, each)?.digest !== sha256(each.archive))
  t.strictSame(lost.map(each => `${each.name} ${each.version}`), [], 'after all rounds, nothing acknowledged is lost')
  const twice = Object.values(index).flatMap(versions => versions.map(each => each.version).filter((version, i, all) => all.indexOf(version) !== i))
  t.strictSame(twice, [], 'nothing is listed twice')
}

/** What was cut off can be uploaded again: nothing of the first try is in the way. */
async function retryAll (t: Test, server: ServerProcess, sent: readonly Sent[]): Promise<void> {
  const before = await readIndex(server)
  for (const upload of sent) {
    const status = await post(server.url, upload.archive, () => {})
    t.equal(status, find(before, upload) === undefined ? 201 : 409, `${upload.name} ${upload.version} again`)
  }
  const after = await readIndex(server)
  t.equal(Object.values(after).flat().length, sent.length, 'in the end all are there')
}

async function readIndex (server: ServerProcess): Promise<Record<string, IndexEntry[]>> {
  const answer = await fetch(`${server.url}/index.yaml`, { headers: { accept: 'application/json' } })
  return ((await answer.json()) as { entries: Record<string, IndexEntry[]> }).entries
}

function find (index: Record<string, IndexEntry[]>, { name, version }: Sent): IndexEntry | undefined {
  return index[name]?.find(each => each.version === version)
}

function sha256 (bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}
