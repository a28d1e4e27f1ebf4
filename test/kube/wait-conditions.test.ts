import t from 'tap'
import { parseCondition, type ConditionOn } from '../../src/kube/condition.js'
import { fakeCluster } from '../helpers/cluster-client.js'

const path = '/apis/apps/v1/namespaces/default/deployments/web'

t.test('conditions on objects that are found by kind, until they are met', async t => {
  const { client, server, clock } = await fakeCluster(t)
  const on = async (text: string): Promise<ConditionOn> => {
    const condition = parseCondition(text)
    return { resource: await client.locate(condition, 'default'), condition }
  }
  const conditions = [await on('deployment/web={.status.ready}=2'), await on('DEPLOYMENTS.apps/web={.status.ready}')]
  let ready = 0
  server.fault = () => {
    server.objects.set(path, { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'web' }, status: { ready: Math.min(2, ++ready) } })
    return undefined
  }
  await client.waitForConditions(conditions, { timeout: 5000 })
  t.ok(clock.slept.length > 0)
  await t.rejects(client.waitForConditions([await on('deployments/web={.status.no}'), await on('deployments/web={.status.ready}=2')], { timeout: 1000 }), {
    code: 'not-ready', message: 'resource Deployment/default/web not ready. status: InProgress, message: {.status.no} is not there\ncontext deadline exceeded'
  })
})

t.test('an object that is not there is waited for', async t => {
  const { client } = await fakeCluster(t)
  const condition = parseCondition('configmap/none={.data}')
  await t.rejects(client.waitForConditions([{ resource: await client.locate(condition, 'default'), condition }], { timeout: 1000 }), {
    code: 'not-ready', message: 'resource ConfigMap/default/none not ready. status: NotFound, message: Resource not found\ncontext deadline exceeded'
  })
})

t.test('kinds: unknown ones, and those without namespaces', async t => {
  const { client } = await fakeCluster(t)
  await t.rejects(client.locate({ kind: 'boat', name: 'x' }, 'default'), { code: 'no-match', message: 'the server doesn\'t have a resource type "boat"' })
  await t.rejects(client.locate({ kind: 'deployment', group: 'example.com', name: 'x' }, 'default'), { code: 'no-match', message: /"deployment.example.com"/ })
  t.match(await client.locate({ kind: 'namespace', name: 'x' }, 'default'), { namespace: '', name: 'x', mapping: { plural: 'namespaces' } })
})
