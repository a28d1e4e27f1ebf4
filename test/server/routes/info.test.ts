import { once } from 'node:events'
import t from 'tap'
import type { Silence } from '../../../src/catalog/catalog.js'
import { MemoryBackend } from '../../../storage/memory.js'
import { listenOn, openRaw } from '../../helpers/raw-http.js'
import { testServer } from '../../helpers/test-server.js'

t.test('health, readiness and version', async t => {
  const { app } = await testServer(t)
  t.equal((await app.inject('/health')).body, '{"healthy":true}')
  t.equal((await app.inject('/ready')).body, '{"ready":true}')
  t.equal((await app.inject('/info')).body, '{"version":"0.0.0-test"}')
})

t.test('a server whose store is away lives, but is not ready', async t => {
  class LostBackend extends MemoryBackend {
    override async stat (): Promise<never> {
      throw new Error('the disk is on fire')
    }

    override list (): never {
      throw new Error('the disk is on fire')
    }
  }
  const { app } = await testServer(t, { backend: new LostBackend() })
  t.equal((await app.inject('/health')).statusCode, 200)
  const answer = await app.inject('/ready')
  t.equal(answer.statusCode, 503)
  t.equal(answer.body, '{"error":"storage does not answer"}')
})

t.test('it is said which part does not answer', async t => {
  const silences: Silence[] = []
  const { app, catalog } = await testServer(t)
  catalog.check = async () => silences
  const errors: string[] = []
  for (const part of ['database', 'storage'] as const) {
    silences.push({ part, reason: new Error('away') })
    errors.push((await app.inject('/ready')).body)
  }
  t.strictSame(errors, ['{"error":"database does not answer"}', '{"error":"database and storage do not answer"}'])
  t.match(await app.inject({ method: 'HEAD', url: '/ready' }), { statusCode: 503, body: '' })
})

t.test('a server that is stopping is not ready', async t => {
  let answer: (silences: Silence[]) => void = () => undefined
  const { app, catalog } = await testServer(t)
  const asked = new Promise<void>(resolve => {
    catalog.check = async () => {
      resolve()
      return await new Promise(resolve => { answer = resolve })
    }
  })
  const stopping = new Promise<void>(resolve => { app.addHook('preClose', async () => resolve()) })
  const { send, ended } = await openRaw(await listenOn(app))
  const ask = (): void => send('GET /ready HTTP/1.1\r\nHost: example.com\r\n\r\n')
  ask()
  await asked
  // The first request keeps the connection open, on which another one comes.
  const closed = app.close()
  await stopping
  const again = once(app.server, 'request')
  ask()
  await again
  answer([])
  const [, first, second] = (await ended).split('HTTP/1.1 ')
  t.match(first, /^200 OK/)
  t.match(second, /^503 Service Unavailable/)
  await closed
})

t.test('unknown paths and methods are 404 in JSON', async t => {
  const { app } = await testServer(t)
  for (const [method, url] of [['GET', '/nowhere'], ['POST', '/index.yaml'], ['OPTIONS', '/api/charts'], ['DELETE', '/api/charts']] as const) {
    const answer = await app.inject({ method, url })
    t.equal(answer.statusCode, 404, `${method} ${url}`)
    t.equal(answer.body, '{"error":"not found"}')
  }
})

t.test('a request id is echoed when harmless, and made otherwise', async t => {
  const { app } = await testServer(t)
  t.equal((await app.inject({ url: '/health', headers: { 'x-request-id': 'abc-123' } })).headers['x-request-id'], 'abc-123')
  t.equal((await app.inject({ url: '/health', headers: { 'x-request-id': 'a"b {evil}' } })).headers['x-request-id'], 'fresh-id')
  t.equal((await app.inject('/health')).headers['x-request-id'], 'fresh-id')
})
