import { marshalJson } from '../go/json.js'
import { fieldManager } from './apply.js'
import { pathOf } from './mapping.js'
import type { Resource } from './resource.js'
import type { Transport } from './transport.js'

/**
 * A plain create (Helm's client-side way).
 *
 * @throws {KubeError} already-exists, or the API's other complaints
 */
export async function create (transport: Transport, { mapping, namespace, object }: Resource): Promise<void> {
  await transport.request({
    method: 'POST',
    path: pathOf(mapping, namespace),
    query: { fieldManager },
    body: marshalJson(object, { escapeHtml: false })
  })
}
