import { RE2JS } from 're2js'
import { compareBytes } from '../go/bytes.js'
import { messageOf } from '../errors.js'
import { isKubeError } from '../kube/errors.js'
import { ReadIndex } from '../release/read-index.js'
import type { RecordEntry, RecordIndex, ReleaseHead } from '../release/record-index.js'
import type { Status } from '../release/release.js'
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
 * The newest revision of each release, as Helm lists them. Superseded revisions are shown only when nothing else is asked for. Records are
 * chosen by their labels, and those only are read that are shown.
 *
 * @param context cluster and records
 * @param options which
 * @throws {KubeError|ReleaseError} when the cluster or its records cannot be read
 * @throws {ActionError} invalid-option, for a filter or selector that cannot be read
 */
export async function list (context: ActionContext, options: ListOptions): Promise<ReleaseHead[]> {
  await context.kube.reach()
  const choose = chooser(options)
  const { driver } = context.history
  try {
    return await listed(driver.index ?? new ReadIndex(driver), choose, options)
  } catch (error) {
    // Who may list records need not be allowed to get one.
    if (driver.index === undefined || !isKubeError(error, 'forbidden')) throw error
    return await listed(new ReadIndex(driver), choose, options)
  }
}

type Choose = (all: readonly RecordEntry[]) => RecordEntry[]

/** By what their labels say. */
function chooser ({ states, filter, selector }: ListOptions): Choose {
  const matches = labelMatcher(selector)
  const named = nameFilter(filter)
  const supersededOnly = states.length === 1 && states[0] === 'superseded'
  return all => {
    const own = all.filter(({ name }) => named(name))
    return (supersededOnly ? own : latest(own)).filter(({ status, labels }) => isShown(status, states) && matches(labels))
  }
}

/** Chooses and reads; where a record cannot be read, as if it were not there. */
async function listed (index: RecordIndex, choose: Choose, options: ListOptions): Promise<ReleaseHead[]> {
  const there = new Set(await index.entries())
  const read = new Map<RecordEntry, ReleaseHead>()
  for (;;) {
    const all = choose([...there])
    const shown = options.byDate ? all : partOf(all.sort(byName(options)), options)
    const wanted = shown.filter(entry => !read.has(entry))
    for (const [i, head] of (await index.heads(wanted)).entries()) {
      const entry = wanted[i]
      if (entry !== undefined && head !== undefined) read.set(entry, head)
    }
    const unread = shown.filter(entry => !read.has(entry))
    if (unread.length === 0) {
      const heads = shown.flatMap(entry => read.get(entry) ?? [])
      return options.byDate ? partOf(heads.sort(byDate(options)), options) : heads
    }
    for (const entry of unread) there.delete(entry)
  }
}

function partOf<T> (all: readonly T[], { offset, max }: ListOptions): T[] {
  return all.slice(offset, max > 0 ? offset + max : undefined)
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

function latest (entries: readonly RecordEntry[]): RecordEntry[] {
  const newest = new Map<string, RecordEntry>()
  for (const entry of entries) {
    const key = `${entry.namespace}/${entry.name}`
    const other = newest.get(key)
    if (other === undefined || other.version <= entry.version) newest.set(key, entry)
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

type Named = Pick<RecordEntry, 'name' | 'namespace'>

function byName ({ reverse }: ListOptions): (a: Named, b: Named) => number {
  const direction = reverse ? -1 : 1
  return (a, b) => direction * (compareBytes(a.name, b.name) || compareBytes(a.namespace, b.namespace))
}

function byDate (options: ListOptions): (a: ReleaseHead, b: ReleaseHead) => number {
  const direction = options.reverse ? -1 : 1
  const names = byName(options)
  return (a, b) => direction * Number(seconds(a) - seconds(b)) || names(a, b)
}

function seconds ({ info }: ReleaseHead): bigint {
  return info.lastDeployed?.unixSeconds ?? 0n
}
