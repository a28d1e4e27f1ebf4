import t from 'tap'
import { parseObject } from '../../src/kube/json.js'
import { hookStatus, isPaused, objectStatus, statusWithJobs, type ObjectStatus } from '../../src/kube/ready.js'

const now = new Date('2026-01-01T00:01:00Z')

type Json = Record<string, unknown>

function objectOf (apiVersion: string, kind: string, rest: Json = {}): ReturnType<typeof parseObject> {
  return parseObject(JSON.stringify({ apiVersion, kind, metadata: { name: 'x', ...rest['metadata'] as Json | undefined }, spec: rest['spec'] ?? {}, status: rest['status'] ?? {} }))
}

function status (apiVersion: string, kind: string, rest: Json = {}): string {
  return text(objectStatus(objectOf(apiVersion, kind, rest), now))
}

function text ({ progress, message }: ObjectStatus): string {
  return `${progress}: ${message}`
}

const condition = (type: string, value: string, more: Json = {}): Json => ({ type, status: value, ...more })

t.test('all kinds: deletion, generations, and the conditions of kstatus', async t => {
  t.equal(status('x.example.com/v1', 'X'), 'Current: Resource is current')
  t.equal(status('x.example.com/v1', 'X', { metadata: { deletionTimestamp: '2026-01-01T00:00:00Z' } }), 'Terminating: Resource scheduled for deletion')
  t.equal(status('x.example.com/v1', 'X', { metadata: { generation: 2 }, status: { observedGeneration: 1 } }), 'InProgress: X generation is 2, but latest observed generation is 1')
  t.equal(status('x.example.com/v1', 'X', { status: { conditions: [condition('Reconciling', 'True', { message: 'busy' })] } }), 'InProgress: busy')
  t.equal(status('x.example.com/v1', 'X', { status: { conditions: [condition('Stalled', 'True', { message: 'stuck' })] } }), 'Failed: stuck')
  t.equal(status('x.example.com/v1', 'X', { status: { conditions: [condition('Ready', 'False', { message: 'soon' })] } }), 'InProgress: soon')
  t.equal(status('x.example.com/v1', 'X', { status: { conditions: [condition('Ready', 'True')] } }), 'Current: Resource is Ready')
  t.equal(status('v1', 'ConfigMap'), 'Current: Resource is always ready')
})

t.test('Deployment', async t => {
  const done = { replicas: 2, updatedReplicas: 2, readyReplicas: 2, availableReplicas: 2, conditions: [condition('Progressing', 'True', { reason: 'NewReplicaSetAvailable' }), condition('Available', 'True')] }
  const of = (changes: Json, spec: Json = {}): string => status('apps/v1', 'Deployment', { spec: { replicas: 2, progressDeadlineSeconds: 600, ...spec }, status: { ...done, ...changes } })
  t.equal(of({}), 'Current: Deployment is available. Replicas: 2')
  t.equal(of({ replicas: 1 }), 'InProgress: Replicas: 1/2')
  t.equal(of({ updatedReplicas: 0 }), 'InProgress: Updated: 0/2')
  t.equal(of({ replicas: 3 }), 'InProgress: Pending termination: 1')
  t.equal(of({ availableReplicas: 1 }), 'InProgress: Available: 1/2')
  t.equal(of({ readyReplicas: 1 }), 'InProgress: Ready: 1/2')
  t.equal(of({ conditions: [] }), 'InProgress: ReplicaSet not Available')
  t.equal(of({ conditions: [] }, { progressDeadlineSeconds: 2147483647 }), 'InProgress: Deployment not Available')
  t.equal(of({ conditions: [condition('Progressing', 'False', { reason: 'ProgressDeadlineExceeded' })] }), 'Failed: Progress deadline exceeded')
  t.equal(isPaused(objectOf('apps/v1', 'Deployment', { spec: { paused: true } })), true)
  t.equal(isPaused(objectOf('apps/v1', 'Deployment')), false)
})

