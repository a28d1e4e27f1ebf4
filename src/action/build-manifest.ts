import { messageOf } from '../errors.js'
import type { Resource } from '../kube/resource.js'
import { ActionError } from './errors.js'

/**
 * The objects of a manifest, with Helm's words before what is wrong with it.
 *
 * @param building the reading of it
 * @param which such as `from release manifest`
 * @throws {ActionError} manifest: `unable to build kubernetes objects …`
 */
export async function requireBuilt (building: Promise<Resource[]>, which: string): Promise<Resource[]> {
  return await building.catch((error: unknown) => {
    throw new ActionError('manifest', `unable to build kubernetes objects ${which}: ${messageOf(error)}`, { cause: error })
  })
}
