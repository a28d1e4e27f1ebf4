import t from 'tap'
import { chartArchive } from '../../helpers/chart-archive.js'
import { testServer, upload } from '../../helpers/test-server.js'

t.test('charts and requests are counted under ChartMuseum\'s names', async t => {
  const { app } = await testServer(t)
  await upload(app, await chartArchive('boat', '0.1.0'))
  await upload(app, await chartArchive('boat', '0.2.0'))
  await app.inject('/charts/boat-0.1.0.tgz?secret=1')
  await app.inject('/nowhere/at/all')
  const { body } = await app.inject('/metrics')
  t.match(body, 'chartmuseum_charts_served_total{repo=""} 1\n')
  t.match(body, 'chartmuseum_chart_versions_served_total{repo=""} 2\n')
  t.match(body, 'chartmuseum_requests_total{code="201",method="POST",url="/api/charts"} 2\n')
  t.match(body, 'chartmuseum_requests_total{code="200",method="GET",url="/charts/:filename"} 1\n')
  t.match(body, 'chartmuseum_requests_total{code="404",method="GET",url="none"} 1\n')
  t.notMatch(body, 'secret', 'nothing that a client wrote becomes a label')
  t.match(body, /process_cpu_seconds_total/)
})

t.test('there are none unless they are wanted', async t => {
  const { app } = await testServer(t, { metrics: false })
  t.equal((await app.inject('/metrics')).statusCode, 404)
})

t.test('repositories have their own numbers, and one route between them', async t => {
  const { app } = await testServer(t, { paths: { contextPath: '', depth: 0, dynamic: true } })
  for (const tenant of ['/a', '/a/b']) await app.inject({ method: 'POST', url: `/api${tenant}/charts`, payload: await chartArchive('boat', '0.1.0') })
  for (const url of ['/a/index.yaml', '/a/b/index.yaml', '/nobody/index.yaml?x=1', '/index.yaml']) await app.inject({ url, headers: { host: `${Math.random()}.example.com` } })
  const { body } = await app.inject('/metrics')
  t.match(body, 'chartmuseum_charts_served_total{repo="a"} 1\n')
  t.match(body, 'chartmuseum_charts_served_total{repo="a/b"} 1\n')
  t.match(body, 'chartmuseum_requests_total{code="200",method="GET",url="/:repo/index.yaml"} 3\n')
  t.match(body, 'chartmuseum_requests_total{code="200",method="GET",url="/index.yaml"} 1\n')
  t.match(body, 'chartmuseum_requests_total{code="201",method="POST",url="/api/:repo/charts"} 2\n')
  t.notMatch(body, /nobody|example\.com/)
  await app.inject({ method: 'DELETE', url: '/api/tenants?name=a' })
  t.notMatch((await app.inject('/metrics')).body, 'repo="a"', 'a repository that is gone has none')
})
