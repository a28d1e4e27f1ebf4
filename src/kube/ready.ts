import { at, intAt, listAt, textAt, type KubeObject } from './objects.js'

/** Where an object is on its way, in kstatus' words. */
export type Progress = 'Current' | 'InProgress' | 'Failed' | 'Terminating' | 'NotFound' | 'Unknown'

/** The progress of one object, and a sentence about it. */
export interface ObjectStatus {
  readonly progress: Progress
  readonly message: string
}

/** A status condition. */
interface Condition {
  readonly type: string
  readonly status: string
  readonly reason: string
  readonly message: string
}

type Rule = (object: KubeObject, now: Date) => ObjectStatus

/**
 * How far an object is, by kstatus' rules, which Helm 4's `--wait` follows: what all kinds have (deletion, generations, `Reconciling` and
 * `Stalled`), then the kind's own rule, then a `Ready` condition; an object that says nothing is current.
 *
 * @param object the live object, with its status
 * @param now for Pods that wait for a node
 */
export function objectStatus (object: KubeObject, now: Date): ObjectStatus {
  return commonStatus(object) ?? ruleOf(object)?.(object, now) ?? readyCondition(object) ?? current('Resource is current')
}

/**
 * How far a hook is: a Job or Pod must have run to its end; any other object counts as soon as it is there.
 *
 * @param object the live object
 */
export function hookStatus (object: KubeObject): ObjectStatus {
  const common = commonStatus(object)
  if (common !== undefined) return common
  switch (ruleKey(object)) {
    case 'batch/Job': return jobEnd(object)
    case 'Pod': return podEnd(object)
    default: return current('Resource is current')
  }
}

/**
 * As `objectStatus`, but a Job is ready only when it is done (`--wait-for-jobs`).
 */
export function statusWithJobs (object: KubeObject, now: Date): ObjectStatus {
  return ruleKey(object) === 'batch/Job' ? commonStatus(object) ?? jobEnd(object) : objectStatus(object, now)
}

function current (message: string): ObjectStatus {
  return { progress: 'Current', message }
}

function inProgress (message: string): ObjectStatus {
  return { progress: 'InProgress', message }
}

function failed (message: string): ObjectStatus {
  return { progress: 'Failed', message }
}

function commonStatus (object: KubeObject): ObjectStatus | undefined {
  if (textAt(object, ['metadata', 'deletionTimestamp']) !== '') return { progress: 'Terminating', message: 'Resource scheduled for deletion' }
  const generation = intAt(object, ['metadata', 'generation'], undefined)
  const observed = intAt(object, ['status', 'observedGeneration'], undefined)
  if (generation !== undefined && observed !== undefined && generation !== observed) {
    return inProgress(`${textAt(object, ['kind'])} generation is ${generation}, but latest observed generation is ${observed}`)
  }
  for (const condition of conditionsOf(object)) {
    if (condition.type === 'Reconciling' && condition.status === 'True') return inProgress(condition.message)
    if (condition.type === 'Stalled' && condition.status === 'True') return failed(condition.message)
  }
  return undefined
}

function readyCondition (object: KubeObject): ObjectStatus | undefined {
  const ready = conditionsOf(object).find(condition => condition.type === 'Ready' && ['True', 'False', 'Unknown'].includes(condition.status))
  if (ready === undefined) return undefined
  return ready.status === 'True' ? current('Resource is Ready') : inProgress(ready.message)
}

function conditionsOf (object: KubeObject): Condition[] {
  return listAt(object, 'status', 'conditions').map(each => ({
    type: textAt(each, ['type']), status: textAt(each, ['status']), reason: textAt(each, ['reason']), message: textAt(each, ['message'])
  }))
}

/** `apps/Deployment`, or `Pod` for the core group: the version does not matter. */
function ruleKey (object: KubeObject): string {
  const apiVersion = textAt(object, ['apiVersion'])
  const slash = apiVersion.indexOf('/')
  const kind = textAt(object, ['kind'])
  return slash < 0 ? kind : `${apiVersion.slice(0, slash)}/${kind}`
}

function ruleOf (object: KubeObject): Rule | undefined {
  return rules.get(ruleKey(object))
}

const alwaysReady: Rule = () => current('Resource is always ready')

const rules: ReadonlyMap<string, Rule> = new Map<string, Rule>([
  ['Service', service],
  ['Pod', pod],
  ['Secret', alwaysReady],
  ['ConfigMap', alwaysReady],
  ['PersistentVolumeClaim', claim],
  ['apps/StatefulSet', statefulSet],
  ['apps/DaemonSet', daemonSet],
  ['extensions/DaemonSet', daemonSet],
  ['apps/Deployment', deployment],
  ['extensions/Deployment', deployment],
  ['apps/ReplicaSet', replicaSet],
  ['extensions/ReplicaSet', replicaSet],
  ['policy/PodDisruptionBudget', () => current('AllowedDisruptions has been computed.')],
  ['batch/CronJob', alwaysReady],
  ['batch/Job', job],
  ['apiextensions.k8s.io/CustomResourceDefinition', customResourceDefinition]
])

