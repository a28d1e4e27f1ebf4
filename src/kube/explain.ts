import type { Value } from '../go/value.js'
import { parseObject } from './json.js'
import { pathOf, type Mapping } from './mapping.js'
import { listAt, textAt, type KubeObject } from './objects.js'
import { containerReasons, newestWarnings, warningOf } from './reasons.js'
import type { Resource } from './resource.js'
import { selectorText } from './selector.js'
import type { Transport } from './transport.js'

const pods: Mapping = { group: '', version: 'v1', kind: 'Pod', plural: 'pods', namespaced: true }
const events: Mapping = { group: '', version: 'v1', kind: 'Event', plural: 'events', namespaced: true }

/** Kinds whose Pods tell why they are not ready. */
const workloads = new Set(['Deployment', 'StatefulSet', 'DaemonSet', 'ReplicaSet', 'Job'])

/** How many of an object's Pods are looked at more closely, and how much is told of each. */
const maxPods = 3
const maxWarnings = 2
const maxReasons = 5
/** How many objects are read at most: what is bigger than that is not read to its end. */
const limit = '500'

/**
 * Finds out why an object is not ready, from the warnings about it and about those of its Pods that are not ready either, and from what their
 * containers wait for.
 *
 * @param transport to the cluster
 * @param resource the object
 * @param live as it lives
 * @returns sentences, those of a Pod with its name before them; no more than a few
 * @throws {KubeError} when Pods or events cannot be read
 */
export async function explain (transport: Transport, resource: Resource, live: KubeObject): Promise<readonly string[]> {
  const unready = workloads.has(resource.mapping.kind) ? await unreadyPods(transport, resource.namespace, live) : []
  const [own, ofPods] = await Promise.all([warningsAbout(transport, live), Promise.all(unready.map(async pod => await podReasons(transport, pod)))])
  return [...own, ...once(ofPods.flat())].slice(0, maxReasons)
}

interface PodReason {
  readonly pod: string
  readonly reason: string
}

async function podReasons (transport: Transport, pod: Value): Promise<PodReason[]> {
  const reasons = [...containerReasons(pod), ...await warningsAbout(transport, pod)]
  return reasons.map(reason => ({ pod: textAt(pod, ['metadata', 'name']), reason }))
}

/** Pods of one kind mostly have the same trouble: the first one's name is enough. */
function once (reasons: readonly PodReason[]): string[] {
  const first = new Map<string, string>()
  for (const { pod, reason } of reasons) if (!first.has(reason)) first.set(reason, `Pod ${pod}: ${reason}`)
  return [...first.values()]
}

async function unreadyPods (transport: Transport, namespace: string, live: KubeObject): Promise<Value[]> {
  const labelSelector = selectorText(live)
  if (labelSelector === '') return []
  const list = parseObject((await transport.request({ method: 'GET', path: pathOf(pods, namespace), query: { labelSelector, limit } })).text)
  const created = (pod: Value): number => Date.parse(textAt(pod, ['metadata', 'creationTimestamp'])) || 0
  return listAt(list, 'items').filter(isUnready).sort((a, b) => created(b) - created(a)).slice(0, maxPods)
}

function isUnready (pod: Value): boolean {
  const isReady = listAt(pod, 'status', 'conditions').some(each => textAt(each, ['type']) === 'Ready' && textAt(each, ['status']) === 'True')
  return !isReady && textAt(pod, ['status', 'phase']) !== 'Succeeded'
}

async function warningsAbout (transport: Transport, object: Value): Promise<string[]> {
  const [namespace, uid] = [textAt(object, ['metadata', 'namespace'], 'default'), textAt(object, ['metadata', 'uid'])]
  const query = { fieldSelector: `involvedObject.uid=${uid},type=Warning`, limit }
  const list = parseObject((await transport.request({ method: 'GET', path: pathOf(events, namespace), query })).text)
  const warnings = listAt(list, 'items').filter(event => textAt(event, ['involvedObject', 'uid']) === uid).map(warningOf)
  return newestWarnings(warnings.filter(warning => warning !== undefined), maxWarnings)
}
