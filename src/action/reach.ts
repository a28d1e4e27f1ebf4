import { messageOf } from '../errors.js'
import type { ActionContext } from './context.js'
import { ActionError } from './errors.js'

/**
 * Makes sure that the cluster answers, before anything is done.
 *
 * @throws {ActionError} unreachable: `cluster reachability check failed: kubernetes cluster unreachable: …`
 */
export async function reachForInstall ({ kube, log }: ActionContext): Promise<void> {
  try {
    await kube.reach()
  } catch (error) {
    const message = `cluster reachability check failed: ${messageOf(error)}`
    log('ERROR', message)
    throw new ActionError('unreachable', message, { cause: error })
  }
}
