import { RE2JS } from 're2js'
import { compareBytes } from '../go/bytes.js'
import { messageOf } from '../errors.js'
import type { Release, Status } from '../release/release.js'
import type { ActionContext } from './context.js'
import { ActionError } from './errors.js'
import { labelMatcher } from './label-selector.js'

/** Which releases, in which order: `helm list`'s flags. */
export interface ListOptions {
  /** The states to show; every state when empty. */
  readonly states: readonly Status[]
  /** A regular expression (RE2) that names must match; empty for all. */
  readonly filter: string
  /** A label selector on the records' labels; empty for all. */
  readonly selector: string
  readonly byDate: boolean
  readonly reverse: boolean
  /** At most so many; 0 for all. */
  readonly max: number
  readonly offset: number
}

/**
 * The newest revision of each release, as Helm lists them. Superseded revisions are shown only when nothing else is asked for.
 *
 * @param context cluster and records
 * @param options which
 * @throws {KubeError|ReleaseError} when the cluster or its records cannot be read
 * @throws {ActionError} invalid-option, for a filter or selector that cannot be read
 */
export async function list (context: ActionContext, options: ListOptions): Promise<Release[]> {
  await context.kube.reach()
  const matches = labelMatcher(options.selector)
  const named = nameFilter(options.filter)
  const all = await context.history.driver.list(release => named(release.name))
  const supersededOnly = options.states.length === 1 && options.states[0] === 'superseded'
  const shown = (supersededOnly ? all : latest(all))
    .filter(release => isShown(release.info.status, options.states) && matches(release.labels))
    .sort(order(options))
  return shown.slice(options.offset, options.max > 0 ? options.offset + options.max : undefined)
}

function nameFilter (pattern: string): (name: string) => boolean {
  if (pattern === '') return () => true
  try {
    const compiled = RE2JS.compile(pattern)
    return name => compiled.matcher(name).find()
  } catch (error) {
    throw new ActionError('invalid-option', messageOf(error), { cause: error })
  }
}

function latest (releases: readonly Release[]): Release[] {
  const newest = new Map<string, Release>()
  for (const release of releases) {
    const key = `${release.namespace}/${release.name}`
    const other = newest.get(key)
    if (other === undefined || other.version <= release.version) newest.set(key, release)
  }
  return [...newest.values()]
}

const known: readonly string[] = [
  'deployed', 'uninstalled', 'superseded', 'failed', 'uninstalling', 'pending-install', 'pending-upgrade', 'pending-rollback'
] satisfies Status[]

/** A state that nobody knows is shown by no filter, and not without one either. */
function isShown (status: string, states: readonly string[]): boolean {
  return states.length === 0 ? known.includes(status) : states.includes(status)
}

function order ({ byDate, reverse }: ListOptions): (a: Release, b: Release) => number {
  const direction = reverse ? -1 : 1
  return (a, b) => direction * ((byDate ? Number(seconds(a) - seconds(b)) : 0) || compareBytes(a.name, b.name) || compareBytes(a.namespace, b.namespace))
}

function seconds ({ info }: Release): bigint {
  return info.lastDeployed?.unixSeconds ?? 0n
}