t.test('ReplicaSet', async t => {
  const done = { replicas: 1, fullyLabeledReplicas: 1, availableReplicas: 1, readyReplicas: 1 }
  const of = (changes: Json): string => status('apps/v1', 'ReplicaSet', { status: { ...done, ...changes } })
  t.equal(of({}), 'Current: ReplicaSet is available. Replicas: 1')
  t.equal(of({ fullyLabeledReplicas: 0 }), 'InProgress: Labelled: 0/1')
  t.equal(of({ availableReplicas: 0 }), 'InProgress: Available: 0/1')
  t.equal(of({ readyReplicas: 0 }), 'InProgress: Ready: 0/1')
  t.equal(of({ replicas: 2 }), 'InProgress: Pending termination: 1')
  t.equal(of({ conditions: [condition('ReplicaFailure', 'True')] }), 'InProgress: Replica Failure condition. Check Pods')
})

t.test('StatefulSet', async t => {
  const done = { replicas: 3, readyReplicas: 3, currentReplicas: 3, updatedReplicas: 3, currentRevision: 'a', updateRevision: 'a' }
  const of = (changes: Json, updateStrategy: Json = {}): string => status('apps/v1', 'StatefulSet', { spec: { replicas: 3, updateStrategy }, status: { ...done, ...changes } })
  t.equal(of({}), 'Current: All replicas scheduled as expected. Replicas: 3')
  t.equal(of({ replicas: 0 }, { type: 'OnDelete' }), 'Current: StatefulSet is using the ondelete update strategy')
  t.equal(of({ replicas: 2 }), 'InProgress: Replicas: 2/3')
  t.equal(of({ readyReplicas: 2 }), 'InProgress: Ready: 2/3')
  t.equal(of({ replicas: 4 }), 'InProgress: Pending termination: 1')
  t.equal(of({ currentReplicas: 1 }), 'InProgress: current: 1/3')
  t.equal(of({ updateRevision: 'b' }), 'InProgress: Waiting for updated revision to match current')
  t.equal(of({ updatedReplicas: 0 }, { rollingUpdate: { partition: 2 } }), 'InProgress: updated: 0/1')
  t.equal(of({ updatedReplicas: 1, updateRevision: 'b' }, { rollingUpdate: { partition: 2 } }), 'Current: Partition rollout complete. updated: 1')
})

t.test('DaemonSet', async t => {
  const done = { observedGeneration: 1, desiredNumberScheduled: 2, currentNumberScheduled: 2, updatedNumberScheduled: 2, numberAvailable: 2, numberReady: 2 }
  const of = (changes: Json, metadata: Json = { generation: 1 }): string => status('apps/v1', 'DaemonSet', { metadata, status: { ...done, ...changes } })
  t.equal(of({}), 'Current: All replicas scheduled as expected. Replicas: 2')
  t.equal(of({}, {}), 'InProgress: DaemonSet metadata.generation not found')
  t.equal(of({ observedGeneration: undefined }), 'InProgress: DaemonSet status.observedGeneration not found')
  t.equal(of({ desiredNumberScheduled: undefined }), 'InProgress: Missing .status.desiredNumberScheduled')
  t.equal(of({ currentNumberScheduled: 1 }), 'InProgress: Current: 1/2')
  t.equal(of({ updatedNumberScheduled: 1 }), 'InProgress: Updated: 1/2')
  t.equal(of({ numberAvailable: 1 }), 'InProgress: Available: 1/2')
  t.equal(of({ numberReady: 1 }), 'InProgress: Ready: 1/2')
})

t.test('PersistentVolumeClaim, Service, PodDisruptionBudget', async t => {
  t.equal(status('v1', 'PersistentVolumeClaim', { status: { phase: 'Bound' } }), 'Current: PVC is Bound')
  t.equal(status('v1', 'PersistentVolumeClaim'), 'InProgress: PVC is not Bound. phase: unknown')
  t.equal(status('v1', 'Service'), 'Current: Service is ready')
  t.equal(status('v1', 'Service', { spec: { type: 'LoadBalancer' } }), 'InProgress: ClusterIP not set. Service type: LoadBalancer')
  t.equal(status('v1', 'Service', { spec: { type: 'LoadBalancer', clusterIP: '10.0.0.1' } }), 'Current: Service is ready')
  t.equal(status('policy/v1', 'PodDisruptionBudget'), 'Current: AllowedDisruptions has been computed.')
})

