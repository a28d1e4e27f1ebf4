import { messageOf } from '../errors.js'
import type { Release } from '../release/release.js'
import type { ActionContext } from './context.js'
import { ActionError } from './errors.js'
import { compareHooks } from './hooks.js'
import { isWanted, type TestFilter } from './test-release.js'

/** Where the logs are, and of which tests. */
export interface TestLogsOptions {
  readonly namespace: string
  readonly filter: TestFilter
}

/**
 * Tells what the containers of a release's tests printed, one after another. Tests other than Pods print nothing.
 *
 * @param context the cluster
 * @param release whose tests
 * @param options which tests
 * @param write takes the text
 * @throws {ActionError} not-found: a test's Pod, or logs of it, cannot be read; what can is written before
 */
export async function testLogs (context: ActionContext, release: Release, { namespace, filter }: TestLogsOptions, write: (text: string) => void): Promise<void> {
  const tests = release.hooks.toSorted(compareHooks).filter(hook => hook.events.includes('test') && hook.kind === 'Pod' && isWanted(hook, filter))
  for (const { name } of tests) await podText(context, { namespace, name }, write)
}

async function podText ({ podLogs }: ActionContext, { namespace, name }: { readonly namespace: string, readonly name: string }, write: (text: string) => void): Promise<void> {
  const logs = await podLogs?.containerLogs(namespace, name).catch((error: unknown) => {
    throw new ActionError('not-found', `unable to get pod ${name}: ${messageOf(error)}`, { cause: error })
  })
  const failures: string[] = []
  for (const { container, log } of logs ?? []) {
    if ('text' in log) write(`POD LOGS: ${name} (${container})\n${log.text}\n`)
    else failures.push(`unable to get logs for pod ${name}, container ${container}: ${messageOf(log.error)}`)
  }
  if (failures.length > 0) throw new ActionError('not-found', failures.join('\n'))
}
