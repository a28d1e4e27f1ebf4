import { compareBytes } from '../go/bytes.js'
import { Capabilities } from '../engine/capabilities.js'
import { KubeVersion } from '../engine/kube-version.js'
import type { ApiGroupVersion, Discovery } from './discovery.js'
import { parseObject } from './json.js'
import { textAt } from './objects.js'
import type { Transport } from './transport.js'

/**
 * What a cluster can do, as Helm asks for it: its version, its groups and versions (`apps/v1`), and every kind in them
 * (`apps/v1/Deployment`, sub-resources' kinds such as `apps/v1/Scale` too). Helm's list is in random order, this one is sorted.
 *
 * @param transport to the cluster
 * @param discovery what its API has
 * @param warn told of aggregated APIs that do not answer when asked; they are left out, as those that discovery calls stale
 * @throws {KubeError}
 */
export async function clusterCapabilities (transport: Transport, discovery: Discovery, warn?: (message: string) => void): Promise<Capabilities> {
  const [version, groups] = await Promise.all([transport.request({ method: 'GET', path: '/version' }), discovery.groups()])
  warnOfFailed(groups, warn)
  const names = new Set(groups.filter(group => group.failed === undefined).flatMap(({ name, kinds }) => [name, ...kinds.map(kind => `${name}/${kind}`)]))
  return new Capabilities(KubeVersion.parse(textAt(parseObject(version.text), ['gitVersion'])), [...names].sort(compareBytes))
}

/**
 * What Helm says when it asks for a group and gets no answer. It keeps the groups in a cache on disk (client-go's CachedDiscoveryClient),
 * which leaves out what aggregated discovery calls stale, and never asks for it.
 */
function warnOfFailed (groups: readonly ApiGroupVersion[], warn?: (message: string) => void): void {
  const failed = groups.filter(group => group.failed !== undefined && group.stale !== true).map(({ name, failed = '' }) => `${name}: ${failed}`).sort(compareBytes)
  if (failed.length === 0) return
  warn?.(`the kubernetes server has an orphaned API service: unable to retrieve the complete list of server APIs: ${failed.join(', ')}`)
  warn?.('to fix this, kubectl delete apiservice <service-name>')
}
