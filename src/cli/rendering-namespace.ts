import { openAccess } from '../kube/open-access.js'
import { clockOf } from './clock.js'
import type { CliContext } from './command.js'
import type { Flags } from './flags.js'
import { memoryFiles } from './memory-files.js'
import { settingsOf } from './settings.js'

/**
 * The namespace that a chart is rendered for without a cluster: the one asked for, else that of the kubeconfig's context. A kubeconfig
 * that is wrong counts as none, as in Helm.
 *
 * @param context for the environment
 * @param flags the call's
 */
export async function renderingNamespace (context: CliContext, flags: Flags): Promise<string> {
  const { namespace, namespaceGiven, kube } = settingsOf(context, flags)
  if (namespaceGiven || memoryFiles(context) !== '') return namespace
  return await openAccess({ ...kube, env: context.env, clock: clockOf(context) }).then(found => found.namespace, () => 'default')
}
