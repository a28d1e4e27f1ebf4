import { marshalJson } from '../go/json.js'
import { Int, type Value } from '../go/value.js'
import { at, dictAt, intAt, listAt, textAt, textsAt, type KubeObject } from './objects.js'
import type { ObjectStatus } from './ready.js'
import { selectorText } from './selector.js'

/** Reads the objects of a kind that a selector names, beside the one that is looked at. */
export type ListBeside = (plural: 'pods' | 'replicasets', labelSelector: string) => Promise<readonly Value[]>

/** How far an object is. */
export type LegacyRule = (live: KubeObject, list: ListBeside) => ObjectStatus | Promise<ObjectStatus>

const ready: ObjectStatus = { progress: 'Current', message: 'Resource is ready' }

/** Helm 3's rules by version and kind; whatever has none is ready, whether it is there or not. */
const rules: ReadonlyMap<string, LegacyRule> = new Map<string, LegacyRule>([
  ['v1/Pod', pod],
  ['v1/PersistentVolumeClaim', claim],
  ['v1/Service', service],
  ['v1/ReplicationController', controller],
  ['apps/v1/ReplicaSet', controller],
  ['apps/v1/Deployment', deployment],
  ['apps/v1/DaemonSet', daemonSet],
  ['apps/v1/StatefulSet', statefulSet],
  ['apiextensions.k8s.io/v1/CustomResourceDefinition', customResourceDefinition],
  ['apiextensions.k8s.io/v1beta1/CustomResourceDefinition', customResourceDefinition]
])

/**
 * The rule by which Helm 3 waits for an object (`ReadyChecker`); undefined when it does not.
 *
 * @param apiVersion such as `apps/v1`
 * @param kind the object's
 * @param withJobs whether Jobs are waited for
 */
export function legacyRule (apiVersion: string, kind: string, withJobs: boolean): LegacyRule | undefined {
  return withJobs && apiVersion === 'batch/v1' && kind === 'Job' ? job : rules.get(`${apiVersion}/${kind}`)
}

/**
 * How far a hook is: Jobs and Pods run to their end.
 *
 * @param live the hook
 * @param kind `Job`, or `Pod`
 */
export function legacyHookStatus (live: KubeObject, kind: string): ObjectStatus {
  const name = textAt(live, ['metadata', 'name'])
  if (kind === 'Job') {
    const ended = listAt(live, 'status', 'conditions').find(each => textAt(each, ['status']) === 'True' && ['Complete', 'Failed'].includes(textAt(each, ['type'])))
    if (ended === undefined) return waits('Job in progress')
    return textAt(ended, ['type']) === 'Complete' ? ready : { progress: 'Failed', message: `job ${name} failed: ${textAt(ended, ['reason'])}` }
  }
  switch (textAt(live, ['status', 'phase'])) {
    case 'Succeeded': return ready
    case 'Failed': return { progress: 'Failed', message: `pod ${name} failed` }
    default: return waits('Pod in progress')
  }
}

function waits (message: string): ObjectStatus {
  return { progress: 'InProgress', message }
}

/** A count in the status; one that is not told is zero. */
function count (object: Value, field: string): number {
  return intAt(object, ['status', field], 0)
}

function unobserved (object: Value): ObjectStatus | undefined {
  const [generation, observed] = [intAt(object, ['metadata', 'generation'], 0), count(object, 'observedGeneration')]
  return generation === observed ? undefined : waits(`${textAt(object, ['kind'])} generation is ${generation}, but latest observed generation is ${observed}`)
}

function hasCondition (object: Value, type: string, status: string): boolean {
  return listAt(object, 'status', 'conditions').some(each => textAt(each, ['type']) === type && textAt(each, ['status']) === status)
}

function pod (live: KubeObject): ObjectStatus {
  return hasCondition(live, 'Ready', 'True') ? ready : waits('Pod is not ready')
}

function claim (live: KubeObject): ObjectStatus {
  return textAt(live, ['status', 'phase']) === 'Bound' ? ready : waits('PersistentVolumeClaim is not bound')
}

function service (live: KubeObject): ObjectStatus {
  const type = textAt(live, ['spec', 'type'])
  if (type === 'ExternalName') return ready
  if (textAt(live, ['spec', 'clusterIP']) === '') return waits('Service does not have cluster IP address')
  const isBalanced = listAt(live, 'spec', 'externalIPs').length > 0 || at(live, 'status', 'loadBalancer', 'ingress') !== undefined
  return type !== 'LoadBalancer' || isBalanced ? ready : waits('Service does not have load balancer ingress IP address')
}

function customResourceDefinition (live: KubeObject): ObjectStatus {
  // Names that are taken are not Helm's trouble.
  return hasCondition(live, 'Established', 'True') || hasCondition(live, 'NamesAccepted', 'False') ? ready : waits('CRD is not established')
}

function job (live: KubeObject): ObjectStatus {
  if (count(live, 'failed') > intAt(live, ['spec', 'backoffLimit'], 0)) {
    return { progress: 'Failed', message: `job is failed: ${textAt(live, ['metadata', 'namespace'])}/${textAt(live, ['metadata', 'name'])}` }
  }
  const completions = intAt(live, ['spec', 'completions'], 0)
  return count(live, 'succeeded') < completions ? waits(`Job is not completed: ${count(live, 'succeeded')}/${completions}`) : ready
}

