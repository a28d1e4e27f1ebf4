import t from 'tap'
import { ApiClient, fetchRepositories } from '../../src/web/api-client.js'
import { apiErrorOf } from '../../src/web/errors.js'

/** A client whose server gives one answer, and the URLs that were asked. */
function clientOf (answer: () => Response): { api: ApiClient, asked: string[] } {
  const asked: string[] = []
  const api = new ApiClient({ api: 'http://127.0.0.1:8080/api/org1' }, async url => {
    asked.push(url)
    return answer()
  })
  return { api, asked }
}

const json = (value: unknown, status = 200): Response => new Response(JSON.stringify(value), { status })
const { signal } = new AbortController()

t.test('a part of the list', async t => {
  const { api, asked } = clientOf(() => json({ boat: [{ name: 'boat', version: '1.0.0' }], broken: 'text' }))
  const { names, charts } = await api.charts(10, 5)
  t.strictSame(asked, ['http://127.0.0.1:8080/api/org1/charts?offset=10&limit=5'])
  t.strictSame(names, ['boat', 'broken'])
  t.match(charts, [{ name: 'boat', versions: 1 }])
})

t.test('names and versions are encoded', async t => {
  const { api, asked } = clientOf(() => json([{ name: 'a/b', version: '1+2' }]))
  t.match(await api.versions('a/b?', signal), [{ name: 'a/b', version: '1+2' }])
  await api.values('a/b', '1+2', signal)
  t.strictSame(asked, ['http://127.0.0.1:8080/api/org1/charts/a%2Fb%3F', 'http://127.0.0.1:8080/api/org1/charts/a%2Fb/1%2B2/values'])
  t.equal(api.valuesUrl('a', '1+2'), 'http://127.0.0.1:8080/api/org1/charts/a/1%2B2/values')
})

t.test('values come as they stand', async t => {
  const { api } = clientOf(() => new Response('a: 1 # one\n'))
  t.equal(await api.values('boat', '1.0.0', signal), 'a: 1 # one\n')
})

t.test('each failure has its code', async t => {
  const list = (answer: () => Response): Promise<unknown> => clientOf(answer).api.charts(0, 5)
  const chart = (answer: () => Response): Promise<unknown> => clientOf(answer).api.versions('boat', signal)
  await t.rejects(list(() => json({ error: 'not found' }, 404)), { code: 'api-off', message: 'The server answered 404: not found' })
  await t.rejects(list(() => new Response('<html>', { status: 404 })), { code: 'api-off', message: 'The server answered 404' })
  await t.rejects(chart(() => json({ error: 'chart not found' }, 404)), { code: 'not-found', message: 'The server answered 404: chart not found' })
  await t.rejects(chart(() => json({ error: 'not found' }, 404)), { code: 'api-off' })
  await t.rejects(list(() => json({ error: 'unauthorized' }, 401)), { code: 'refused' })
  await t.rejects(list(() => json({ error: 'no repository can have this name' }, 400)), { code: 'malformed', message: 'The server answered 400: no repository can have this name' })
  await t.rejects(list(() => json(['error'], 500)), { code: 'failed', message: 'The server answered 500' })
  await t.rejects(list(() => new Response('<html>')), { code: 'unreadable' })
  await t.rejects(list(() => json(null)), { code: 'unreadable' })
  await t.rejects(list(() => { throw new TypeError('fetch failed') }), { code: 'unreachable', message: 'fetch failed' })
})

t.test('a request that was given up is no failure', async t => {
  const aborted = new DOMException('The operation was aborted', 'AbortError')
  await t.rejects(clientOf(() => { throw aborted }).api.versions('boat', signal), aborted)
  t.equal(apiErrorOf(aborted), undefined)
  t.match(apiErrorOf(new Error('odd')), { code: 'failed', message: 'odd' })
  t.match(apiErrorOf('text'), { code: 'failed', message: 'text' })
})

t.test('the repositories of a server', async t => {
  const asked: string[] = []
  const fetchOnly = (answer: Response) => async (url: string): Promise<Response> => {
    asked.push(url)
    return answer
  }
  const server = { alias: 'ctx', url: 'https://example.com/ctx' }
  t.match(await fetchRepositories(server, fetchOnly(json([{ name: 'org1', charts: 1, versions: 2 }]))), [{ name: 'org1', charts: 1, versions: 2 }])
  t.strictSame(asked, ['https://example.com/ctx/api/tenants'])
  await t.rejects(fetchRepositories(server, fetchOnly(json({}))), { code: 'unreadable' })
  await t.rejects(fetchRepositories(server, fetchOnly(json({ error: 'not found' }, 404))), { code: 'api-off' })
  await t.rejects(fetchRepositories(server, fetchOnly(json({ error: 'unauthorized' }, 401))), { code: 'refused' })
})
