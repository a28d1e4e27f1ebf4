import type { Dict } from '../../go/value.js'
import type { KubeObject } from '../objects.js'
import { diff } from './diff.js'
import { mergePatches } from './merge.js'
import type { PatchSchema } from './schema.js'

/** An object three times: as it was sent last, as it is to be, and as the cluster has it. */
export interface ThreeWay {
  readonly original: KubeObject
  readonly modified: KubeObject
  readonly current: KubeObject
}

/**
 * The strategic merge patch that makes a live object what it is to be (apimachinery v0.35.1, CreateThreeWayMergePatch, overwriting what others
 * changed): what the live object lacks or has otherwise is set; what was sent last and is wanted no more is deleted; what others added stays.
 *
 * @param objects numbers as the API's JSON reads (see json.ts)
 * @param schema of their kind
 * @returns the patch, empty when there is nothing to do; it shares parts with the objects
 * @throws {KubeError} manifest: no patch can say it
 */
export function threeWayMergePatch ({ original, modified, current }: ThreeWay, schema: PatchSchema): Dict {
  const changes = diff('changes', { original: current, modified }, schema)
  const deletions = diff('deletions', { original, modified }, schema)
  return mergePatches(deletions, changes, schema)
}
