import type { ContainerLog, PodQuery } from './client.js'
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
    const name = textAt(pod, ['metadata', 'name'])
    for (const container of listAt(pod, 'spec', 'containers')) logs += await logOf(transport, { namespace, name }, textAt(container, ['name']))
  }
  return logs
}

/**
 * What the containers of one Pod printed, those that ran first included, each by itself.
 *
 * @param transport to the cluster
 * @param namespace of the Pod
 * @param name of the Pod
 * @throws {KubeError} not-found
 */
export async function containerLogs (transport: Transport, namespace: string, name: string): Promise<ContainerLog[]> {
  const pod = parseObject((await transport.request({ method: 'GET', path: pathOf(pods, namespace, name) })).text)
  const logs: ContainerLog[] = []
  for (const container of [...listAt(pod, 'spec', 'initContainers'), ...listAt(pod, 'spec', 'containers')].map(each => textAt(each, ['name']))) {
    const log = await logOf(transport, { namespace, name }, container).then(text => ({ text }), (error: unknown) => ({ error }))
    logs.push({ container, log })
  }
  return logs
}

async function logOf (transport: Transport, { namespace, name }: { readonly namespace: string, readonly name: string }, container: string): Promise<string> {
  return (await transport.request({ method: 'GET', path: `${pathOf(pods, namespace, name)}/log`, query: { container }, accept: '*/*' })).text
}
