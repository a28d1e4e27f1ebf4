import t from 'tap'
import { parseObject } from '../../src/kube/json.js'
import { legacyHookStatus, legacyRule } from '../../src/kube/legacy-ready.js'
import type { Value } from '../../src/go/value.js'

type Json = Record<string, unknown>

function objectOf (json: Json): ReturnType<typeof parseObject> {
  return parseObject(JSON.stringify(json))
}

/** How far an object is by Helm 3's rule; `beside` is what is listed. */
async function status (apiVersion: string, kind: string, { beside = [], ...rest }: { beside?: readonly Json[], metadata?: Json, spec?: Json, status?: Json } = {}): Promise<string> {
  const rule = legacyRule(apiVersion, kind, true)
  if (rule === undefined) return 'no rule'
  const asked: string[] = []
  const list = async (plural: string, selector: string): Promise<readonly Value[]> => {
    asked.push(`${plural} ${selector}`)
    return beside.map(objectOf)
  }
  const { progress, message } = await rule(objectOf({ apiVersion, kind, ...rest, metadata: { name: 'x', namespace: 'n', uid: 'u', ...rest.metadata } }), list)
  return [progress === 'Current' ? 'ready' : `${progress}: ${message}`, ...asked].join(' | ')
}

const stale = { metadata: { generation: 2 }, status: { observedGeneration: 1 } }

t.test('what Helm does not know is not waited for', async t => {
  t.equal(await status('apps/v1beta1', 'Deployment'), 'no rule')
  t.equal(await status('x.example.com/v1', 'Pod'), 'no rule')
  t.equal(legacyRule('batch/v1', 'Job', false), undefined)
})

t.test('Pod, claim, CRD', async t => {
  const condition = (type: string, value: string): Json => ({ conditions: [{ type, status: value }] })
  t.equal(await status('v1', 'Pod', { status: { phase: 'Succeeded' } }), 'InProgress: Pod is not ready')
  t.equal(await status('v1', 'Pod', { status: condition('Ready', 'True') }), 'ready')
  t.equal(await status('v1', 'PersistentVolumeClaim', { status: { phase: 'Pending' } }), 'InProgress: PersistentVolumeClaim is not bound')
  t.equal(await status('v1', 'PersistentVolumeClaim', { status: { phase: 'Bound' } }), 'ready')
  for (const version of ['v1', 'v1beta1']) {
    t.equal(await status(`apiextensions.k8s.io/${version}`, 'CustomResourceDefinition'), 'InProgress: CRD is not established')
    t.equal(await status(`apiextensions.k8s.io/${version}`, 'CustomResourceDefinition', { status: condition('Established', 'True') }), 'ready')
    t.equal(await status(`apiextensions.k8s.io/${version}`, 'CustomResourceDefinition', { status: condition('NamesAccepted', 'False') }), 'ready')
  }
})

t.test('Service', async t => {
  t.equal(await status('v1', 'Service', { spec: { type: 'ExternalName' } }), 'ready')
  t.equal(await status('v1', 'Service', { spec: { type: 'ClusterIP' } }), 'InProgress: Service does not have cluster IP address')
  t.equal(await status('v1', 'Service', { spec: { clusterIP: 'None' } }), 'ready')
  const balanced = { type: 'LoadBalancer', clusterIP: '10.0.0.1' }
  t.equal(await status('v1', 'Service', { spec: balanced }), 'InProgress: Service does not have load balancer ingress IP address')
  t.equal(await status('v1', 'Service', { spec: { ...balanced, externalIPs: ['192.0.2.1'] } }), 'ready')
  t.equal(await status('v1', 'Service', { spec: balanced, status: { loadBalancer: { ingress: [{ ip: '192.0.2.1' }] } } }), 'ready')
})

t.test('Job', async t => {
  t.equal(await status('batch/v1', 'Job', { spec: { completions: 2, backoffLimit: 1 }, status: { succeeded: 1, failed: 1 } }), 'InProgress: Job is not completed: 1/2')
  t.equal(await status('batch/v1', 'Job', { spec: { completions: 2, backoffLimit: 1 }, status: { succeeded: 2 } }), 'ready')
  t.equal(await status('batch/v1', 'Job', { spec: { completions: 2, backoffLimit: 1 }, status: { failed: 2 } }), 'Failed: job is failed: n/x')
})

t.test('ReplicaSet and replication controller', async t => {
  const [good, bad] = [{ status: { conditions: [{ type: 'Ready', status: 'True' }] } }, {}]
  const spec = { selector: { matchLabels: { app: 'a' }, matchExpressions: [{ key: 'b', operator: 'Exists' }] } }
  t.equal(await status('apps/v1', 'ReplicaSet', stale), 'InProgress: ReplicaSet generation is 2, but latest observed generation is 1')
  t.equal(await status('apps/v1', 'ReplicaSet', { spec, beside: [good, bad] }), 'InProgress: Pods: 1/2 | pods app=a,b')
  t.equal(await status('v1', 'ReplicationController', { spec: { selector: { app: 'a' } }, beside: [good] }), 'ready | pods app=a')
})

const template = { metadata: { labels: { app: 'a' } }, spec: { containers: [] } }

/** A ReplicaSet of the Deployment's. */
function replicaSet (ready: number, changes: Json = {}): Json {
  const metadata = { name: 'x-1', ownerReferences: [{ uid: 'u', controller: true }], creationTimestamp: '2026-01-01T00:00:00Z', ...changes['metadata'] as Json | undefined }
  return { kind: 'ReplicaSet', metadata, spec: { template: { ...template, metadata: { labels: { 'pod-template-hash': 'h', app: 'a' } } }, ...changes['spec'] as Json | undefined }, status: { readyReplicas: ready } }
}