/** A count in the status, zero when it is not told. */
function count (object: KubeObject, field: string, fallback = 0): number {
  return intAt(object, ['status', field], fallback)
}

/** The first comparison that falls short, as `Label: have/want`. */
function shortfall (checks: ReadonlyArray<readonly [label: string, have: number, want: number]>): ObjectStatus | undefined {
  const short = checks.find(([, have, want]) => have < want)
  return short === undefined ? undefined : inProgress(`${short[0]}: ${short[1]}/${short[2]}`)
}

function surplus (have: number, want: number): ObjectStatus | undefined {
  return have > want ? inProgress(`Pending termination: ${have - want}`) : undefined
}

function deployment (object: KubeObject): ObjectStatus {
  const conditions = conditionsOf(object)
  if (conditions.some(each => each.type === 'Progressing' && each.reason === 'ProgressDeadlineExceeded')) return failed('Progress deadline exceeded')
  const wanted = intAt(object, ['spec', 'replicas'], 1)
  const [replicas, updated] = [count(object, 'replicas'), count(object, 'updatedReplicas')]
  return shortfall([['Replicas', replicas, wanted], ['Updated', updated, wanted]]) ??
    surplus(replicas, wanted) ??
    shortfall([['Available', count(object, 'availableReplicas'), updated], ['Ready', count(object, 'readyReplicas'), wanted]]) ??
    deploymentConditions(object, conditions) ??
    current(`Deployment is available. Replicas: ${replicas}`)
}

/** The highest whole number of 32 bits: what a Deployment without a deadline is given. */
const noDeadline = 2_147_483_647

function deploymentConditions (object: KubeObject, conditions: readonly Condition[]): ObjectStatus | undefined {
  const progressing = intAt(object, ['spec', 'progressDeadlineSeconds'], noDeadline) === noDeadline ||
    conditions.some(each => each.type === 'Progressing' && each.status === 'True' && each.reason === 'NewReplicaSetAvailable')
  if (!progressing) return inProgress('ReplicaSet not Available')
  const available = conditions.some(each => each.type === 'Available' && each.status === 'True')
  return available ? undefined : inProgress('Deployment not Available')
}

function replicaSet (object: KubeObject): ObjectStatus {
  if (conditionsOf(object).some(each => each.type === 'ReplicaFailure' && each.status === 'True')) return inProgress('Replica Failure condition. Check Pods')
  const wanted = intAt(object, ['spec', 'replicas'], 1)
  const replicas = count(object, 'replicas')
  return shortfall([
    ['Labelled', count(object, 'fullyLabeledReplicas'), wanted],
    ['Available', count(object, 'availableReplicas'), wanted],
    ['Ready', count(object, 'readyReplicas'), wanted]
  ]) ?? surplus(replicas, wanted) ?? current(`ReplicaSet is available. Replicas: ${replicas}`)
}

function statefulSet (object: KubeObject): ObjectStatus {
  if (textAt(object, ['spec', 'updateStrategy', 'type']) === 'OnDelete') return current('StatefulSet is using the ondelete update strategy')
  const wanted = intAt(object, ['spec', 'replicas'], 1)
  const replicas = count(object, 'replicas')
  const common = shortfall([['Replicas', replicas, wanted], ['Ready', count(object, 'readyReplicas'), wanted]]) ?? surplus(replicas, wanted)
  return common ?? partition(object, wanted) ?? shortfall([['current', count(object, 'currentReplicas'), wanted]]) ?? revision(object) ??
    current(`All replicas scheduled as expected. Replicas: ${replicas}`)
}

function partition (object: KubeObject, wanted: number): ObjectStatus | undefined {
  const kept = intAt(object, ['spec', 'updateStrategy', 'rollingUpdate', 'partition'], -1)
  if (kept === -1) return undefined
  const updated = count(object, 'updatedReplicas')
  return shortfall([['updated', updated, wanted - kept]]) ?? current(`Partition rollout complete. updated: ${updated}`)
}

function revision (object: KubeObject): ObjectStatus | undefined {
  const same = textAt(object, ['status', 'currentRevision']) === textAt(object, ['status', 'updateRevision'])
  return same ? undefined : inProgress('Waiting for updated revision to match current')
}

