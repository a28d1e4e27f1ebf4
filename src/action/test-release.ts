import type { Hook, Release } from '../release/release.js'
import type { ActionContext } from './context.js'
import { ActionError } from './errors.js'
import { runAndKeepHooks, type RanHooks } from './hooks.js'
import { isReleaseName } from './release-name.js'
import { ReleaseUnderWay } from './under-way.js'

/** Which tests are run: all but those excluded, or of these only those included. */
export interface TestFilter {
  readonly included: readonly string[]
  readonly excluded: readonly string[]
}

/** What is tested, and how: `helm test`'s flags. */
export interface TestOptions {
  readonly name: string
  readonly filter: TestFilter
  /** Milliseconds for each test. */
  readonly timeout: number
}

/** How the tests went; what they left is there until `cleanUp`. */
export interface Tested extends RanHooks {
  readonly release: Release
}

/**
 * Runs the tests of a release's newest revision: its hooks of the event `test`.
 *
 * @param context cluster, records, time
 * @param options which tests, and how
 * @returns the release with what is known of its tests now; that one failed is told there
 * @throws {ActionError|KubeError|ReleaseError} when there is no such release
 */
export async function testRelease (context: ActionContext, { name, filter, timeout }: TestOptions): Promise<Tested> {
  await context.kube.reach()
  if (!isReleaseName(name)) throw new ActionError('invalid-name', `releaseTest: Release name is invalid: ${name}`)
  const last = await context.history.last(name)
  const underWay = new ReleaseUnderWay(context, last)
  const ran = await runAndKeepHooks(context, underWay, 'test', {
    timeout, wait: 'watcher', serverSide: last.applyMethod === 'ssa', accept: hook => isWanted(hook, filter)
  })
  const release = { ...underWay.release, hooks: reordered(underWay.release.hooks, filter) }
  if (ran.failure === undefined) {
    await context.history.update(release)
    return { ...ran, release }
  }
  // The failure itself is what counts.
  underWay.release = release
  await underWay.record()
  return { ...ran, release }
}

/**
 * Whether a test is run.
 *
 * @param hook the test
 * @param filter which are
 */
export function isWanted ({ name }: Hook, { included, excluded }: TestFilter): boolean {
  return !excluded.includes(name) && (included.length === 0 || included.includes(name))
}

/** As Helm leaves the hooks in the record: those that were not run first. */
function reordered (hooks: readonly Hook[], filter: TestFilter): Hook[] {
  const excluded = hooks.filter(({ name }) => filter.excluded.includes(name))
  const left = hooks.filter(hook => !excluded.includes(hook) && !isWanted(hook, filter))
  return [...excluded, ...left, ...hooks.filter(hook => isWanted(hook, filter))]
}
