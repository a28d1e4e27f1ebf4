import { compareBytes } from '../go/bytes.js'
import { messageOf } from '../errors.js'
import type { Hook } from '../release/release.js'
import type { ActionContext } from './context.js'
import { ActionError } from './errors.js'
import { hookLogs } from './hook-logs.js'
import type { ReleaseUnderWay } from './under-way.js'
import { throwIfCancelled, type WaitStrategy } from './wait-strategy.js'

/** How hooks are run. */
export interface HookOptions {
  /** Milliseconds for each hook. */
  readonly timeout: number
  readonly wait: WaitStrategy
  readonly serverSide: boolean
}

/**
 * Runs the hooks of an event, one after another by weight and name: deletes what an earlier run left, creates the hook, and waits until a
 * Job or Pod has run to its end (Helm's execHook). Each run is noted in the release. When all are done, or one failed, those are deleted
 * whose chart wants it.
 *
 * @param context cluster, records, time
 * @param underWay the release, whose hooks' state changes
 * @param event such as `pre-install`
 * @param options how
 * @throws {KubeError|ActionError} the first failure
 */
export async function runHooks (context: ActionContext, underWay: ReleaseUnderWay, event: string, options: HookOptions): Promise<void> {
  const run = new HookRun(context, underWay, options)
  const done: number[] = []
  for (const index of order(underWay.release.hooks, event)) {
    throwIfCancelled(context.signal)
    await run.one(index, event, done)
    done.push(index)
  }
  await run.afterSuccess(done)
}

/** The places of an event's hooks among all, in the order of their running. */
function order (hooks: readonly Hook[], event: string): number[] {
  return [...hooks.entries()]
    .filter(([, hook]) => hook.events.includes(event))
    .sort(([, a], [, b]) => a.weight - b.weight || compareBytes(a.name, b.name))
    .map(([index]) => index)
}

class HookRun {
  readonly #context: ActionContext
  readonly #underWay: ReleaseUnderWay
  readonly #options: HookOptions

  constructor (context: ActionContext, underWay: ReleaseUnderWay, options: HookOptions) {
    this.#context = context
    this.#underWay = underWay
    this.#options = options
  }

  async one (index: number, event: string, done: readonly number[]): Promise<void> {
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
      await kube.wait(resources, 'hook', { timeout: this.#options.timeout, signal: this.#context.signal })
    } catch (error) {
      end('Failed')
      await this.#afterFailure(index, done)
      throw error
    }
    end('Succeeded')
  }

  /** What a hook left that failed, and the ones before it, is deleted where their charts say so; trouble with that is only logged. */
  async #afterFailure (index: number, done: readonly number[]): Promise<void> {
    await this.#logsIf(index, 'hook-failed')
    await this.#deleteIf(index, 'hook-failed').catch((failure: unknown) => {
      this.#context.log('WARN', 'error deleting the hook resource on hook failure', { error: messageOf(failure) })
    })
    for (const each of done) await this.#deleteIf(each, 'hook-succeeded')
  }

  async afterSuccess (done: readonly number[]): Promise<void> {
    for (const index of done.toReversed()) {
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
    const { kube, signal } = this.#context
    const resources = await kube.build(hook.manifest).catch((error: unknown) => {
      throw new ActionError('manifest', `unable to build kubernetes object for deleting hook ${hook.path}: ${messageOf(error)}`, { cause: error })
    })
    await kube.delete(resources, 'background')
    // Whatever is to be created anew must be gone first, or the new one is merged into an object that is on its way out.
    if (policy === 'before-hook-creation' || this.#options.wait !== 'hookOnly') {
      await kube.wait(resources, 'deleted', { timeout: this.#options.timeout, signal })
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
