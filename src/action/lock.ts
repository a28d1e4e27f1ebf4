import { messageOf } from '../errors.js'
import { quote } from '../go/strconv.js'
import { releaseKey } from '../release/driver.js'
import { isReleaseError } from '../release/errors.js'
import { leaseText, momentText, type Lease, type LeaseKeeper, type LeaseTerms } from '../release/lease.js'
import { isUnderWay, withStatus, type Release } from '../release/release.js'
import type { ActionContext } from './context.js'
import { ActionError } from './errors.js'
import { throwIfCancelled } from './wait-strategy.js'

/** What descriptions of releases begin with whose process died at its work. */
const interrupted = 'interrupted: '

/** How often a lock is looked at that somebody waits for. */
const interval = 2000

/** Whether the release failed because whoever was at work on it died. */
export function isInterrupted ({ info }: Release): boolean {
  return info.status === 'failed' && info.description.startsWith(interrupted)
}

/**
 * Looks whether somebody is at work on a release. Where whoever was is no more, its lease having expired, the revision is recorded as
 * failed. A revision without a lease, of Helm's, stays as it is: the caller judges it as Helm does.
 *
 * @param context records and time
 * @param name the release
 * @param patience milliseconds to wait for a lock's end; 0 for none
 * @returns the newest revision, at which nobody with a lease is at work; undefined when there is none
 * @throws {ActionError} locked, when somebody is and goes on for longer
 * @throws {ReleaseError|KubeError}
 */
export async function requireUnlocked (context: ActionContext, name: string, patience = 0): Promise<Release | undefined> {
  const until = context.clock().getTime() + patience
  for (let told = ''; ;) {
    const last = await lastOrNone(context, name)
    const lease = last === undefined ? undefined : await otherLease(context, last)
    if (last === undefined || lease === undefined) return last
    if (hasExpired(context, lease)) return await interrupt(context, last, `its lease expired at ${momentText(lease.expires)}; it was ${last.info.status} ${leaseText(lease)}`)
    const who = `${last.info.status} ${leaseText(lease)}`
    if (context.lease === undefined || context.clock().getTime() >= until) throw new ActionError('locked', `another operation (install/upgrade/rollback) is in progress: ${who}`)
    if (told !== who) context.log('INFO', 'waiting for the end of another operation', { release: name, operation: who })
    told = who
    await context.lease.sleep(interval, context.signal).catch(() => { throwIfCancelled(context.signal) })
  }
}

async function lastOrNone ({ history }: ActionContext, name: string): Promise<Release | undefined> {
  try {
    return await history.last(name)
  } catch (error) {
    if (isReleaseError(error, 'not-found')) return undefined
    throw error
  }
}

/** The lease of somebody else on a revision that is under way. */
async function otherLease ({ history: { driver: { leases } } }: ActionContext, { name, version, info }: Release): Promise<Lease | undefined> {
  if (leases === undefined || !isUnderWay(info.status)) return undefined
  const key = releaseKey(name, version)
  const lease = await leases.read(key)
  return leases.held(key)?.id === lease?.id ? undefined : lease
}

/** Whether whoever had the lease was on this machine, and is no more. Nobody can tell so much of a process elsewhere. */
function isDead ({ lease: own }: ActionContext, { owner, process }: Lease): boolean {
  return own !== undefined && owner === own.owner && process > 0 && !own.isRunning(process)
}

function hasExpired ({ clock }: ActionContext, { expires }: Lease): boolean {
  return expires.getTime() <= clock().getTime()
}

/** Records that an operation will not come to its end. */
async function interrupt ({ history }: ActionContext, release: Release, why: string): Promise<Release> {
  const failed = withStatus(release, 'failed', interrupted + why)
  await history.update(failed)
  return failed
}

/**
 * Does work on a revision under a lease, where the records' keeper has leases. It goes with the record that says what is under way, is renewed
 * while the work goes on, and ends with the record that says how it went; where that could not be written, it expires at once, so that nobody
 * has to wait. Should somebody else have taken it meanwhile, the work is ended as by the user.
 *
 * @param context records and time
 * @param release the revision, which need not be recorded yet
 * @param work is given the context to go on with
 */
