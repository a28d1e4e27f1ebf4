import { messageOf } from '../errors.js'
import type { WaitFor } from './client.js'
import { parseObject } from './json.js'
import { legacyHookStatus, legacyRule, type ListBeside } from './legacy-ready.js'
import { pathOf, type Mapping } from './mapping.js'
import { apiVersionOf, listAt } from './objects.js'
import type { Resource } from './resource.js'
import type { Transport } from './transport.js'
import { waitUntil, type Awaited, type Goal, type Waiting } from './wait.js'
import type { Look } from './wait-report.js'

const listed: Readonly<Record<Parameters<ListBeside>[0], Mapping>> = {
  pods: { group: '', version: 'v1', kind: 'Pod', plural: 'pods', namespaced: true },
  replicasets: { group: 'apps', version: 'v1', kind: 'ReplicaSet', plural: 'replicasets', namespaced: true }
}

/**
 * Waits as Helm 3 does (`--wait=legacy`, Helm 4's legacyWaiter): for kinds that Helm knows only, and the first that fails ends it. A Job that
 * failed does so at once; Helm looks at it for another minute.
 *
 * @param transport to the cluster
 * @param task the objects, and which state
 * @param waiting how to look, and how long; 0 is for ever, as in Helm
 * @throws {KubeError} not-ready or still-exists: what failed, or only `context deadline exceeded`
 */
export async function waitAsLegacy (transport: Transport, { resources, until }: LegacyTask, waiting: Waiting): Promise<void> {
  const patient = waiting.timeout === 0 ? { ...waiting, timeout: Infinity } : waiting
  if (until === 'deleted') await waitUntil(resources.map(resource => ({ resource, statusOf: () => present })), gone, patient)
  else if (until === 'hook') await waitUntil(resources.flatMap(awaitedHook), hookGoal(), patient)
  else await waitUntil(resources.flatMap(resource => awaited(transport, resource, until === 'ready-with-jobs')), readyGoal(), patient)
}

/** What is waited for. */
export interface LegacyTask {
  readonly resources: readonly Resource[]
  readonly until: WaitFor
}

const present = { progress: 'Current', message: 'Resource is there' } as const

function awaited (transport: Transport, resource: Resource, withJobs: boolean): Awaited[] {
  const rule = legacyRule(apiVersionOf(resource.mapping), resource.mapping.kind, withJobs)
  if (rule === undefined) return []
  const list: ListBeside = async (plural, labelSelector) => {
    const path = pathOf(listed[plural], resource.namespace)
    return listAt(parseObject((await transport.request({ method: 'GET', path, query: { labelSelector } })).text), 'items')
  }
  return [{ resource, statusOf: async live => await rule(live, list) }]
}

function awaitedHook (resource: Resource): Awaited[] {
  const { kind } = resource.mapping
  return kind === 'Job' || kind === 'Pod' ? [{ resource, statusOf: live => legacyHookStatus(live, kind) }] : []
}

/** How often in a row an object may not be readable. */
const maxFailures = 30

/** All are ready, or one has failed: it says so itself, it is gone, or it could not be read again and again. */
function readyGoal (): Goal {
  const failures = new Map<Resource, number>()
  const hasFailed = ({ resource, status: { progress } }: Look): boolean =>
    progress === 'Failed' || progress === 'NotFound' || (failures.get(resource) ?? 0) > maxFailures
  return {
    name: 'ready',
    wanted: 'Current',
    isOver: looks => {
      for (const { resource, status } of looks) failures.set(resource, status.progress === 'Unknown' ? (failures.get(resource) ?? 0) + 1 : 0)
      return looks.every(isCurrent) || looks.some(hasFailed)
    },
    complaints: (looks, isTimeUp) => isTimeUp ? ['context deadline exceeded'] : looks.filter(hasFailed).slice(0, 1).map(failureText)
  }
}

/** All have come to their end; one that is gone after it was there counts as done. */
function hookGoal (): Goal {
  const seen = new Set<Resource>()
  const isOver = (look: Look): boolean => isCurrent(look) || look.status.progress === 'Failed' || isGone(look)
  const isGone = ({ resource, status }: Look): boolean => status.progress === 'NotFound' && seen.has(resource)
  return {
    name: 'ready',
    wanted: 'Current',
    isOver: looks => {
      for (const { resource, live } of looks) if (live !== undefined) seen.add(resource)
      return looks.every(isOver)
    },
    complaints: looks => looks.filter(look => !isCurrent(look) && !isGone(look)).map(look => look.status.progress === 'Failed' ? failureText(look) : 'timed out waiting for the condition')
  }
}

/** None is there any more; one that cannot be looked at ends it. */
const gone: Goal = {
  name: 'gone',
  wanted: 'NotFound',
  isOver: looks => looks.every(({ status }) => status.progress === 'NotFound') || looks.some(({ status }) => status.progress === 'Unknown'),
  complaints: (looks, isTimeUp) => isTimeUp ? ['context deadline exceeded'] : looks.filter(({ status }) => status.progress === 'Unknown').slice(0, 1).map(failureText)
}

function isCurrent ({ status }: Look): boolean {
  return status.progress === 'Current'
}

function failureText ({ status, error }: Look): string {
  return error === undefined ? status.message : messageOf(error)
}
