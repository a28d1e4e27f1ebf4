import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import type { TLSSocket } from 'node:tls'
import t from 'tap'
import type { Test } from 'tap'
import type { Access } from '../../src/kube/access.js'
import { Transport } from '../../src/kube/transport.js'
import { repositoryRoot } from '../cluster/repository-root.js'
import { FakeApiServer, type Fault } from '../helpers/fake-api-server.js'
import { ManualClock } from '../helpers/manual-clock.js'

interface World {
  readonly server: FakeApiServer
  readonly transport: Transport
  readonly clock: ManualClock
  readonly warnings: string[]
}

function accessTo (url: string, parts: Partial<Access> = {}): Access {
  const credential = { authorization: async () => 'Bearer abc', keyPair: async () => undefined, renew: async () => false }
  return { server: new URL(url), namespace: 'default', trust: { insecure: false }, credential, headers: [['Impersonate-User', 'bob']], ...parts }
}

async function world (t: Test, parts: Partial<Access> = {}, path = ''): Promise<World> {
  const server = await FakeApiServer.start()
  const clock = new ManualClock()
  const warnings: string[] = []
  const transport = new Transport(Promise.resolve(accessTo(server.url + path, parts)), { clock, env: {}, userAgent: 'Portolan/1', warn: message => warnings.push(message) })
  t.teardown(async () => {
    await transport.close()
    await server.stop()
  })
  return { server, transport, clock, warnings }
}

/** Faults one after another, then none. */
function faults (...list: Fault[]): () => Fault | undefined {
  return () => list.shift()
}

t.test('a request carries who asks, what it takes, and its body', async t => {
  const { server, transport } = await world(t)
  const answer = await transport.request({ method: 'GET', path: '/version', query: { a: 'b c' } })
  t.equal(answer.status, 200)
  t.match(answer.text, 'v1.36.3')
  t.equal(answer.contentType, 'application/json')
  const [asked] = server.requests
  t.equal(asked?.headers.authorization, 'Bearer abc')
  t.equal(asked?.headers['user-agent'], 'Portolan/1')
  t.equal(asked?.headers.accept, 'application/json')
  t.equal(asked?.headers['impersonate-user'], 'bob')
  t.equal(asked?.query.get('a'), 'b c')
  await transport.request({ method: 'POST', path: '/api/v1/namespaces', body: '{"metadata":{"name":"x"}}', contentType: 'application/x' })
  t.equal(server.requests[1]?.headers['content-type'], 'application/x')
})

t.test('a server below a path', async t => {
  const { server, transport } = await world(t, {}, '/k8s/clusters/c-1/')
  await t.rejects(transport.request({ method: 'GET', path: '/version' }))
  t.equal(server.requests[0]?.path, '/k8s/clusters/c-1/version')
})

t.test('the API\'s errors by their status and reason', async t => {
  const { server, transport } = await world(t)
  const codes = [
    [400, '', 'refused'], [401, '', 'unauthorized'], [403, '', 'forbidden'], [404, '', 'not-found'], [409, 'AlreadyExists', 'already-exists'],
    [409, 'Conflict', 'conflict'], [415, '', 'unsupported'], [422, '', 'invalid'], [429, '', 'too-many-requests'], [500, '', 'server']
  ] as const
  for (const [status, reason, code] of codes) {
    server.fault = faults({ status, reason, message: `no: ${status}` })
    await t.rejects(transport.request({ method: 'GET', path: '/version' }), { code, status, message: `no: ${status}` })
  }
  t.equal(server.requests.length, codes.length, 'none of them was asked again')
})

t.test('an answer that is no Status', async t => {
  const { transport, server } = await world(t)
  server.fault = faults({ status: 502, message: '' })
  await t.rejects(transport.request({ method: 'GET', path: '/version' }), {
    code: 'server', message: 'the server responded with the status code 502 but did not return more information (GET /version)'
  })
})

