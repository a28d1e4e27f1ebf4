import type { FastifyInstance, LightMyRequestResponse } from 'fastify'
import t from 'tap'
import { chartArchive, evilArchive, evilKinds } from '../helpers/chart-archive.js'
import { form, provenance, testServer, upload } from '../helpers/test-server.js'
import type { TestServer } from '../helpers/test-server.js'

// What must never be taken: each is sent, and gets a 4xx with a JSON error; store and index stay as they were, and memory is given back.

/** All that a server holds, as text. */
async function holdings ({ app, backend }: TestServer): Promise<string> {
  const keys: string[] = []
  for await (const { key, size, etag } of backend.list('')) keys.push(`${key} ${size} ${etag}`)
  return [...keys, (await app.inject('/index.yaml')).body, (await app.inject('/api/charts')).body].join('\n')
}

/** Refuses only what a client is told in JSON, without a word of our own house. */
function checkRefusal (t: Tap, answer: LightMyRequestResponse, what: string): void {
  t.ok(answer.statusCode >= 400 && answer.statusCode < 500, `${what}: ${answer.statusCode} ${answer.body.slice(0, 120)}`)
  t.equal(answer.headers['content-type'], 'application/json; charset=utf-8', what)
  const { error } = answer.json<{ error: string }>()
  t.ok(error.length > 0 && error.length < 10_000, `${what} is told why`)
  t.notMatch(error, /node_modules|\.ts:|at Object|ENOENT|sqlite/i, `${what} tells nothing of our house`)
}

type Tap = Pick<typeof t, 'ok' | 'equal' | 'notMatch'>

t.test('evil archives, as a body and in a form', { timeout: 300_000 }, async t => {
  const server = await testServer(t)
  await upload(server.app, await chartArchive('boat', '0.1.0'))
  const before = await holdings(server)
  for (const kind of evilKinds) {
    const archive = evilArchive(kind)
    checkRefusal(t, await upload(server.app, archive), kind)
    checkRefusal(t, await server.app.inject({ method: 'POST', url: '/api/charts', ...form([['chart', archive]]) }), `${kind} in a form`)
    t.equal(await holdings(server), before, `${kind} left nothing behind`)
  }
})

t.test('names and versions that are none', async t => {
  const server = await testServer(t)
  const before = await holdings(server)
  const charts = [
    'name: ../x\nversion: 1.0.0', 'name: ../../evil\nversion: 1.0.0', 'name: .\nversion: 1.0.0', 'name: ..\nversion: 1.0.0', 'name: a/b\nversion: 1.0.0', 'name: ""\nversion: 1.0.0',
    'version: 1.0.0', 'name: boat', 'name: boat\nversion: nonsense', 'name: boat\nversion: 1.2.3.4', 'name: boat\nversion: ../1', 'name: boat\nversion: "1.0.0/../../x"', 'name: [boat]\nversion: 1.0.0',
    'name: boat\nversion: 1.0.0\ntype: vessel', `name: ${'n'.repeat(5000)}\nversion: 1.0.0`, '{', 'just text', ''
  ]
  for (const text of charts) {
    const chart = await chartArchive('evil', '1.0.0', { 'Chart.yaml': text === '' ? '' : `apiVersion: v2\n${text}\n` })
    checkRefusal(t, await upload(server.app, chart), JSON.stringify(text.slice(0, 50)))
  }
  for (const [file, text] of [['values.yaml', 'a: ['], ['Chart.lock', '- ['], ['values.yaml', 'a: &a [*a]']] as const) {
    checkRefusal(t, await upload(server.app, await chartArchive('evil', '1.0.0', { [file]: text })), `${file} ${text}`)
  }
  t.equal(await holdings(server), before)
})

t.test('provenance files that are none', async t => {
  const server = await testServer(t)
  const before = await holdings(server)
  for (const text of ['', 'garbage', provenance('../boat', '1.0.0'), provenance('..', '1.0.0'), provenance('a/b', '1'), '-----BEGIN PGP SIGNED MESSAGE-----\nno name\n']) {
    checkRefusal(t, await server.app.inject({ method: 'POST', url: '/api/prov', payload: text }), JSON.stringify(text.slice(0, 80)))
    checkRefusal(t, await server.app.inject({ method: 'POST', url: '/api/charts', ...form([['prov', text]]) }), `${JSON.stringify(text.slice(0, 80))} in a form`)
  }
  t.equal(await holdings(server), before)
})

t.test('paths that lead nowhere good', async t => {
  const server = await testServer(t)
  await upload(server.app, await chartArchive('boat', '0.1.0'))
  const before = await holdings(server)
  for (const [method, url] of [
    ['GET', '/charts/%2e%2e%2f%2e%2e%2fetc%2fpasswd.tgz'], ['GET', '/charts/..%5cboat.tgz'], ['GET', '/charts/%00.tgz'], ['GET', '/charts/%ff.tgz'], ['GET', '/%'],
    ['DELETE', '/api/charts/..%2f..%2fx/1'], ['DELETE', '/api/charts/.portolan/1'], ['GET', '/api/charts/__proto__'], ['GET', '/api/charts/constructor/1'], ['GET', '/api/charts/boat/%22%3E%3C'],
    ['GET', `/api/charts/${'n'.repeat(9000)}`]
  ] as const) checkRefusal(t, await server.app.inject({ method, url }), `${method} ${url.slice(0, 60)}`)
  t.equal(await holdings(server), before)
})

t.test('refusing bombs takes no lasting memory', { timeout: 300_000 }, async t => {
  const { app } = await testServer(t)
  const bombs = (['bomb of one file', 'bomb of many files', 'bomb behind the end', 'too many entries', 'aliases without end'] as const).map(evilArchive)
  const round = async (app: FastifyInstance): Promise<number> => {
    for (const bomb of bombs) await upload(app, bomb)
    global.gc?.()
    return process.memoryUsage().rss
  }
  await round(app)
  const first = await round(app)
  await round(app)
  const last = await round(app)
  t.ok(last - first < 100 * 1024 * 1024, `after two more rounds of bombs, ${Math.round((last - first) / 1024 / 1024)} MiB more`)
})
