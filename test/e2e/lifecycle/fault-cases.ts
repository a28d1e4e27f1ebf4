import { setTimeout as sleep } from 'node:timers/promises'
import type { Asked, Fault } from './api-proxy.js'
import type { Scene } from './scene.js'

/** What is done to a release while something goes wrong; what was done before depends on it. */
export type Operation = 'install' | 'upgrade' | 'rollback' | 'uninstall'

/** Something that goes wrong, and what is to come of it. */
export interface FaultCase {
  readonly title: string
  readonly operation: Operation
  /** What happens on the way to the API, made anew for each tool; `gone` when nobody is there. */
  readonly fault?: 'gone' | (() => (asked: Asked) => Fault | undefined | Promise<Fault | undefined>)
  /** What happens to the cluster before. */
  readonly before?: (scene: Scene) => Promise<void>
  /** Takes that back. */
  readonly after?: (scene: Scene) => Promise<void>
  /** Further words of the call. */
  readonly words?: readonly string[]
  /** Our exit code; Helm's is the same, unless `helm` says otherwise. */
  readonly code: 0 | 1
  readonly helm?: 0 | 1
  /** What ours prints on stderr; Helm prints the same when it is `helm`. */
  readonly says: RegExp | 'helm'
  /** What ours leaves recorded: the states of the revisions. */
  readonly recorded: readonly string[]
}

type Select = (asked: Asked) => boolean

/** Requests of a method whose path ends so. */
function to (method: string, end: string): Select {
  return asked => asked.method === method && asked.path.endsWith(end)
}

const record: Select = ({ path }) => path.includes('sh.helm.release.v1')
const newRecord: Select = ({ method, path }) => method === 'POST' && path.endsWith('/secrets')
const records = to('GET', '/secrets')

type Way = NonNullable<FaultCase['fault']>

/** What was selected goes wrong, so many times. */
function when (select: Select, fault: Fault, times = Infinity): Way {
  return () => {
    let left = times
    return asked => select(asked) && left-- > 0 ? fault : undefined
  }
}

/** From the first that was selected on, everything goes wrong. */
function from (select: Select, fault: Fault): Way {
  return () => {
    let begun = false
    return asked => {
      begun ||= select(asked)
      return begun ? fault : undefined
    }
  }
}

const answer = (status: number, message: string, reason = '', headers: Readonly<Record<string, string>> = {}): Fault => ({ status, message, reason, headers })
const busy = answer(429, 'too many requests, please try again later', 'TooManyRequests', { 'retry-after': '0' })
const broken = answer(500, 'Internal error occurred: the disk is full', 'InternalError')
const away = answer(503, 'the server is currently unable to handle the request', 'ServiceUnavailable')
const awayForNow = answer(503, 'the server is currently unable to handle the request', 'ServiceUnavailable', { 'retry-after': '1' })
const expired = answer(401, 'Unauthorized', 'Unauthorized')
const conflict = answer(409, 'Apply failed with 1 conflict: conflict with "kubectl": .data.mode', 'Conflict')
const modified = answer(409, 'Operation cannot be fulfilled on configmaps "old": the object has been modified; please apply your changes to the latest version and try again', 'Conflict')
const taken = answer(409, 'secrets "sh.helm.release.v1.rel.v2" already exists', 'AlreadyExists')

/** Each thing that is asked is refused at first. */
function onceEach (fault: Fault): Way {
  return () => {
    const seen = new Set<string>()
    return ({ method, path }) => {
      const isNew = !seen.has(`${method} ${path}`)
      seen.add(`${method} ${path}`)
      return isNew ? fault : undefined
    }
  }
}

const patchB = to('PATCH', '/configmaps/b')
const deleteB = to('DELETE', '/configmaps/b')
const applied = 'server-side apply failed for object NS/b /v1, Kind=ConfigMap'

