import { pino } from 'pino'
import t from 'tap'
import type { Answer } from '../../../src/server/plugins/request-log.js'
import { RequestLog } from '../../../src/server/plugins/request-log.js'
import { testServer } from '../../helpers/test-server.js'
import type { Scope } from '../../helpers/test-server.js'

/** A server, and what it logs of answers. */
async function logging (t: Scope, options: Parameters<typeof testServer>[1] = {}): Promise<{ get: (url: string) => Promise<unknown>, lines: Array<{ level: string } & Answer> }> {
  const lines: Array<{ level: string } & Answer> = []
  const { app } = await testServer(t, { logAnswer: (level, answer) => lines.push({ level, ...answer }), paths: { contextPath: '', depth: 1, dynamic: false }, ...options })
  return { lines, get: url => app.inject({ url, headers: { 'x-forwarded-for': '203.0.113.9' } }) }
}

t.test('a line for each request, with ChartMuseum\'s fields', async t => {
  const { get, lines } = await logging(t)
  await get('/org1/index.yaml?token=secret')
  t.match(lines, [{ level: 'info', path: '/org1/index.yaml', clientIP: '127.0.0.1', method: 'GET', statusCode: 200, latency: /^[\d.]+(µs|ms|s)$/, reqID: 'fresh-id' }])
  t.notMatch(JSON.stringify(lines), /secret|203\.0\.113/, 'neither a query nor what a client says of its address')
})

t.test('what went wrong is a warning, or an error', async t => {
  const { get, lines } = await logging(t)
  await get('/nowhere')
  await get('/%ff')
  t.match(lines, [{ level: 'warn', statusCode: 404, path: '/nowhere' }, { level: 'warn', statusCode: 400, path: '/%ff' }])
})

t.test('probes are not told of, unless that is wanted', async t => {
  const quiet = await logging(t)
  await quiet.get('/health')
  await quiet.get('/ready')
  t.strictSame(quiet.lines, [])
  const loud = await logging(t, { logHealth: true })
  await loud.get('/health')
  t.match(loud.lines, [{ path: '/health', statusCode: 200 }])
})

t.test('latencies may be whole numbers of nanoseconds', async t => {
  const { get, lines } = await logging(t, { logLatencyInteger: true })
  await get('/info')
  t.ok(Number.isInteger(lines[0]?.latency))
})

t.test('what else is said of a request has its id, and nothing is made for those of which nothing is', async t => {
  const made: unknown[] = []
  const lines: unknown[] = []
  const parent = pino({ base: null, onChild: child => made.push(child) }, { write: line => { lines.push(JSON.parse(line)) } })
  const log = new RequestLog(parent, { reqID: 'r' })
  t.equal(log.level, 'info')
  t.strictSame(made, [])
  log.error({ a: 1 }, 'It failed')
  log.debug('unsaid')
  log.child({ b: 2 }).warn('more')
  t.match(lines, [{ level: 50, reqID: 'r', a: 1, msg: 'It failed' }, { level: 40, reqID: 'r', b: 2, msg: 'more' }])
  t.equal(made.length, 2)
})
