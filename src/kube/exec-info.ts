import type { Dict, Value } from '../go/value.js'
import { marshalJson } from '../go/json.js'
import type { KubeconfigEntry } from './kubeconfig.js'
import { at, textAt } from './objects.js'

/**
 * What an exec plugin is told in KUBERNETES_EXEC_INFO: an ExecCredential without a status.
 *
 * @param exec the `exec` mapping of the user
 * @param cluster the cluster, described when the plugin asks for it (`provideClusterInfo`)
 * @param interactive whether the plugin may read from the terminal
 */
export function execInfo (exec: Dict, cluster: KubeconfigEntry, interactive: boolean): string {
  const spec: Dict = new Map<string, Value>([['interactive', interactive]])
  if (at(exec, 'provideClusterInfo') === true) spec.set('cluster', clusterInfo(cluster))
  return marshalJson(new Map<string, Value>([['apiVersion', textAt(exec, ['apiVersion'])], ['kind', 'ExecCredential'], ['spec', spec]]))
}

function clusterInfo ({ fields }: KubeconfigEntry): Dict {
  const info: Dict = new Map()
  for (const key of ['server', 'tls-server-name', 'insecure-skip-tls-verify', 'certificate-authority-data', 'proxy-url']) {
    const value = fields.get(key)
    if (value !== undefined) info.set(key, value)
  }
  const extension = extensionOf(fields)
  if (extension !== undefined) info.set('config', extension)
  return info
}

/** The cluster's own settings for exec plugins. */
function extensionOf (fields: Dict): Value | undefined {
  const extensions = at(fields, 'extensions')
  if (!Array.isArray(extensions)) return undefined
  const found = extensions.find(each => textAt(each, ['name']) === 'client.authentication.k8s.io/exec')
  return at(found, 'extension')
}