/** What goes wrong on the way to the API. */
export const faultCases: readonly FaultCase[] = [
  { title: 'nobody there', operation: 'install', fault: 'gone', code: 1, says: 'helm', recorded: [] },
  { title: 'nobody there', operation: 'upgrade', fault: 'gone', code: 1, says: 'helm', recorded: ['deployed'] },
  { title: 'nobody there', operation: 'rollback', fault: 'gone', code: 1, says: 'helm', recorded: ['superseded', 'deployed'] },
  { title: 'nobody there', operation: 'uninstall', fault: 'gone', code: 1, says: 'helm', recorded: ['deployed'] },
  // No record can be written any more: the lease expires, or is unlocked.
  { title: 'gone in the middle', operation: 'install', fault: from(patchB, 'cut'), code: 1, says: new RegExp(`${applied}: Patch "\\S+/NS/configmaps/b\\?\\S+": EOF`), recorded: ['pending-install'] },
  { title: 'gone in the middle', operation: 'upgrade', fault: from(patchB, 'cut'), code: 1, says: new RegExp(`UPGRADE FAILED: ${applied}: Patch "`), recorded: ['deployed', 'pending-upgrade'] },
  { title: 'gone in the middle', operation: 'rollback', fault: from(patchB, 'cut'), code: 1, says: new RegExp(`Error: ${applied}: Patch "`), recorded: ['superseded', 'deployed', 'pending-rollback'] },
  { title: 'gone in the middle', operation: 'uninstall', fault: from(deleteB, 'cut'), code: 1, says: /Error: failed to delete release: rel: .*failed to delete resource namespace=NS, name=b, kind=ConfigMap: Delete "\S+": EOF/s, recorded: ['uninstalling'] },

  { title: 'slow', operation: 'upgrade', fault: () => async () => await sleep(150, undefined), code: 0, says: 'helm', recorded: ['superseded', 'deployed'] },
  { title: 'asked to wait', operation: 'upgrade', fault: onceEach(busy), code: 0, says: 'helm', recorded: ['superseded', 'deployed'] },
  { title: 'asked to wait', operation: 'uninstall', fault: onceEach(busy), code: 0, says: 'helm', recorded: [] },
  { title: 'asked to wait for ever', operation: 'upgrade', fault: when(patchB, busy), code: 1, says: 'helm', recorded: ['deployed', 'failed'] },
  { title: 'asked to wait for ever', operation: 'uninstall', fault: when(deleteB, busy), code: 1, says: /rel: failed to delete resource namespace=NS, name=b, kind=ConfigMap: too many requests/, recorded: ['uninstalling'] },

  { title: 'a conflict on an object', operation: 'install', fault: when(patchB, conflict), code: 1, says: 'helm', recorded: ['failed'] },
  { title: 'a conflict on an object', operation: 'upgrade', fault: when(patchB, conflict), code: 1, says: 'helm', recorded: ['deployed', 'failed'] },
  { title: 'a conflict on an object', operation: 'rollback', fault: when(patchB, conflict), code: 1, says: 'helm', recorded: ['superseded', 'superseded', 'failed'] },
  { title: 'a conflict on a deletion', operation: 'upgrade', fault: when(to('DELETE', '/configmaps/old'), modified, 2), code: 0, says: 'helm', recorded: ['superseded', 'deployed'] },
  { title: 'a conflict on a deletion, for ever', operation: 'upgrade', fault: when(to('DELETE', '/configmaps/old'), modified), code: 1, says: 'helm', recorded: ['deployed', 'failed'] },
  { title: 'the record is there already', operation: 'upgrade', fault: when(newRecord, taken, 1), code: 1, says: 'helm', recorded: ['deployed'] },
  { title: 'a conflict on the last record', operation: 'upgrade', fault: when(to('PUT', '.rel.v2'), modified), code: 1, says: 'helm', recorded: ['superseded', 'pending-upgrade'] },

  { title: 'an error on an object, once', operation: 'install', fault: when(patchB, broken, 1), code: 1, says: 'helm', recorded: ['failed'] },
  { title: 'an error on an object, once', operation: 'upgrade', fault: when(patchB, broken, 1), code: 1, says: 'helm', recorded: ['deployed', 'failed'] },
  { title: 'an error on an object, once', operation: 'rollback', fault: when(patchB, broken, 1), code: 1, says: 'helm', recorded: ['superseded', 'superseded', 'failed'] },
  { title: 'an error on an object, once', operation: 'uninstall', fault: when(deleteB, broken, 1), code: 1, says: /rel: failed to delete resource namespace=NS, name=b, kind=ConfigMap: Internal error occurred: the disk is full/, recorded: ['uninstalling'] },
  { title: 'away for a second', operation: 'upgrade', fault: when(patchB, awayForNow, 1), code: 0, says: 'helm', recorded: ['superseded', 'deployed'] },
  { title: 'away for good', operation: 'upgrade', fault: from(patchB, away), code: 1, says: new RegExp(`UPGRADE FAILED: ${applied}: the server is currently unable to handle the request`), recorded: ['deployed', 'pending-upgrade'] },
  { title: 'an error on the new record', operation: 'install', fault: when(newRecord, broken, 1), code: 1, says: 'helm', recorded: [] },
  { title: 'an error on the new record', operation: 'rollback', fault: when(newRecord, broken, 1), code: 1, says: 'helm', recorded: ['superseded', 'deployed'] },
  { title: 'an error on the record of what is removed', operation: 'uninstall', fault: when(asked => record(asked) && asked.method === 'DELETE', broken, 1), code: 1, says: /Failed to purge the release: delete: failed to delete "sh\.helm\.release\.v1\.rel\.v1": Internal error/, recorded: ['uninstalling'] },

  // Helm gives up where a request can be repeated without harm.
  { title: 'records cut off in the middle, once', operation: 'upgrade', fault: when(records, 'truncate', 1), code: 0, helm: 1, says: /^$/, recorded: ['superseded', 'deployed'] },
  { title: 'records cut off in the middle, for ever', operation: 'upgrade', fault: when(records, 'truncate'), code: 1, says: /UPGRADE FAILED: query: failed to query with labels: Get "\S+\/NS\/secrets\?\S+": EOF/, recorded: ['deployed'] },
  { title: 'an answer that is lost, once', operation: 'upgrade', fault: when(patchB, 'swallow', 1), code: 0, helm: 1, says: /^$/, recorded: ['superseded', 'deployed'] },
  { title: 'an answer that is lost, once', operation: 'uninstall', fault: when(deleteB, 'swallow', 1), code: 0, helm: 1, says: /^$/, recorded: [] },
  { title: 'the answer to the new record is lost', operation: 'upgrade', fault: when(newRecord, 'swallow', 1), code: 1, says: 'helm', recorded: ['deployed', 'pending-upgrade'] },

  { title: 'a token that has expired', operation: 'install', fault: () => () => expired, code: 1, says: 'helm', recorded: [] },
  { title: 'a token that expires in the middle', operation: 'upgrade', fault: from(patchB, expired), code: 1, says: new RegExp(`UPGRADE FAILED: ${applied}: Unauthorized`), recorded: ['deployed', 'pending-upgrade'] },
  { title: 'a token that expires in the middle', operation: 'uninstall', fault: from(deleteB, expired), code: 1, says: /namespace=NS, name=b, kind=ConfigMap: Unauthorized/, recorded: ['uninstalling'] }
]
