import t from 'tap'
import type { Test } from 'tap'
import { Access } from '../../src/access/access.js'
import { localFiles } from '../../src/server/local-files.js'
import type { ServerOptions } from '../../src/server/options.js'
import { openTlsFiles } from '../../src/server/tls-files.js'
import { chartArchive } from '../helpers/chart-archive.js'
import { listenOn, openRaw } from '../helpers/raw-http.js'
import type { RawConnection } from '../helpers/raw-http.js'
import { form, testServer } from '../helpers/test-server.js'
import { tlsFile } from '../remote/web.js'

const boat = await chartArchive('boat', '0.1.0')
const going = 'HTTP/1.1 100 Continue\r\n\r\n'

/** The head of a request that waits for leave to send its body. */
function headOf (target: string, ...headers: string[]): string {
  return [target, 'Host: example.com', 'Expect: 100-continue', ...headers, '', ''].join('\r\n')
}

async function serve (t: Test, options: Partial<ServerOptions> = {}): Promise<() => Promise<RawConnection>> {
  const { app } = await testServer(t, options)
  const port = await listenOn(app)
  return async () => await openRaw(port, options.tls === undefined ? 'tcp' : 'tls')
}

/** How many answers there are in a text, 100 included. */
function answersIn (text: string): string[] {
  return [...text.matchAll(/HTTP\/1\.1 (\d{3})/g)].map(([, status = '']) => status)
}

t.test('who may send a body is told to, and the connection goes on', async t => {
  const connect = await serve(t)
  const { send, until, ended, socket } = await connect()
  send(headOf('POST /api/charts HTTP/1.1', `Content-Length: ${boat.length}`))
  t.equal(await until(going), going, 'before that, nothing')
  send(boat)
  t.match(await until('{"saved":true}'), /HTTP\/1\.1 201 Created\r\n/)
  send('GET /health HTTP/1.1\r\nHost: example.com\r\nConnection: close\r\n\r\n')
  t.strictSame(answersIn(await ended), ['100', '201', '200'])
  t.ok(socket.closed)
})

t.test('so is who sends a form, or a body of unknown length', async t => {
  const connect = await serve(t)
  const { payload, headers } = form([['chart', boat]])
  const sent = await connect()
  sent.send(headOf('POST /api/charts HTTP/1.1', `Content-Type: ${headers['content-type'] ?? ''}`, `Content-Length: ${payload.length}`))
  await sent.until(going)
  sent.send(payload)
  t.match(await sent.until('{"saved":true}'), 'HTTP/1.1 201')
  sent.socket.destroy()

  const chunked = await connect()
  chunked.send(headOf('POST /api/charts?force HTTP/1.1', 'Transfer-Encoding: chunked'))
  await chunked.until(going)
  chunked.send(`${boat.length.toString(16)}\r\n`)
  chunked.send(boat)
  chunked.send('\r\n0\r\n\r\n')
  t.match(await chunked.until('{"saved":true}'), 'HTTP/1.1 201')
  chunked.socket.destroy()
})

t.test('who may not reads so at once: no body is asked for, and the connection is closed', async t => {
  const nobody = new Access({ policy: { anonymous: ['pull'], rule: () => false, dynamicDepth: false } })
  const connect = await serve(t, { access: nobody, maxUploadSize: 1000 })
  const open = await serve(t, { maxUploadSize: 1000 })
  const refused: ReadonlyArray<readonly [() => Promise<RawConnection>, string, string]> = [
    [connect, 'POST /api/charts HTTP/1.1', '401'],
    [connect, 'POST /api/prov HTTP/1.1', '401'],
    [connect, 'POST /nowhere HTTP/1.1', '404'],
    [connect, 'POST /api/%2e%2e/charts HTTP/1.1', '400'],
    [connect, 'GET /index.yaml HTTP/1.1', '200'],
    [open, 'POST /api/charts HTTP/1.1', '413'],
    [open, 'DELETE /api/charts/boat HTTP/1.1', '404']
  ]
  for (const [connect, target, status] of refused) {
    const { send, ended } = await connect()
    send(headOf(target, 'Content-Length: 20000000'))
    const answer = await ended
    t.strictSame(answersIn(answer), [status], target)
    t.match(answer, /\r\nconnection: close\r\n/i, target)
  }
})

t.test('what follows a request that was refused is neither its body nor another request', async t => {
  const nobody = new Access({ policy: { anonymous: ['pull'], rule: () => false, dynamicDepth: false } })
  const { send, ended } = await (await serve(t, { access: nobody }))()
  const hidden = 'GET /index.yaml HTTP/1.1\r\nHost: example.com\r\n\r\n'
  send(headOf('POST /api/charts HTTP/1.1', `Content-Length: ${hidden.length}`) + hidden + hidden)
  t.strictSame(answersIn(await ended), ['401'])
})

t.test('a body that grows beyond the limit is refused when it does', async t => {
  const { send, until, ended } = await (await serve(t, { maxUploadSize: 1000 }))()
  send(headOf('POST /api/charts HTTP/1.1', 'Transfer-Encoding: chunked'))
  await until(going)
  send(`7d0\r\n${'x'.repeat(2000)}\r\n`)
  t.strictSame(answersIn(await ended), ['100', '413'])
})

t.test('anything else that is expected is 417', async t => {
  const { send, ended } = await (await serve(t))()
  send('POST /api/charts HTTP/1.1\r\nHost: example.com\r\nExpect: 200-ok\r\nContent-Length: 5\r\n\r\n')
  const answer = await ended
  t.match(answer, /^HTTP\/1\.1 417 Expectation Failed\r\n/)
  t.match(answer, /\r\n\r\n\{"error":"the expectation is unknown"\}$/)
})

t.test('HTTP/1.0 knows no expectations', async t => {
  const { send, ended } = await (await serve(t))()
  send(headOf('POST /api/charts HTTP/1.0', `Content-Length: ${boat.length}`))
  send(boat)
  t.strictSame(answersIn(await ended), ['201'])
})

t.test('all of it over TLS, too', async t => {
  const tls = await openTlsFiles({ cert: tlsFile('server.pem'), key: tlsFile('server-key.pem') }, { files: localFiles, onFault: error => t.fail(String(error)) })
  const connect = await serve(t, { tls, maxUploadSize: boat.length })
  const allowed = await connect()
  allowed.send(headOf('POST /api/charts HTTP/1.1', `Content-Length: ${boat.length}`))
  t.equal(await allowed.until(going), going)
  allowed.send(boat)
  t.match(await allowed.until('{"saved":true}'), 'HTTP/1.1 201')
  allowed.socket.destroy()
  const refused = await connect()
  refused.send(headOf('POST /api/charts HTTP/1.1', `Content-Length: ${boat.length + 1}`))
  t.strictSame(answersIn(await refused.ended), ['413'])
  const unknown = await connect()
  unknown.send('POST /api/charts HTTP/1.1\r\nHost: example.com\r\nExpect: 200-ok\r\nContent-Length: 5\r\n\r\n')
  t.strictSame(answersIn(await unknown.ended), ['417'])
})
