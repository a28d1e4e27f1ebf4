import { marshalJson } from '../go/json.js'
import { quote } from '../go/strconv.js'
import type { Dict } from '../go/value.js'
import { fieldManager } from './apply.js'
import { because } from './errors.js'
import { mergePatch, threeWayJsonMergePatch } from './json-merge-patch.js'
import { parseObject } from './json.js'
import { pathOf } from './mapping.js'
import type { KubeObject } from './objects.js'
import type { Resource } from './resource.js'
import { PatchSchema } from './strategic/schema.js'
import { threeWayMergePatch } from './strategic/three-way.js'
import type { ApiRequest, Transport } from './transport.js'

/** An object that is to be patched. */
export interface Revision {
  /** As it was sent last. */
  readonly original: KubeObject
  readonly target: Resource
  readonly live: KubeObject
}

/**
 * Makes an object what it is to be, Helm's client-side way: the patch is worked out here. Kinds that are built in are merged by what their types
 * say of their lists; of custom resources what changed between the two manifests is sent, whatever the cluster has by now. Nothing is sent when
 * nothing differs.
 *
 * @param transport to the cluster
 * @param revision the object, before and after
 * @param options `threeWay`: look at the live object for custom resources, too
 * @throws {KubeError}
 */
export async function patchObject (transport: Transport, revision: Revision, options: { readonly threeWay: boolean }): Promise<void> {
  const { target: { mapping, name } } = revision
  const request = patchRequest(revision, options)
  if (request === undefined) return
  try {
    await transport.request(request)
  } catch (error) {
    throw because(`cannot patch ${quote(name)} with kind ${mapping.kind}`, error)
  }
}

/**
 * The request that does so; undefined when nothing differs.
 *
 * @throws {KubeError} when the patch cannot be worked out
 */
export function patchRequest (revision: Revision, options: { readonly threeWay: boolean }): ApiRequest | undefined {
  const { target: { mapping, namespace, name } } = revision
  const { patch, contentType } = createPatch(revision, options.threeWay)
  if (patch.size === 0) return undefined
  return { method: 'PATCH', path: pathOf(mapping, namespace, name), query: { fieldManager }, contentType, body: marshalJson(patch, { escapeHtml: false }) }
}

interface Patch {
  readonly patch: Dict
  readonly contentType: string
}

function createPatch ({ original, target, live }: Revision, threeWay: boolean): Patch {
  const objects = { original: asJson(original), modified: asJson(target.object), current: live }
  const schema = PatchSchema.of(target.mapping)
  try {
    if (schema !== undefined) return { patch: threeWayMergePatch(objects, schema), contentType: 'application/strategic-merge-patch+json' }
    return { patch: threeWay ? threeWayJsonMergePatch(objects) : mergePatch(objects.original, objects.modified), contentType: 'application/merge-patch+json' }
  } catch (error) {
    throw because('failed to create patch', error)
  }
}

/** Numbers of a manifest as the API's JSON has them: `1.0` is `1` there. */
function asJson (object: KubeObject): KubeObject {
  return parseObject(marshalJson(object, { escapeHtml: false }))
}