t.test('answers that say Retry-After are asked again, after so long', async t => {
  const { server, transport, clock } = await world(t)
  server.fault = faults(
    { status: 429, message: 'slow down', headers: { 'retry-after': '3' } },
    { status: 503, message: 'not now', headers: { 'retry-after': '500' } }
  )
  await transport.request({ method: 'POST', path: '/api/v1/namespaces', body: '{"metadata":{"name":"x"}}' })
  t.strictSame(clock.slept, [3000, 60_000], 'never longer than a minute')
  server.fault = () => ({ status: 429, message: 'slow down', headers: { 'retry-after': '1' } })
  await t.rejects(transport.request({ method: 'GET', path: '/version' }), { code: 'too-many-requests' })
  t.equal(clock.slept.length, 2 + 9, 'ten attempts at most')
})

t.test('an etcd that changes its leader is asked once more', async t => {
  const { server, transport } = await world(t)
  server.fault = faults({ status: 500, message: 'etcdserver: leader changed' })
  t.equal((await transport.request({ method: 'GET', path: '/version' })).status, 200)
  server.fault = () => ({ status: 500, message: 'etcdserver: leader changed' })
  await t.rejects(transport.request({ method: 'GET', path: '/version' }), { code: 'server' })
  t.equal(server.requests.length, 4)
})

t.test('a connection that breaks is tried anew where that does no harm', async t => {
  const { server, transport, clock } = await world(t)
  server.fault = faults('cut', 'cut')
  t.equal((await transport.request({ method: 'GET', path: '/version' })).status, 200)
  t.strictSame(clock.slept, [100, 200])
  server.fault = faults('cut')
  await t.rejects(transport.request({ method: 'POST', path: '/api/v1/namespaces', body: '{"metadata":{"name":"x"}}' }), { code: 'unreachable', message: /^Post "http.*namespaces": / })
  server.fault = () => 'cut'
  await t.rejects(transport.request({ method: 'PATCH', path: '/api/v1/namespaces/x', body: '{"metadata":{}}', idempotent: true }), { code: 'unreachable' })
  t.equal(server.requests.length, 3 + 1 + 4)
})

t.test('a 401 is tried once more with new credentials', async t => {
  let token = 1
  const credential = { authorization: async () => `Bearer ${token}`, keyPair: async () => undefined, renew: async () => ++token > 0 }
  const { server, transport } = await world(t, { credential })
  server.fault = ({ headers }) => headers.authorization === 'Bearer 2' ? undefined : { status: 401, message: 'Unauthorized' }
  t.equal((await transport.request({ method: 'GET', path: '/version' })).status, 200)
  server.fault = () => ({ status: 401, message: 'Unauthorized' })
  await t.rejects(transport.request({ method: 'GET', path: '/version' }), { code: 'unauthorized' })
  t.equal(server.requests.length, 4)
})

t.test('nobody there', async t => {
  const server = await FakeApiServer.start()
  const { port } = new URL(server.url)
  await server.stop()
  const transport = new Transport(Promise.resolve(accessTo(`http://127.0.0.1:${port}`)), { clock: new ManualClock(), env: {} })
  await t.rejects(transport.request({ method: 'GET', path: '/version' }), {
    code: 'unreachable', message: `Get "http://127.0.0.1:${port}/version": dial tcp 127.0.0.1:${port}: connect: connection refused`
  })
  await transport.close()
})

t.test('a kubeconfig that cannot be read is the failure of the first request', async t => {
  const transport = new Transport(Promise.reject(new Error('no kubeconfig')), { clock: new ManualClock(), env: {} })
  await t.rejects(transport.request({ method: 'GET', path: '/version' }), { message: 'no kubeconfig' })
})

t.test('the user ends it', async t => {
  const { server } = await world(t)
  const stop = new AbortController()
  const transport = new Transport(Promise.resolve(accessTo(server.url)), { clock: new ManualClock(), env: {}, signal: stop.signal })
  stop.abort()
  await t.rejects(transport.request({ method: 'GET', path: '/version' }), { code: 'cancelled', message: 'context canceled' })
  await transport.close()
})