export async function withLease<T> (context: ActionContext, release: Release, work: (context: ActionContext) => Promise<T>): Promise<T> {
  const { lease: terms, history: { driver: { leases } } } = context
  const key = releaseKey(release.name, release.version)
  if (terms === undefined || leases === undefined || leases.held(key) !== undefined) return await work(context)
  const { owner, process, term } = terms
  const since = context.clock()
  leases.hold(key, { id: Buffer.from(context.random(8)).toString('hex'), owner, process, since, expires: new Date(since.getTime() + term) })
  const [ended, lost] = [new AbortController(), new AbortController()]
  const renewing = renew(context, { leases, terms, key, ended: ended.signal, lost })
  try {
    return await work({ ...context, signal: AbortSignal.any([context.signal, lost.signal]) })
  } finally {
    ended.abort()
    await renewing
    await giveBack(context, leases, key)
  }
}

/** Ends a lease that no record has ended. */
async function giveBack ({ clock, log }: ActionContext, leases: LeaseKeeper, key: string): Promise<void> {
  try {
    if (leases.held(key) !== undefined) await leases.renew(key, clock())
  } catch (error) {
    log('WARN', 'failed to end the lease', { record: key, error: messageOf(error) })
  } finally {
    leases.letGo(key)
  }
}

interface Renewing {
  readonly leases: LeaseKeeper
  readonly terms: LeaseTerms
  readonly key: string
  readonly ended: AbortSignal
  readonly lost: AbortController
}

async function renew (context: ActionContext, { leases, terms, key, ended, lost }: Renewing): Promise<void> {
  const next = async (): Promise<boolean> => !ended.aborted && await terms.sleep(terms.term / 6, ended).then(() => !ended.aborted, () => false)
  while (await next()) {
    try {
      const renewal = await leases.renew(key, new Date(context.clock().getTime() + terms.term))
      if (renewal === 'ended') return
      if (renewal === 'renewed') continue
      lost.abort(takenOver)
      return
    } catch (error) {
      context.log('WARN', 'failed to renew the lease', { record: key, error: messageOf(error) })
    }
  }
}

const takenOver = new ActionError('locked', 'somebody else has taken the release over meanwhile: this operation was ended')

/** Why an operation under a lease has to end that lost it: there is nothing to record, or to undo, any more. Undefined when it did not. */
export function lossOf (signal: AbortSignal): ActionError | undefined {
  return signal.aborted && signal.reason === takenOver ? takenOver : undefined
}

/**
 * Ends an operation between two of its steps when it lost its lease.
 *
 * @throws {ActionError} locked
 */
export function throwIfLost (signal: AbortSignal): void {
  const loss = lossOf(signal)
  if (loss !== undefined) throw loss
}

/** What was found locked, and is no more. */
export interface Unlocked {
  readonly name: string
  readonly version: number
  /** What it was. */
  readonly status: string
  /** Absent for a revision of Helm's, or of a keeper without leases. */
  readonly lease?: Lease
}

/**
 * Records the newest revision as failed whose operation does not come to its end.
 *
 * @param context records and time
 * @param name the release
 * @param options `force`: although its lease is alive
 * @throws {ActionError} not-locked; locked, where `force` is needed: its lease is alive, and its process is not known to be dead
 * @throws {ReleaseError|KubeError}
 */
export async function unlock (context: ActionContext, name: string, options: { readonly force: boolean }): Promise<Unlocked> {
  await context.kube.reach()
  const last = await context.history.last(name)
  const { version, info: { status } } = last
  if (!isUnderWay(status)) throw new ActionError('not-locked', `nothing to unlock: revision ${version} of ${quote(name)} is ${status}`)
  const lease = await context.history.driver.leases?.read(releaseKey(name, version))
  if (lease !== undefined && !options.force && !hasExpired(context, lease) && !isDead(context, lease)) {
    throw new ActionError('locked', `revision ${version} of ${quote(name)} is ${status} ${leaseText(lease)}, and its lease is alive until ${momentText(lease.expires)}: --force unlocks it all the same`)
  }
  const [by, who] = [context.lease === undefined ? '' : ` by ${context.lease.owner}`, lease === undefined ? '' : ` ${leaseText(lease)}`]
  await interrupt(context, last, `unlocked${by}; it was ${status}${who}`)
  return { name, version, status, ...lease === undefined ? {} : { lease } }
}
