import type { Backend, ObjectInfo } from '../../storage/backend.js'
import { isArchive, isProvenance, isReserved, isTenant, splitKey } from './names.js'

/** How many segments a tenant's name has: a number, or any. */
export type TenantDepth = number | 'any'

/** A chart file in the store: an archive or a provenance file in a tenant's folder. */
export interface StoreFile {
  readonly tenant: string
  readonly fileName: string
  readonly info: ObjectInfo
}

/**
 * Lists the chart files of a store, in the order of their keys.
 *
 * @param depth which folders are tenants'; files of others are none
 * @throws {StorageError} when not all could be listed
 */
export async function * storeFiles (backend: Backend, depth: TenantDepth): AsyncGenerator<StoreFile> {
  for (let after: string | undefined = ''; after !== undefined;) {
    let passOver: string | undefined
    for await (const info of backend.list('', after)) {
      const { tenant, fileName } = splitKey(info.key)
      if (isReserved(tenant)) {
        // What is in a folder of our own is not even listed: 0 is what comes after the slash.
        passOver = `${tenant.split('/')[0] ?? ''}0`
        break
      }
      if (isStoreFile(tenant, fileName, depth)) yield { tenant, fileName, info }
    }
    after = passOver
  }
}

/**
 * Whether a tenant's folder is looked into at a depth.
 *
 * @param tenant '' or segments with `/` between them
 */
export function isAtDepth (tenant: string, depth: TenantDepth): boolean {
  return depth === 'any' || (tenant === '' ? 0 : tenant.split('/').length) === depth
}

function isStoreFile (tenant: string, fileName: string, depth: TenantDepth): boolean {
  return (isArchive(fileName) || isProvenance(fileName)) && isAtDepth(tenant, depth) && isTenant(tenant)
}
