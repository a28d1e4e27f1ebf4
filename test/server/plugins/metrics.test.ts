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