/** How far a Deployment of three is. */
async function deployed (beside: readonly Json[], spec: Json = {}, rest: { metadata?: Json, status?: Json } = {}): Promise<string> {
  const text = await status('apps/v1', 'Deployment', { spec: { replicas: 3, template, selector: { matchLabels: { app: 'a' } }, ...spec }, ...rest, beside })
  return text.replace(' | replicasets app=a', '')
}

t.test('Deployment: the ReplicaSet of its template', async t => {
  t.equal(await deployed([]), 'InProgress: ReplicaSet is not there yet')
  t.equal(await deployed([replicaSet(3)]), 'ready')
  t.equal(await deployed([replicaSet(2)]), 'InProgress: Ready: 2/3')
  t.equal(await deployed([replicaSet(3, { metadata: { ownerReferences: [{ uid: 'other', controller: true }] } })]), 'InProgress: ReplicaSet is not there yet')
  t.equal(await deployed([replicaSet(3, { spec: { template: { spec: { containers: ['x'] } } } })]), 'InProgress: ReplicaSet is not there yet')
  t.equal(await deployed([replicaSet(3, { metadata: { name: 'b' } }), replicaSet(0, { metadata: { name: 'a' } })]), 'InProgress: Ready: 0/3', 'the oldest, by name when they are as old')
  t.equal(await deployed([replicaSet(3)], {}, stale), 'InProgress: Deployment generation is 2, but latest observed generation is 1')
  t.equal(await deployed([replicaSet(3, { metadata: { generation: 4 } })]), 'InProgress: ReplicaSet generation is 4, but latest observed generation is 0')
  t.equal(await deployed([], { paused: true }), 'ready')
})

t.test('Deployment: what a rolling update may do without', async t => {
  const strategy = (maxUnavailable: unknown, maxSurge: unknown): Json => ({ strategy: { type: 'RollingUpdate', rollingUpdate: { maxUnavailable, maxSurge } } })
  t.equal(await deployed([replicaSet(2)], strategy(1, 0)), 'ready')
  t.equal(await deployed([replicaSet(2)], strategy('25%', '25%')), 'InProgress: Ready: 2/3', 'rounded down')
  t.equal(await deployed([replicaSet(2)], strategy('25%', 0)), 'ready', 'one at least, where nothing may be added')
  t.equal(await deployed([replicaSet(0)], strategy(7, 1)), 'ready')
  t.equal(await deployed([replicaSet(0)], { replicas: 0, ...strategy(1, 1) }), 'ready')
})

t.test('DaemonSet', async t => {
  const of = async (changes: Json, updateStrategy: Json = { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: '10%' } }): Promise<string> =>
    await status('apps/v1', 'DaemonSet', { spec: { updateStrategy }, status: { desiredNumberScheduled: 3, updatedNumberScheduled: 3, numberReady: 2, ...changes } })
  t.equal(await status('apps/v1', 'DaemonSet', stale), 'InProgress: DaemonSet generation is 2, but latest observed generation is 1')
  t.equal(await of({ updatedNumberScheduled: 2 }), 'InProgress: Updated: 2/3')
  t.equal(await of({}), 'ready', 'rounded up')
  t.equal(await of({ numberReady: 1 }), 'InProgress: Ready: 1/2')
  t.equal(await of({ numberReady: 0 }, { type: 'OnDelete' }), 'ready')
  t.equal(await of({ numberReady: 0 }, { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: 'x' } }), 'ready')
})

t.test('StatefulSet', async t => {
  const of = async (changes: Json, rollingUpdate: Json | null = null): Promise<string> =>
    await status('apps/v1', 'StatefulSet', { spec: { replicas: 3, updateStrategy: { type: 'RollingUpdate', rollingUpdate } }, status: { updatedReplicas: 3, readyReplicas: 3, currentRevision: 'a', updateRevision: 'a', ...changes } })
  t.equal(await status('apps/v1', 'StatefulSet', stale), 'InProgress: StatefulSet generation is 2, but latest observed generation is 1')
  t.equal(await of({}), 'ready')
  t.equal(await of({ updatedReplicas: 2 }), 'InProgress: Updated: 2/3')
  t.equal(await of({ readyReplicas: 2 }), 'InProgress: Ready: 2/3')
  t.equal(await of({ updateRevision: 'b' }), 'InProgress: Waiting for updated revision to match current')
  t.equal(await of({ updateRevision: 'b', updatedReplicas: 1 }, { partition: 2 }), 'ready')
  t.equal(await status('apps/v1', 'StatefulSet', { spec: { updateStrategy: { type: 'OnDelete' } } }), 'ready')
})

t.test('hooks', async t => {
  const text = (kind: string, fields: Json): string => {
    const { progress, message } = legacyHookStatus(objectOf({ metadata: { name: 'h' }, status: fields }), kind)
    return progress === 'Current' ? 'ready' : `${progress}: ${message}`
  }
  t.equal(text('Job', {}), 'InProgress: Job in progress')
  t.equal(text('Job', { conditions: [{ type: 'Complete', status: 'True' }] }), 'ready')
  t.equal(text('Job', { conditions: [{ type: 'Suspended', status: 'True' }, { type: 'Failed', status: 'True', reason: 'BackoffLimitExceeded' }] }), 'Failed: job h failed: BackoffLimitExceeded')
  t.equal(text('Pod', { phase: 'Running' }), 'InProgress: Pod in progress')
  t.equal(text('Pod', { phase: 'Succeeded' }), 'ready')
  t.equal(text('Pod', { phase: 'Failed' }), 'Failed: pod h failed')
})
