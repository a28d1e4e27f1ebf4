import { randomBytes } from 'node:crypto'
import { rmSync, writeFileSync } from 'node:fs'
import type { Socket } from 'node:net'
import t from 'tap'
import { chartArchive } from '../helpers/chart-archive.js'
import { listenOn, openRaw } from '../helpers/raw-http.js'
import { testServer, upload } from '../helpers/test-server.js'

const head = 'Host: example.com\r\n'

// What two servers in a row might understand differently is not understood at all (RFC 9112, 6.1 and 11.2).
const malformed: ReadonlyArray<readonly [string, string]> = [
  ['both lengths', `POST /api/charts HTTP/1.1\r\n${head}Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`],
  ['both lengths, the other way round', `POST /api/charts HTTP/1.1\r\n${head}Transfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n0\r\n\r\n`],
  ['two lengths', `POST /api/charts HTTP/1.1\r\n${head}Content-Length: 4\r\nContent-Length: 5\r\n\r\nabcde`],
  ['the same length twice', `POST /api/charts HTTP/1.1\r\n${head}Content-Length: 4\r\nContent-Length: 4\r\n\r\nabcd`],
  ['a list of lengths', `POST /api/charts HTTP/1.1\r\n${head}Content-Length: 4, 4\r\n\r\nabcd`],
  ['a length with a sign', `POST /api/charts HTTP/1.1\r\n${head}Content-Length: +4\r\n\r\nabcd`],
  ['a length in hex', `POST /api/charts HTTP/1.1\r\n${head}Content-Length: 0x4\r\n\r\nabcd`],
  ['a negative length', `POST /api/charts HTTP/1.1\r\n${head}Content-Length: -1\r\n\r\n`],
  ['a length beyond counting', `POST /api/charts HTTP/1.1\r\n${head}Content-Length: 99999999999999999999\r\n\r\n`],
  ['an encoding that is none', `POST /api/charts HTTP/1.1\r\n${head}Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n`],
  ['chunked before another', `POST /api/charts HTTP/1.1\r\n${head}Transfer-Encoding: chunked, gzip\r\n\r\n0\r\n\r\n`],
  ['a space before the colon', `POST /api/charts HTTP/1.1\r\n${head}Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n`],
  ['a folded line', `GET /index.yaml HTTP/1.1\r\n${head}X-Folded: a\r\n b\r\n\r\n`],
  ['a folded encoding', `POST /api/charts HTTP/1.1\r\n${head}Transfer-Encoding:\r\n chunked\r\n\r\n0\r\n\r\n`],
  ['a bare line feed', `GET /index.yaml HTTP/1.1\n${head.replace('\r', '')}\n`],
  ['a bare carriage return', `GET /index.yaml HTTP/1.1\r\n${head}X: a\rb\r\n\r\n`],
  ['NUL in a header', `GET /index.yaml HTTP/1.1\r\n${head}X: a\0b\r\n\r\n`],
  ['no host', 'GET /index.yaml HTTP/1.1\r\n\r\n'],
  ['a chunk size that is none', `POST /api/charts HTTP/1.1\r\n${head}Transfer-Encoding: chunked\r\n\r\nzz\r\n\r\n`],
  ['a chunk longer than it says', `POST /api/charts HTTP/1.1\r\n${head}Transfer-Encoding: chunked\r\n\r\n1\r\nabc\r\n0\r\n\r\n`],
  ['no HTTP', 'hello\r\n\r\n'],
  ['TLS', '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03']
]

t.test('requests that could hide another one are refused, and their connections closed', async t => {
  const { app, catalog } = await testServer(t)
  const port = await listenOn(app)
  const smuggled = `GET /smuggled HTTP/1.1\r\n${head}\r\n`
  for (const [title, request] of malformed) {
    const { send, ended } = await openRaw(port)
    send(request + smuggled)
    const answer = await ended
    t.match(answer, /^HTTP\/1\.1 400 Bad Request\r\n/, title)
    t.equal(answer.split('HTTP/1.1 ').length - 1, 1, `${title}: one answer, and none to what was hidden`)
  }
  t.strictSame(await catalog.counts(''), { charts: 0, versions: 0 })
})

t.test('headers of 64 KiB are refused, and so is a target of that length', async t => {
  const { app } = await testServer(t)
  const port = await listenOn(app)
  for (const request of [
    `GET /index.yaml HTTP/1.1\r\n${head}X-Large: ${'x'.repeat(64 * 1024)}\r\n\r\n`, `GET /index.yaml HTTP/1.1\r\n${head}${'X: y\r\n'.repeat(12_000)}\r\n`, `GET /${'x'.repeat(64 * 1024)} HTTP/1.1\r\n${head}\r\n`
  ]) {
    const { send, ended } = await openRaw(port)
    send(request)
    const answer = await ended
    t.match(answer, /^HTTP\/1\.1 431 Request Header Fields Too Large\r\n/)
    t.match(answer, /\{"error":"the request headers are too large"\}$/)
  }
})

