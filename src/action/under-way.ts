import { messageOf } from '../errors.js'
import type { Hook, Release } from '../release/release.js'
import type { ActionContext } from './context.js'

/** A release that an operation is working on: its state changes, and is recorded as the operation goes on. */
export class ReleaseUnderWay {
  readonly #context: ActionContext
  release: Release

  constructor (context: ActionContext, release: Release) {
    this.#context = context
    this.release = release
  }

  /** Writes what is known; that it cannot be written is only warned about, as the operation itself goes on. */
  async record (): Promise<void> {
    try {
      await this.#context.history.update(this.release)
    } catch (error) {
      const { name, version } = this.release
      this.#context.log('WARN', 'failed to update release', { name, revision: String(version), error: messageOf(error) })
    }
  }

  /**
   * Changes one hook.
   *
   * @param index its place among the release's hooks
   * @param changes what is new about it
   */
  changeHook (index: number, changes: Partial<Hook>): void {
    this.release = { ...this.release, hooks: this.release.hooks.map((hook, i) => i === index ? { ...hook, ...changes } : hook) }
  }
}

/**
 * Records that a revision was deployed once, and another has taken its place; trouble with that is only warned about.
 *
 * @param context where it is recorded
 * @param release the revision
 */
export async function supersede (context: ActionContext, release: Release): Promise<void> {
  await new ReleaseUnderWay(context, { ...release, info: { ...release.info, status: 'superseded' } }).record()
}