t.test('Pod', async t => {
  const of = (phase: string, more: Json = {}, metadata: Json = {}): string => status('v1', 'Pod', { metadata, status: { phase, ...more } })
  t.equal(of('Succeeded'), 'Current: Pod has completed successfully')
  t.equal(of('Failed'), 'Current: Pod has completed, but not successfully')
  t.equal(of('Running', { conditions: [condition('Ready', 'True')] }), 'Current: Pod is Ready')
  t.equal(of('Running'), 'InProgress: Pod is running but is not Ready')
  t.equal(of('Running', { containerStatuses: [{ name: 'c', state: { waiting: { reason: 'CrashLoopBackOff' } } }, { name: 'd', state: { running: {} } }] }), 'Failed: Containers in CrashLoop state: c')
  t.equal(of('Pending'), 'InProgress: Pod is in the Pending phase')
  const homeless = { conditions: [condition('PodScheduled', 'False', { reason: 'Unschedulable' })] }
  t.equal(of('Pending', homeless, { creationTimestamp: '2026-01-01T00:00:50Z' }), 'InProgress: Pod has not been scheduled')
  t.equal(of('Pending', homeless, { creationTimestamp: '2026-01-01T00:00:30Z' }), 'Failed: Pod could not be scheduled')
  t.equal(of(''), 'InProgress: Pod phase not available')
  t.equal(of('Odd'), 'Unknown: unknown phase Odd')
})

t.test('Job: running is ready, unless jobs are waited for', async t => {
  const complete = { status: { succeeded: 1, conditions: [condition('Complete', 'True')] } }
  const failed = { spec: { completions: 2 }, status: { failed: 3, conditions: [condition('Failed', 'True')] } }
  const running = { status: { startTime: '2026-01-01T00:00:00Z', active: 1 } }
  t.equal(status('batch/v1', 'Job', complete), 'Current: Job Completed. succeeded: 1/1')
  t.equal(status('batch/v1', 'Job', failed), 'Failed: Job Failed. failed: 3/2')
  t.equal(status('batch/v1', 'Job', running), 'Current: Job in progress. success:0, active: 1, failed: 0')
  t.equal(status('batch/v1', 'Job'), 'InProgress: Job not started')
  t.equal(text(statusWithJobs(objectOf('batch/v1', 'Job', running), now)), 'InProgress: Job in progress')
  t.equal(text(statusWithJobs(objectOf('batch/v1', 'Job', complete), now)), 'Current: Job Completed. succeeded: 1/1')
  t.equal(text(statusWithJobs(objectOf('v1', 'Service'), now)), 'Current: Service is ready')
})

t.test('CustomResourceDefinition', async t => {
  const of = (...conditions: Json[]): string => status('apiextensions.k8s.io/v1', 'CustomResourceDefinition', { status: { conditions } })
  t.equal(of(), 'InProgress: Install in progress')
  t.equal(of(condition('Established', 'True')), 'Current: CRD is established')
  t.equal(of(condition('Established', 'False', { reason: 'Installing' })), 'InProgress: Install in progress')
  t.equal(of(condition('Established', 'False', { reason: 'Bad', message: 'why' })), 'Failed: why')
  t.equal(of(condition('NamesAccepted', 'False', { message: 'taken' })), 'Failed: taken')
})

t.test('hooks: Jobs and Pods run to their end, others are there', async t => {
  t.equal(text(hookStatus(objectOf('v1', 'Pod', { status: { phase: 'Running', conditions: [condition('Ready', 'True')] } }))), 'InProgress: Pod in progress')
  t.equal(text(hookStatus(objectOf('v1', 'Pod', { status: { phase: 'Succeeded' } }))), 'Current: pod x succeeded')
  t.equal(text(hookStatus(objectOf('v1', 'Pod', { status: { phase: 'Failed' } }))), 'Failed: pod x failed')
  t.equal(text(hookStatus(objectOf('batch/v1', 'Job', { status: { startTime: 'x' } }))), 'InProgress: Job in progress')
  t.equal(text(hookStatus(objectOf('apps/v1', 'Deployment', { spec: { replicas: 3 } }))), 'Current: Resource is current')
})
