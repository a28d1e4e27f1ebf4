import t from 'tap'
import { Discovery } from '../../src/kube/discovery.js'
import { pathOf } from '../../src/kube/mapping.js'
import { fakeCluster } from '../helpers/cluster-client.js'

const deployment = { group: 'apps', version: 'v1', kind: 'Deployment' }

for (const aggregated of [true, false]) {
  t.test(aggregated ? 'aggregated: two requests tell everything' : 'an older server is asked for each group and version', async t => {
    const { server, transport } = await fakeCluster(t)
    server.aggregated = aggregated
    const discovery = new Discovery(transport)
    const mapping = await discovery.mapping(deployment)
    t.strictSame(mapping, { ...deployment, plural: 'deployments', namespaced: true })
    t.equal(pathOf(mapping, 'team-a', 'web'), '/apis/apps/v1/namespaces/team-a/deployments/web')
    t.equal(pathOf(mapping, ''), '/apis/apps/v1/deployments')
    const namespace = await discovery.mapping({ group: '', version: 'v1', kind: 'Namespace' })
    t.equal(pathOf(namespace, 'ignored', 'a/b'), '/api/v1/namespaces/a%2Fb')
    t.strictSame(server.log().sort(), aggregated
      ? ['GET /api', 'GET /apis']
      : ['GET /api', 'GET /api/v1', 'GET /apis', 'GET /apis/apiextensions.k8s.io/v1', 'GET /apis/apps/v1', 'GET /apis/batch/v1'])
    const groups = await discovery.groups()
    t.strictSame(groups.map(({ name }) => name).sort(), ['apiextensions.k8s.io/v1', 'apps/v1', 'batch/v1', 'v1'])
    if (aggregated) t.strictSame(groups.find(({ name }) => name === 'apps/v1')?.kinds, ['Deployment', 'Scale'])
  })
}

t.test('a kind that is not known is looked for once more, since it may be new', async t => {
  const { server, transport } = await fakeCluster(t)
  const discovery = new Discovery(transport)
  const boat = { group: 'example.com', version: 'v1', kind: 'Boat' }
  await t.rejects(discovery.mapping(boat), { code: 'no-match', message: 'no matches for kind "Boat" in version "example.com/v1"' })
  server.kinds.push({ ...boat, plural: 'boats', namespaced: true })
  t.equal((await discovery.mapping(boat)).plural, 'boats')
})

t.test('an API whose server is gone is told of, and others go on', async t => {
  const { server, transport, client, warnings } = await fakeCluster(t)
  server.aggregated = false
  server.kinds.push({ group: 'metrics.example.com', version: 'v1', kind: 'Metric', plural: 'metrics', namespaced: true })
  server.fault = ({ path }) => path.includes('metrics.example.com') ? { status: 503, message: 'the server is currently unable to handle the request' } : undefined
  await t.rejects(new Discovery(transport).mapping({ group: 'metrics.example.com', version: 'v1', kind: 'Metric' }), {
    code: 'no-match', message: 'no matches for kind "Metric" in version "metrics.example.com/v1" (the server is currently unable to handle the request)'
  })
  const capabilities = await client.capabilities()
  t.equal(capabilities.kubeVersion.version, 'v1.36.3')
  t.equal(capabilities.apiVersions.has('apps/v1/Deployment'), true)
  t.equal(capabilities.apiVersions.has('metrics.example.com/v1'), false)
  t.match(warnings, [/orphaned API service: .*metrics\.example\.com\/v1: the server is currently unable/, /kubectl delete apiservice/])
})

t.test('an API that aggregated discovery calls stale is left out, and not told of', async t => {
  const { server, transport, client, warnings } = await fakeCluster(t)
  server.kinds.push({ group: 'metrics.example.com', version: 'v1', kind: 'Metric', plural: 'metrics', namespaced: true })
  server.stale.add('metrics.example.com')
  await t.rejects(new Discovery(transport).mapping({ group: 'metrics.example.com', version: 'v1', kind: 'Metric' }), {
    code: 'no-match', message: 'no matches for kind "Metric" in version "metrics.example.com/v1" (stale GroupVersion discovery: metrics.example.com/v1)'
  })
  t.equal((await client.capabilities()).apiVersions.has('metrics.example.com/v1'), false)
  t.strictSame(warnings, [])
})

t.test('capabilities: groups, versions and kinds, sorted', async t => {
  const { client } = await fakeCluster(t)
  const { apiVersions } = await client.capabilities()
  t.strictSame(apiVersions.versions.filter(version => version.startsWith('apps/')), ['apps/v1', 'apps/v1/Deployment', 'apps/v1/Scale'])
  t.equal(apiVersions.has('v1/Pod'), true)
  t.strictSame([...apiVersions.versions], [...apiVersions.versions].sort())
})

t.test('a failure is not remembered', async t => {
  const { server, transport } = await fakeCluster(t)
  const discovery = new Discovery(transport)
  server.fault = () => ({ status: 403, message: 'forbidden' })
  await t.rejects(discovery.groups(), { code: 'forbidden' })
  server.fault = () => undefined
  t.ok((await discovery.groups()).length > 0)
})