t.test('warnings in headers are passed on', async t => {
  const { server, transport, warnings } = await world(t)
  server.fault = faults({ status: 400, message: 'x', headers: { warning: '299 - "v1beta1 is old, use \\"v1\\"", 299 - "second"' } })
  await t.rejects(transport.request({ method: 'GET', path: '/version' }))
  t.strictSame(warnings, ['v1beta1 is old, use "v1"', 'second'])
})

t.test('TLS: the server is checked, the client shows its certificate', async t => {
  const file = (name: string): string => readFileSync(join(repositoryRoot(import.meta.dirname), 'test', 'fixtures', 'tls', name), 'utf8')
  const seen: string[] = []
  const server = createTlsServer({ key: file('server-key.pem'), cert: file('server.pem'), ca: file('authority.pem'), requestCert: true, rejectUnauthorized: false })
  server.on('request', (request, response) => {
    const { authorized } = request.socket as TLSSocket
    seen.push(authorized ? 'somebody' : 'nobody')
    response.end('{}')
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  t.teardown(() => server.close())
  const url = `https://127.0.0.1:${(server.address() as AddressInfo).port}`
  const transports: Transport[] = []
  const ask = async (parts: Partial<Access>): Promise<unknown> => {
    const transport = new Transport(Promise.resolve(accessTo(url, parts)), { clock: new ManualClock(), env: {} })
    transports.push(transport)
    return await transport.request({ method: 'GET', path: '/version' })
  }
  t.teardown(async () => await Promise.all(transports.map(transport => transport.close())))
  await t.rejects(ask({}), { code: 'unreachable', message: /x509: certificate signed by unknown authority/ })
  const ca = file('authority.pem')
  await t.resolves(ask({ trust: { insecure: false, ca } }))
  await t.resolves(ask({ trust: { insecure: true } }))
  await t.rejects(ask({ trust: { insecure: false, ca, serverName: 'other.example.com' } }), { code: 'unreachable' })
  const keyPair = async (): Promise<{ cert: string, key: string }> => ({ cert: file('client.pem'), key: file('client-key.pem') })
  await t.resolves(ask({ trust: { insecure: false, ca }, credential: { authorization: async () => undefined, keyPair, renew: async () => false } }))
  t.strictSame(seen, ['nobody', 'nobody', 'somebody'])
})

t.test('a character of a line may come in two pieces', async t => {
  const bytes = Buffer.from('{"a":"ü"}\n{"b":1}\n')
  const middle = bytes.indexOf(0xc3) + 1
  const server = createServer((_request, response) => {
    response.write(bytes.subarray(0, middle))
    setImmediate(() => response.end(bytes.subarray(middle)))
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const transport = new Transport(Promise.resolve(accessTo(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)), { clock: new ManualClock(), env: {}, userAgent: 'Portolan/1' })
  t.teardown(async () => {
    await transport.close()
    server.close()
  })
  const lines: string[] = []
  await transport.follow({ method: 'GET', path: '/watch' }, new AbortController().signal, line => lines.push(line))
  t.strictSame(lines, ['{"a":"ü"}', '{"b":1}'])
})

t.test('many requests at once are no reason to warn', async t => {
  const server = await FakeApiServer.start()
  const { signal } = new AbortController()
  const transport = new Transport(Promise.resolve(accessTo(server.url)), { clock: new ManualClock(), env: {}, userAgent: 'Portolan/1', signal })
  t.teardown(async () => {
    await transport.close()
    await server.stop()
  })
  const warned: Error[] = []
  const warn = (warning: Error): void => { warned.push(warning) }
  process.on('warning', warn)
  t.teardown(() => { process.off('warning', warn) })
  await Promise.all(Array.from({ length: 20 }, async () => await transport.request({ method: 'GET', path: '/version' })))
  t.strictSame(warned, [])
})