/** ReplicaSets and replication controllers: all of their Pods are ready. */
async function controller (live: KubeObject, list: ListBeside): Promise<ObjectStatus> {
  const stale = unobserved(live)
  if (stale !== undefined) return stale
  const pods = await list('pods', selectorOf(live))
  const unready = pods.filter(each => !hasCondition(each, 'Ready', 'True')).length
  return unready === 0 ? ready : waits(`Pods: ${pods.length - unready}/${pods.length}`)
}

/** What selects an object's own: the labels of a replication controller stand by themselves. */
function selectorOf (live: KubeObject): string {
  if (textAt(live, ['apiVersion']) !== 'v1') return selectorText(live)
  return [...textsAt(live, 'spec', 'selector')].map(([name, value]) => `${name}=${value}`).join(',')
}

/** The ReplicaSet of the present template has as many ready Pods as a rolling update keeps at least. */
async function deployment (live: KubeObject, list: ListBeside): Promise<ObjectStatus> {
  if (at(live, 'spec', 'paused') === true) return ready
  const current = newReplicaSet(live, await list('replicasets', selectorOf(live)))
  if (current === undefined) return waits('ReplicaSet is not there yet')
  const stale = unobserved(current) ?? unobserved(live)
  if (stale !== undefined) return stale
  const expected = intAt(live, ['spec', 'replicas'], 1) - maxUnavailable(live)
  return count(current, 'readyReplicas') < expected ? waits(`Ready: ${count(current, 'readyReplicas')}/${expected}`) : ready
}

/** The oldest one of its own that has its template (deploymentutil.FindNewReplicaSet). */
function newReplicaSet (live: KubeObject, all: readonly Value[]): Value | undefined {
  const [uid, template] = [textAt(live, ['metadata', 'uid']), templateText(live)]
  const isOwn = (set: Value): boolean => listAt(set, 'metadata', 'ownerReferences').some(owner => at(owner, 'controller') === true && textAt(owner, ['uid']) === uid)
  const order = (set: Value): string => `${textAt(set, ['metadata', 'creationTimestamp'])} ${textAt(set, ['metadata', 'name'])}`
  return all.filter(set => isOwn(set) && templateText(set) === template).sort((a, b) => order(a) < order(b) ? -1 : 1)[0]
}

/** The template without the label that tells ReplicaSets apart; both were given their defaults by the same server. */
function templateText (object: Value): string {
  const template = dictAt(object, 'spec', 'template')
  const metadata = dictAt(template, 'metadata')
  const own = new Map([...dictAt(metadata, 'labels')].filter(([name]) => name !== 'pod-template-hash'))
  return marshalJson(new Map([...template, ['metadata', new Map([...metadata, ['labels', own]])]]))
}

function maxUnavailable (live: KubeObject): number {
  const replicas = intAt(live, ['spec', 'replicas'], 1)
  if (textAt(live, ['spec', 'strategy', 'type']) !== 'RollingUpdate' || replicas === 0) return 0
  const of = (field: string, round: (value: number) => number): number => share(at(live, 'spec', 'strategy', 'rollingUpdate', field), replicas, round) ?? 0
  const unavailable = of('maxUnavailable', Math.floor)
  // Neither more nor less would leave no way to change anything.
  return Math.min(replicas, unavailable === 0 && of('maxSurge', Math.ceil) === 0 ? 1 : unavailable)
}

/** A number, or a share in percent. */
function share (value: Value | undefined, total: number, round: (value: number) => number): number | undefined {
  if (value instanceof Int) return Number(value.value)
  const percent = typeof value === 'string' ? /^(\d+)%$/.exec(value)?.[1] : undefined
  return percent === undefined ? undefined : round(Number(percent) * total / 100)
}

function daemonSet (live: KubeObject): ObjectStatus {
  const stale = unobserved(live)
  if (stale !== undefined) return stale
  if (textAt(live, ['spec', 'updateStrategy', 'type']) !== 'RollingUpdate') return ready
  const desired = count(live, 'desiredNumberScheduled')
  if (count(live, 'updatedNumberScheduled') !== desired) return waits(`Updated: ${count(live, 'updatedNumberScheduled')}/${desired}`)
  const expected = desired - (share(at(live, 'spec', 'updateStrategy', 'rollingUpdate', 'maxUnavailable'), desired, Math.ceil) ?? desired)
  return count(live, 'numberReady') < expected ? waits(`Ready: ${count(live, 'numberReady')}/${expected}`) : ready
}

function statefulSet (live: KubeObject): ObjectStatus {
  const stale = unobserved(live)
  if (stale !== undefined) return stale
  if (textAt(live, ['spec', 'updateStrategy', 'type']) !== 'RollingUpdate') return ready
  const partition = intAt(live, ['spec', 'updateStrategy', 'rollingUpdate', 'partition'], 0)
  const replicas = intAt(live, ['spec', 'replicas'], 1)
  const [updated, readyReplicas] = [count(live, 'updatedReplicas'), count(live, 'readyReplicas')]
  if (updated < replicas - partition) return waits(`Updated: ${updated}/${replicas - partition}`)
  if (readyReplicas !== replicas) return waits(`Ready: ${readyReplicas}/${replicas}`)
  const isOld = partition === 0 && textAt(live, ['status', 'currentRevision']) !== textAt(live, ['status', 'updateRevision'])
  return isOld ? waits('Waiting for updated revision to match current') : ready
}
