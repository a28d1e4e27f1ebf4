import type { Dict } from '../go/value.js'
import type { Discovery } from './discovery.js'
import { isKubeError, KubeError } from './errors.js'
import { parseObject } from './json.js'
import { pathOf } from './mapping.js'
import { itemsOf, kindOf, kindText } from './objects.js'
import type { Transport } from './transport.js'

/** What a template looks up: an object, or with an empty name all of a kind. */
export interface LookUpKey {
  readonly apiVersion: string
  readonly kind: string
  /** Empty for kinds without namespaces, and for all namespaces. */
  readonly namespace: string
  readonly name: string
}

/**
 * Looks something up as Helm's `lookup` does: what is absent is an empty mapping, a kind that its group does not have as well; a group and
 * version that the cluster does not have is an error.
 *
 * @param transport to the cluster
 * @param discovery knows where kinds live
 * @param key what is looked up
 * @throws {KubeError}
 */
export async function lookUpObjects (transport: Transport, discovery: Discovery, { apiVersion, kind, namespace, name }: LookUpKey): Promise<Dict> {
  const group = (await discovery.groups()).find(each => each.name === apiVersion)
  if (group === undefined) {
    const text = kindText(kindOf(new Map([['apiVersion', apiVersion], ['kind', kind]])))
    throw new KubeError('no-match', `unable to get apiresource from unstructured: ${text}: the server could not find the requested resource`)
  }
  const mapping = group.mappings.find(each => each.kind === kind)
  if (mapping === undefined) return new Map()
  try {
    const { text } = await transport.request({ method: 'GET', path: pathOf(mapping, namespace, name === '' ? undefined : name) })
    const found = parseObject(text)
    return name === '' ? new Map([...found, ['items', itemsOf(found)]]) : found
  } catch (error) {
    if (isKubeError(error, 'not-found')) return new Map()
    throw error
  }
}
