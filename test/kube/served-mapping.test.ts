import t from 'tap'
import { Discovery } from '../../src/kube/discovery.js'
import { servedMapping } from '../../src/kube/served-mapping.js'
import { fakeCluster } from '../helpers/cluster-client.js'

const budget = { group: 'policy', kind: 'PodDisruptionBudget', plural: 'poddisruptionbudgets', namespaced: true }
const scaler = { group: 'autoscaling', kind: 'HorizontalPodAutoscaler', plural: 'horizontalpodautoscalers', namespaced: true }

for (const aggregated of [true, false]) {
  t.test(`where an object is that was sent once (${aggregated ? 'aggregated discovery' : 'an older server'})`, async t => {
    const { server, transport } = await fakeCluster(t)
    server.aggregated = aggregated
    const ingress = { group: 'networking.k8s.io', version: 'v1', kind: 'Ingress', plural: 'ingresses', namespaced: true }
    server.kinds.push({ ...budget, version: 'v1' }, { ...scaler, version: 'v2' }, { ...scaler, version: 'v1' }, ingress)
    const discovery = new Discovery(transport)
    const found = async (group: string, version: string, kind: string): Promise<string | undefined> => {
      const mapping = await servedMapping({ group, version, kind }, discovery)
      return mapping === undefined ? undefined : `${mapping.group}/${mapping.version} ${mapping.plural}`
    }
    t.equal(await found('policy', 'v1', 'PodDisruptionBudget'), 'policy/v1 poddisruptionbudgets', 'as it was sent')
    t.equal(await found('policy', 'v1beta1', 'PodDisruptionBudget'), 'policy/v1 poddisruptionbudgets', 'in another version')
    t.equal(await found('autoscaling', 'v2beta2', 'HorizontalPodAutoscaler'), 'autoscaling/v2 horizontalpodautoscalers', 'in that which the API prefers')
    t.equal(await found('autoscaling', 'v1', 'HorizontalPodAutoscaler'), 'autoscaling/v1 horizontalpodautoscalers')
    t.equal(await found('apps', 'v1beta2', 'Deployment'), 'apps/v1 deployments')
    t.equal(await found('extensions', 'v1beta1', 'Deployment'), 'apps/v1 deployments', 'in another group')
    t.equal(await found('extensions', 'v1beta1', 'Ingress'), 'networking.k8s.io/v1 ingresses')
    t.equal(await found('example.com', 'v1', 'Ingress'), undefined, 'of another group that has such a kind, too')
    t.equal(await found('policy', 'v1beta1', 'PodSecurityPolicy'), undefined)
    t.equal(await found('extensions', 'v1beta1', 'PodSecurityPolicy'), undefined)
    t.equal(await found('', 'v2', 'Pod'), '/v1 pods')
  })
}

t.test('while a server of the group does not answer, nothing is taken for gone', async t => {
  const { server, transport } = await fakeCluster(t)
  server.aggregated = false
  server.kinds.push({ group: 'metrics.example.com', version: 'v2', kind: 'Metric', plural: 'metrics', namespaced: true })
  server.fault = ({ path }) => path.includes('metrics.example.com') ? { status: 503, message: 'not now' } : undefined
  const metric = { group: 'metrics.example.com', version: 'v1', kind: 'Metric' }
  await t.rejects(servedMapping(metric, new Discovery(transport)), { code: 'no-match', message: 'no matches for kind "Metric" in version "metrics.example.com/v1"' })
  server.fault = ({ path }) => path === '/apis' ? { status: 403, message: 'no discovery for you' } : undefined
  await t.rejects(servedMapping(metric, new Discovery(transport)), { code: 'forbidden' })
})
