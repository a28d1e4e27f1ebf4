import type { PodQuery } from './client.js'
import { parseObject } from './json.js'
import { pathOf, type Mapping } from './mapping.js'
import { listAt, textAt } from './objects.js'
import type { Transport } from './transport.js'

const pods: Mapping = { group: '', version: 'v1', kind: 'Pod', plural: 'pods', namespaced: true }

/**
 * What the containers of some Pods printed, one after another.
 *
 * @param transport to the cluster
 * @param namespace of the Pods
 * @param query which Pods
 * @throws {KubeError}
 */
export async function podLogs (transport: Transport, namespace: string, query: PodQuery): Promise<string> {
  const list = parseObject((await transport.request({ method: 'GET', path: pathOf(pods, namespace), query: { ...query } })).text)
  let logs = ''
  for (const pod of listAt(list, 'items')) {
    const path = `${pathOf(pods, namespace, textAt(pod, ['metadata', 'name']))}/log`
    for (const container of listAt(pod, 'spec', 'containers')) {
      logs += (await transport.request({ method: 'GET', path, query: { container: textAt(container, ['name']) }, accept: '*/*' })).text
    }
  }
  return logs
}
