import { gunzipSync } from 'node:zlib'
import { ArchiveFiles } from '../chart/archive-files.js'
import type { Chart } from '../chart/chart.js'
import { checkGzipHeader } from '../chart/gzip-errors.js'
import { Budget, uploadLimits } from '../chart/limits.js'
import { loadFiles } from '../chart/load-files.js'

/** The largest archive that is small, in bytes. */
export const smallArchive = 64 * 1024

/** What it may unpack to, in bytes: a few milliseconds' work. */
const maxUnpacked = 1024 * 1024

/**
 * Loads a small archive in one go: streams would cost a multiple of it.
 *
 * @param bytes of the whole archive
 * @returns undefined for one that is not small, or no chart: `loadArchive` is to say what is wrong with it
 */
export function loadSmallArchive (bytes: Uint8Array): Chart | undefined {
  if (bytes.length > smallArchive) return undefined
  try {
    checkGzipHeader(bytes)
    const budget = new Budget(uploadLimits)
    const files = new ArchiveFiles(budget)
    files.write(gunzipSync(bytes, { maxOutputLength: maxUnpacked }))
    return loadFiles(files.end(), { budget })
  } catch {
    return undefined
  }
}
