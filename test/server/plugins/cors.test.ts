import t from 'tap'
import { testServer } from '../../helpers/test-server.js'

t.test('answers of the API may be read by pages of other origins, where that is set', async t => {
  for (const paths of [{ contextPath: '', depth: 0, dynamic: false }, { contextPath: '/ctx', depth: 1, dynamic: false }]) {
    const { app } = await testServer(t, { corsAllowOrigin: 'https://ui.example.com', paths })
    const tenant = paths.depth === 1 ? '/org1' : ''
    const origin = async (url: string): Promise<unknown> => (await app.inject(paths.contextPath + url)).headers['access-control-allow-origin']
    t.equal(await origin(`/api${tenant}/charts`), 'https://ui.example.com')
    t.equal(await origin(`/api${tenant}/charts/raft`), 'https://ui.example.com', 'a refusal too')
    t.equal(await origin(`${tenant}/index.yaml`), undefined)
    t.equal(await origin('/health'), undefined)
    t.equal((await app.inject({ method: 'OPTIONS', url: `${paths.contextPath}/api${tenant}/charts` })).statusCode, 404, 'there is no preflight')
  }
})

t.test('and nowhere else', async t => {
  const { app } = await testServer(t)
  t.equal((await app.inject('/api/charts')).headers['access-control-allow-origin'], undefined)
})