function daemonSet (object: KubeObject): ObjectStatus {
  const kind = textAt(object, ['kind'])
  for (const path of [['metadata', 'generation'], ['status', 'observedGeneration']]) {
    if (intAt(object, path, undefined) === undefined) return inProgress(`${kind} ${path.join('.')} not found`)
  }
  const wanted = count(object, 'desiredNumberScheduled', -1)
  if (wanted === -1) return inProgress('Missing .status.desiredNumberScheduled')
  return shortfall([
    ['Current', count(object, 'currentNumberScheduled'), wanted],
    ['Updated', count(object, 'updatedNumberScheduled'), wanted],
    ['Available', count(object, 'numberAvailable'), wanted],
    ['Ready', count(object, 'numberReady'), wanted]
  ]) ?? current(`All replicas scheduled as expected. Replicas: ${wanted}`)
}

function claim (object: KubeObject): ObjectStatus {
  const phase = textAt(object, ['status', 'phase'], 'unknown')
  return phase === 'Bound' ? current('PVC is Bound') : inProgress(`PVC is not Bound. phase: ${phase}`)
}

function service (object: KubeObject): ObjectStatus {
  const waiting = textAt(object, ['spec', 'type']) === 'LoadBalancer' && textAt(object, ['spec', 'clusterIP']) === ''
  return waiting ? inProgress('ClusterIP not set. Service type: LoadBalancer') : current('Service is ready')
}

function pod (object: KubeObject, now: Date): ObjectStatus {
  const phase = textAt(object, ['status', 'phase'])
  switch (phase) {
    case 'Succeeded': return current('Pod has completed successfully')
    case 'Failed': return current('Pod has completed, but not successfully')
    case 'Running': return runningPod(object)
    case 'Pending': return pendingPod(object, now)
    case '': return inProgress('Pod phase not available')
    default: return { progress: 'Unknown', message: `unknown phase ${phase}` }
  }
}

function runningPod (object: KubeObject): ObjectStatus {
  if (conditionsOf(object).some(each => each.type === 'Ready' && each.status === 'True')) return current('Pod is Ready')
  const looping = listAt(object, 'status', 'containerStatuses')
    .filter(each => textAt(each, ['state', 'waiting', 'reason']) === 'CrashLoopBackOff')
    .map(each => textAt(each, ['name']))
  return looping.length > 0 ? failed(`Containers in CrashLoop state: ${looping.join(',')}`) : inProgress('Pod is running but is not Ready')
}

/** How long a Pod may look for a node, in milliseconds. */
const scheduleWindow = 15_000

function pendingPod (object: KubeObject, now: Date): ObjectStatus {
  const unschedulable = conditionsOf(object).some(each => each.type === 'PodScheduled' && each.status === 'False' && each.reason === 'Unschedulable')
  if (!unschedulable) return inProgress('Pod is in the Pending phase')
  const age = now.getTime() - Date.parse(textAt(object, ['metadata', 'creationTimestamp']))
  return age > scheduleWindow ? failed('Pod could not be scheduled') : inProgress('Pod has not been scheduled')
}

function podEnd (object: KubeObject): ObjectStatus {
  const name = textAt(object, ['metadata', 'name'])
  switch (textAt(object, ['status', 'phase'])) {
    case 'Succeeded': return current(`pod ${name} succeeded`)
    case 'Failed': return failed(`pod ${name} failed`)
    default: return inProgress('Pod in progress')
  }
}

/** A Job's end, if it came to one. */
function jobOutcome (object: KubeObject): ObjectStatus | undefined {
  const completions = intAt(object, ['spec', 'completions'], intAt(object, ['spec', 'parallelism'], 1))
  const ended = conditionsOf(object).find(each => each.status === 'True' && (each.type === 'Complete' || each.type === 'Failed'))
  if (ended === undefined) return undefined
  return ended.type === 'Complete'
    ? current(`Job Completed. succeeded: ${count(object, 'succeeded')}/${completions}`)
    : failed(`Job Failed. failed: ${count(object, 'failed')}/${completions}`)
}

function jobEnd (object: KubeObject): ObjectStatus {
  return jobOutcome(object) ?? inProgress('Job in progress')
}

function job (object: KubeObject): ObjectStatus {
  const started = textAt(object, ['status', 'startTime']) !== ''
  const counts = `success:${count(object, 'succeeded')}, active: ${count(object, 'active')}, failed: ${count(object, 'failed')}`
  return jobOutcome(object) ?? (started ? current(`Job in progress. ${counts}`) : inProgress('Job not started'))
}

function customResourceDefinition (object: KubeObject): ObjectStatus {
  for (const each of conditionsOf(object)) {
    if (each.type === 'NamesAccepted' && each.status === 'False') return failed(each.message)
    if (each.type !== 'Established') continue
    if (each.status === 'False' && each.reason !== 'Installing') return failed(each.message)
    if (each.status === 'True') return current('CRD is established')
  }
  return inProgress('Install in progress')
}

/** Whether waiting passes the object over: a Deployment that is paused is never done. */
export function isPaused (object: KubeObject): boolean {
  return ruleKey(object) === 'apps/Deployment' && at(object, 'spec', 'paused') === true
}
