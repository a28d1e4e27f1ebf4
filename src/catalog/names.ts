import { isKey, maxKeyBytes, maxSegmentBytes } from '../../storage/key.js'
import { byteLength } from '../go/bytes.js'
import { CatalogError } from './errors.js'

/** What the name of a provenance file has more than that of its archive. */
export const provenanceSuffix = '.prov'

/** First segments that the store needs for itself: OCI content, unfinished writes, and what file systems make. */
const reserved = new Set(['_oci', '.portolan', 'lost+found'])

/**
 * Refuses a tenant that cannot be part of a key.
 *
 * @param tenant '' or segments with `/` between them
 * @throws {CatalogError} `invalid-name` for an empty segment, `.`, `..`, a backslash, a control character, a reserved or a too long name
 */
export function checkTenant (tenant: string): void {
  if (!isTenant(tenant)) throw new CatalogError('invalid-name', `${JSON.stringify(tenant)} cannot be a repository's name`)
}

/** Whether `checkTenant` would pass. */
export function isTenant (tenant: string): boolean {
  if (tenant === '') return true
  // What is left must do for the longest file name.
  const fits = byteLength(tenant) <= maxKeyBytes - maxSegmentBytes - 1
  return fits && isKey(tenant) && !isReserved(tenant)
}

/** Whether a folder is one that the store needs for itself, or lies in one. */
export function isReserved (folder: string): boolean {
  return reserved.has(folder.split('/')[0] ?? '')
}

/**
 * The name of a version's archive, as ChartMuseum forms it: not every name can be taken apart again (`a-1` and `2` is also `a` and `1-2`).
 *
 * @param name of the chart
 * @param version as Chart.yaml has it
 */
export function archiveName (name: string, version: string): string {
  return `${name}-${version}.tgz`
}

/** The name of the provenance file that belongs to an archive. */
export function provenanceName (archive: string): string {
  return archive + provenanceSuffix
}

/** Whether a file name is one of an archive. */
export function isArchive (fileName: string): boolean {
  return fileName.endsWith('.tgz')
}

/** Whether a file name is one of a provenance file. */
export function isProvenance (fileName: string): boolean {
  return fileName.endsWith(`.tgz${provenanceSuffix}`)
}

/**
 * Refuses the name of an archive that could not be stored, itself or with its provenance file.
 *
 * @param code what the error is to be
 * @throws {CatalogError} in ChartMuseum's words
 */
export function checkArchiveName (fileName: string, code: 'invalid-chart' | 'invalid-provenance'): void {
  if (fileName.includes('/') || !isKey(provenanceName(fileName))) throw new CatalogError(code, `${fileName} is improperly formatted`)
}

/** The key of a tenant's file. */
export function keyOf (tenant: string, fileName: string): string {
  return tenant === '' ? fileName : `${tenant}/${fileName}`
}

/** The tenant and the file name of a key. */
export function splitKey (key: string): { tenant: string, fileName: string } {
  const end = key.lastIndexOf('/')
  return end < 0 ? { tenant: '', fileName: key } : { tenant: key.slice(0, end), fileName: key.slice(end + 1) }
}
