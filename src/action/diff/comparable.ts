import { encode } from '../../go/bytes.js'
import { marshalJson } from '../../go/json.js'
import type { Value } from '../../go/value.js'
import { parseObject } from '../../kube/json.js'
import { apiVersionOf, dictAt, kindOf, type KubeObject } from '../../kube/objects.js'
import type { Resource } from '../../kube/resource.js'
import type { ComparedObject } from './object-change.js'

/** What the API keeps of an object that nobody asked for. */
const kept = ['managedFields', 'resourceVersion', 'generation', 'uid', 'creationTimestamp', 'selfLink']

/**
 * An object fit to be compared: numbers as the API has them, without its status and the API's book-keeping, the `stringData` of a Secret
 * among its `data`, where the API puts it.
 *
 * @param object of a manifest, or live
 */
export function comparable (object: KubeObject): KubeObject {
  const plain = parseObject(marshalJson(object, { escapeHtml: false }))
  plain.delete('status')
  const metadata = dictAt(plain, 'metadata')
  for (const key of kept) metadata.delete(key)
  return isSecret(plain) ? withoutStringData(plain) : plain
}

/** A resource, fit to be compared. */
export function comparedResource ({ mapping, namespace, name, object }: Resource): ComparedObject {
  return { apiVersion: apiVersionOf(mapping), kind: mapping.kind, namespace, name, hook: false, object: comparable(object) }
}

/** Whether an object is a Secret of Kubernetes' own. */
export function isSecret (object: KubeObject): boolean {
  const { group, kind } = kindOf(object)
  return group === '' && kind === 'Secret'
}

function withoutStringData (secret: KubeObject): KubeObject {
  const texts = secret.get('stringData')
  if (!(texts instanceof Map)) return secret
  const data = new Map<string, Value>(dictAt(secret, 'data'))
  for (const [key, text] of texts) data.set(key, typeof text === 'string' ? Buffer.from(encode(text)).toString('base64') : text)
  secret.delete('stringData')
  return secret.set('data', data)
}
