import { cancelled } from '../kube/errors.js'

/** What `--wait` waits for: every object by kstatus' rules, every object by those of Helm 3, or only hooks. */
export type WaitStrategy = 'watcher' | 'hookOnly' | 'legacy'

/**
 * Ends an operation between two of its steps when the user wants that.
 *
 * @throws {KubeError} cancelled: `context canceled`
 */
export function throwIfCancelled (signal: AbortSignal): void {
  if (signal.aborted) throw cancelled()
}
