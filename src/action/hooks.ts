import { compareBytes } from '../go/bytes.js'
import { messageOf } from '../errors.js'
import type { Hook } from '../release/release.js'
import type { ActionContext } from './context.js'
import { ActionError } from './errors.js'
import { hookLogs } from './hook-logs.js'
import type { ReleaseUnderWay } from './under-way.js'
import { waitUntil } from './wait.js'
import { throwIfCancelled, type WaitStrategy } from './wait-strategy.js'

/** How hooks are run. */
export interface HookOptions {
  /** Milliseconds for each hook. */
  readonly timeout: number
  readonly wait: WaitStrategy
  readonly serverSide: boolean
  /** Which of the event's hooks are run; all unless given. */
  readonly accept?: (hook: Hook) => boolean
}

/** Hooks that were run. */
export interface RanHooks {
  /** What went wrong, if anything did: the hooks after it were not run. */
  readonly failure?: { readonly error: unknown }
  /** Deletes those whose chart wants it. */
  readonly cleanUp: () => Promise<void>
}

/**
 * Runs the hooks of an event, and deletes those afterwards whose chart wants it, whether all are done or one failed.
 *
 * @param context cluster, records, time
 * @param underWay the release, whose hooks' state changes
 * @param event such as `pre-install`
 * @param options how
 * @throws {KubeError|ActionError} the first failure
 */
export async function runHooks (context: ActionContext, underWay: ReleaseUnderWay, event: string, options: HookOptions): Promise<void> {
  const { failure, cleanUp } = await runAndKeepHooks(context, underWay, event, options)
  await cleanUp()
  if (failure !== undefined) throw failure.error
}

/**
 * Runs the hooks of an event, one after another by weight and name: deletes what an earlier run left, creates the hook, and waits until a
 * Job or Pod has run to its end (Helm's execHook). Each run is noted in the release. What is to be deleted afterwards is still there.
 *
 * @param context cluster, records, time
 * @param underWay the release, whose hooks' state changes
 * @param event such as `test`
 * @param options how
 */
export async function runAndKeepHooks (context: ActionContext, underWay: ReleaseUnderWay, event: string, options: HookOptions): Promise<RanHooks> {
  const run = new HookRun(context, underWay, options)
  try {
    for (const index of order(underWay.release.hooks, event, options.accept)) {
      throwIfCancelled(context.signal)
      await run.one(index, event)
    }
  } catch (error) {
    return { failure: { error }, cleanUp: async () => { await run.afterFailure() } }
  }
  return { cleanUp: async () => { await run.afterSuccess() } }
}

/** The order in which hooks are run. */
export function compareHooks (a: Hook, b: Hook): number {
  return a.weight - b.weight || compareBytes(a.name, b.name)
}

/** The places of an event's hooks among all, in the order of their running. */
function order (hooks: readonly Hook[], event: string, accept: (hook: Hook) => boolean = () => true): number[] {
  return [...hooks.entries()]
    .filter(([, hook]) => hook.events.includes(event) && accept(hook))
    .sort(([, a], [, b]) => compareHooks(a, b))
    .map(([index]) => index)
}

class HookRun {
  readonly #context: ActionContext
  readonly #underWay: ReleaseUnderWay
  readonly #options: HookOptions
  /** Those that ran to a good end. */
  readonly #done: number[] = []
  /** The one that did not. */
  #failed: number | undefined

  constructor (context: ActionContext, underWay: ReleaseUnderWay, options: HookOptions) {
    this.#context = context
    this.#underWay = underWay
    this.#options = options
  }

  async one (index: number, event: string): Promise<void> {
    const { kube, now } = this.#context
    if (this.#hook(index).deletePolicies.length === 0) this.#underWay.changeHook(index, { deletePolicies: ['before-hook-creation'] })
    await this.#deleteIf(index, 'before-hook-creation')
    const resources = await kube.build(this.#hook(index).manifest).catch((error: unknown) => {
      throw new ActionError('manifest', `unable to build kubernetes object for ${event} hook ${this.#hook(index).path}: ${messageOf(error)}`, { cause: error })
    })
    const startedAt = now()
    this.#underWay.changeHook(index, { lastRun: { startedAt, phase: 'Running' } })
    await this.#underWay.record()
    const end = (phase: string): void => this.#underWay.changeHook(index, { lastRun: { startedAt, completedAt: now(), phase } })
    await kube.create(resources, { serverSide: this.#options.serverSide }).catch((error: unknown) => {
      end('Failed')
      throw new ActionError('hook-failed', `warning: Hook ${event} ${this.#hook(index).path} failed: ${messageOf(error)}`, { cause: error })
    })
    try {
      await waitUntil(this.#context, resources, { until: 'hook', timeout: this.#options.timeout, wait: this.#options.wait })
    } catch (error) {
      end('Failed')
      this.#failed = index
      await this.#logsIf(index, 'hook-failed')
      throw error
    }
    end('Succeeded')
    this.#done.push(index)
  }

  /** What a hook left that ran and failed, and the ones before it, is deleted where their charts say so; trouble with the first is only logged. */
  async afterFailure (): Promise<void> {
    if (this.#failed === undefined) return
    await this.#deleteIf(this.#failed, 'hook-failed').catch((failure: unknown) => {
      this.#context.log('WARN', 'error deleting the hook resource on hook failure', { error: messageOf(failure) })
    })
    for (const each of this.#done) await this.#deleteIf(each, 'hook-succeeded')
  }

  async afterSuccess (): Promise<void> {
    for (const index of this.#done.toReversed()) {
      await this.#logsIf(index, 'hook-succeeded')
      await this.#deleteIf(index, 'hook-succeeded')
    }
  }

  #hook (index: number): Hook {
    const hook = this.#underWay.release.hooks[index]
    if (hook === undefined) throw new TypeError(`no hook ${index}`)
    return hook
  }

  /** Deletes the hook's object when its policy says so. A CRD never: everything of its kind would go with it. */
  async #deleteIf (index: number, policy: string): Promise<void> {
    const hook = this.#hook(index)
    if (hook.kind === 'CustomResourceDefinition' || !hook.deletePolicies.includes(policy)) return
    const { kube } = this.#context
    const resources = await kube.build(hook.manifest).catch((error: unknown) => {
      throw new ActionError('manifest', `unable to build kubernetes object for deleting hook ${hook.path}: ${messageOf(error)}`, { cause: error })
    })
    await kube.delete(resources, 'background')
    // Whatever is to be created anew must be gone first, or the new one is merged into an object that is on its way out.
    if (policy === 'before-hook-creation' || this.#options.wait !== 'hookOnly') {
      await waitUntil(this.#context, resources, { until: 'deleted', timeout: this.#options.timeout, wait: this.#options.wait })
    }
  }

  async #logsIf (index: number, policy: string): Promise<void> {
    const hook = this.#hook(index)
    if (!hook.outputLogPolicies.includes(policy)) return
    try {
      await hookLogs(this.#context, hook, this.#underWay.release.namespace)
    } catch (error) {
      this.#context.log('WARN', 'error outputting logs for hook', { hook: hook.path, error: messageOf(error) })
    }
  }
}
