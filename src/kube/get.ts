import { KubeError } from './errors.js'
import { parseObject } from './json.js'
import { pathOf } from './mapping.js'
import type { KubeObject } from './objects.js'
import type { Resource } from './resource.js'
import type { Transport } from './transport.js'

/**
 * The live object.
 *
 * @param transport to the cluster
 * @param resource which
 * @throws {KubeError} not-found when, and only when, it is absent; manifest when it has no name; or the API's other complaints
 */
export async function getObject (transport: Transport, { mapping, namespace, name }: Resource): Promise<KubeObject> {
  if (name === '') throw new KubeError('manifest', 'resource name may not be empty')
  const { text } = await transport.request({ method: 'GET', path: pathOf(mapping, namespace, name) })
  return parseObject(text)
}
