import { applyRequest } from './apply.js'
import type { UpdateOptions } from './client.js'
import { KubeError } from './errors.js'
import { migrationPatch } from './field-managers.js'
import { parseObject } from './json.js'
import type { KubeObject } from './objects.js'
import { patchRequest, type Revision } from './patch.js'
import { replaceRequest } from './replace.js'
import { resourceText } from './resource.js'
import type { ApiRequest, Transport } from './transport.js'

/**
 * What an update would make of a live object: the same request that the update would send, as a dry run.
 *
 * @param transport to the cluster
 * @param revision the object as it was sent last, as it is to be, and as it is
 * @param options how it would be updated
 * @returns the object as the API says it would be, with its defaults
 * @throws {KubeError} the API's complaint; unsupported when fields must first become the client's own to apply
 */
export async function preview (transport: Transport, revision: Revision, options: UpdateOptions): Promise<KubeObject> {
  const request = requestOf(revision, options)
  if (request === undefined) return revision.live
  const { text } = await transport.request({ ...request, query: { ...request.query, dryRun: 'All' }, idempotent: true })
  return parseObject(text)
}

function requestOf (revision: Revision, options: UpdateOptions): ApiRequest | undefined {
  const { target, live } = revision
  const { serverSide, forceConflicts = false, forceReplace = false, migrateFieldManager = false, threeWayMergeForUnstructured = false } = options
  if (forceReplace) return replaceRequest(target, live)
  if (!serverSide) return patchRequest(revision, { threeWay: threeWayMergeForUnstructured })
  if (migrateFieldManager && migrationPatch(live) !== undefined) {
    throw new KubeError('unsupported', `fields of ${resourceText(target)} were not sent by server-side apply`)
  }
  return applyRequest(target, forceConflicts)
}
