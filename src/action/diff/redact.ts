import { createHmac } from 'node:crypto'
import { marshalJson } from '../../go/json.js'
import type { Value } from '../../go/value.js'
import { at, dictAt, withMetadata, type KubeObject } from '../../kube/objects.js'
import { isSecret } from './comparable.js'
import type { ObjectChange } from './object-change.js'

/** Where `kubectl apply` keeps all of what it was given, a Secret's data among it. */
const lastApplied = 'kubectl.kubernetes.io/last-applied-configuration'

/**
 * The changes with every value of a Secret replaced by its size and a digest, so that one sees that it changes, and not what it is. The digest is
 * keyed: nobody can find out a weak password by trying, nor compare what two calls print.
 *
 * @param changes what is to be shown
 * @param key random bytes, the same for all that is shown together
 */
export function redacted (changes: readonly ObjectChange[], key: Uint8Array): ObjectChange[] {
  return changes.map(({ before, after, ...name }) => ({
    ...name,
    ...before === undefined ? {} : { before: redactedObject(before, key) },
    ...after === undefined ? {} : { after: redactedObject(after, key) }
  }))
}

function redactedObject (object: KubeObject, key: Uint8Array): KubeObject {
  if (!isSecret(object)) return object
  const shown: KubeObject = new Map(object)
  for (const field of ['data', 'stringData']) {
    const values = shown.get(field)
    if (values instanceof Map) shown.set(field, new Map([...values].map(([name, value]) => [name, redactedValue(value, key)])))
    else if (values !== undefined && values !== null) shown.set(field, redactedValue(values, key))
  }
  const applied = at(shown, 'metadata', 'annotations', lastApplied)
  if (applied === undefined) return shown
  return withMetadata(shown, 'annotations', new Map(dictAt(shown, 'metadata', 'annotations')).set(lastApplied, redactedValue(applied, key)))
}

function redactedValue (value: Value, key: Uint8Array): string {
  const bytes = bytesOf(value)
  return `<redacted: ${bytes.length} bytes, sha256 ${createHmac('sha256', key).update(bytes).digest('hex').slice(0, 7)}>`
}

/** What base64 stands for; the text itself when it is none. */
function bytesOf (value: Value): Buffer {
  if (typeof value !== 'string') return Buffer.from(marshalJson(value))
  const decoded = Buffer.from(value, 'base64')
  return decoded.toString('base64') === value ? decoded : Buffer.from(value)
}
