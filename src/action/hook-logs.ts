import { unmarshalYaml } from '../go/yaml.js'
import { textAt } from '../kube/objects.js'
import type { PodQuery } from '../kube/client.js'
import type { Hook } from '../release/release.js'
import type { ActionContext } from './context.js'

/**
 * Logs what a hook's Pods printed, line by line (`helm.sh/hook-output-log-policy`); hooks of other kinds than Job and Pod print nothing.
 *
 * @param context where it is read from, and where it goes
 * @param hook which hook
 * @param namespace the release's, for a hook that names none
 * @throws {KubeError}
 */
export async function hookLogs (context: ActionContext, hook: Hook, namespace: string): Promise<void> {
  const query = podsOf(hook)
  if (query === undefined || context.podLogs === undefined) return
  const home = textAt(unmarshalYaml(hook.manifest), ['metadata', 'namespace']) || namespace
  for (const line of (await context.podLogs.podLogs(home, query)).split('\n')) if (line !== '') context.log('INFO', line)
}

function podsOf ({ kind, name }: Hook): PodQuery | undefined {
  switch (kind) {
    case 'Job': return { labelSelector: `job-name=${name}` }
    case 'Pod': return { fieldSelector: `metadata.name=${name}` }
    default: return undefined
  }
}