t.test('headers that do not come in time are not waited for', async t => {
  const { app } = await testServer(t, { readTimeout: 100 })
  const port = await listenOn(app)
  const { send, ended } = await openRaw(port)
  send(`GET /index.yaml HTTP/1.1\r\n${head}`)
  const dripping = setInterval(() => send('X: y\r\n'), 20)
  t.match(await ended, /^HTTP\/1\.1 408 Request Timeout\r\n[^]*\{"error":"the request came too slowly"\}$/)
  clearInterval(dripping)
  t.match(await (await openRaw(port)).ended, /^HTTP\/1\.1 408 /, 'nor is a connection that says nothing')
})

t.test('a body that stands still or drips is cut; one that progresses takes its time', async t => {
  const { app, catalog } = await testServer(t, { readTimeout: 200 })
  const port = await listenOn(app)
  const open = async (length: number): Promise<Awaited<ReturnType<typeof openRaw>>> => {
    const connection = await openRaw(port)
    connection.send(`POST /api/charts HTTP/1.1\r\n${head}Content-Length: ${length}\r\nConnection: close\r\n\r\n`)
    return connection
  }
  const still = await open(100_000)
  const dripping = await open(100_000)
  const drops = setInterval(() => dripping.send('x'), 20)

  const archive = Buffer.from(await chartArchive('boat', '0.1.0', { 'random.txt': Array.from({ length: 3000 }, (_, at) => `${(at * 7919) % 65_537}`).join(' ') }))
  const steady = await open(archive.length)
  const step = Math.ceil(archive.length / 20)
  let sent = 0
  const steps = setInterval(() => {
    steady.socket.write(archive.subarray(sent, sent += step))
    if (sent >= archive.length) clearInterval(steps)
  }, 30)

  t.match(await still.ended, /^HTTP\/1\.1 408 Request Timeout\r\n/)
  t.match(await dripping.ended, /^HTTP\/1\.1 408 Request Timeout\r\n/)
  clearInterval(drops)
  t.match(await steady.ended, /^HTTP\/1\.1 201 Created\r\n/, 'three times the limit, and well')
  t.strictSame(await catalog.counts(''), { charts: 1, versions: 1 })
})

t.test('after a failure in the midst of a body, the connection has its answer and takes the next request', { timeout: 20_000 }, async t => {
  const { app } = await testServer(t)
  // There is no folder for what does not fit into memory.
  rmSync(t.testdirName, { recursive: true })
  writeFileSync(t.testdirName, '')
  const port = await listenOn(app)
  const archive = (await chartArchive('boat', '0.1.0', { noise: randomBytes(1_000_000) })).toString('latin1')
  const form = `--b\r\nContent-Disposition: form-data; name="chart"; filename="boat.tgz"\r\n\r\n${archive}\r\n--b--\r\n`
  for (const [type, body] of [['application/gzip', archive], ['multipart/form-data; boundary=b', form]] as const) {
    const { send, ended } = await openRaw(port)
    send(`POST /api/charts HTTP/1.1\r\n${head}Content-Type: ${type}\r\nContent-Length: ${body.length}\r\n\r\n`)
    send(body)
    send(`GET /health HTTP/1.1\r\n${head}Connection: close\r\n\r\n`)
    t.match(await ended, /^HTTP\/1\.1 500 [^]*\{"error":"internal server error"\}HTTP\/1\.1 200 OK/, type)
  }
})

t.test('a body that nobody reads is not waited for either', async t => {
  const { app } = await testServer(t, { readTimeout: 100 })
  const port = await listenOn(app)
  const { send, ended } = await openRaw(port)
  send(`POST /nothing HTTP/1.1\r\n${head}Content-Length: 100000\r\n\r\n`)
  const drops = setInterval(() => send('x'), 20)
  const answer = await ended
  clearInterval(drops)
  t.match(answer, /^HTTP\/1\.1 404 Not Found\r\n/)
  t.notMatch(answer, /408/, 'it has its answer already')
})

t.test('readers that do not read stall nobody, and are cut', async t => {
  const { app } = await testServer(t, { writeTimeout: 300 })
  const archive = await chartArchive('boat', '0.1.0', { 'noise.txt': randomBytes(3 * 1024 * 1024).toString('base64') })
  t.equal((await upload(app, archive)).statusCode, 201)
  const port = await listenOn(app)
  let closed = 0
  const allCut = new Promise<void>(resolve => {
    app.server.on('connection', (socket: Socket) => {
      socket.once('close', () => { if (++closed === 20) resolve() })
    })
  })
  const stalled = await Promise.all(Array.from({ length: 20 }, async () => {
    const connection = await openRaw(port)
    connection.socket.pause()
    for (let request = 0; request < 8; request++) connection.send(`GET /charts/boat-0.1.0.tgz HTTP/1.1\r\n${head}\r\n`)
    return connection
  }))
  const began = Date.now()
  for (let version = 1; version <= 5; version++) {
    t.equal((await upload(app, await chartArchive('boat', `1.0.${version}`))).statusCode, 201)
    t.match((await app.inject('/index.yaml')).body, `1.0.${version}`)
  }
  t.ok(Date.now() - began < 5000, `five uploads and reads beside them took ${Date.now() - began} ms`)
  // Nobody on this side closes anything: it is the server that cuts them.
  await allCut
  for (const { socket } of stalled) socket.destroy()
})
