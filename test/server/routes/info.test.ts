import t from 'tap'
import { MemoryBackend } from '../../../storage/memory.js'
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
  t.equal(answer.body, '{"error":"database or storage does not answer"}')
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
