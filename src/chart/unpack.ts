import { ArchiveFiles } from './archive-files.js'
import type { ChartFile } from './chart.js'
import { ChartError } from './errors.js'
import { checkGzipHeader, gzipError, gzipHeaderSize } from './gzip-errors.js'
import type { Budget } from './limits.js'

/**
 * Reads the archive of a sub-chart that stands inside a chart, at once: it is in memory already, and so small that a stream would cost more.
 *
 * @param archive the bytes of a `charts/NAME.tgz`
 * @param budget what is left for it to fill
 * @throws {ChartError} invalid-archive or too-large, as `readArchive`
 */
export function unpack (archive: Uint8Array, budget: Budget): ChartFile[] {
  const files = new ArchiveFiles(budget)
  checkGzipHeader(archive.subarray(0, gzipHeaderSize))
  files.write(inflate(archive, budget))
  return files.end()
}

function inflate (archive: Uint8Array, budget: Budget): Uint8Array {
  // Headers and padding come on top of what the budget counts.
  const most = 2 * budget.bytes + 1024 * 1024
  try {
    // Loaded here only: most charts in folders have no archives in them.
    return process.getBuiltinModule('node:zlib').gunzipSync(archive, { maxOutputLength: most })
  } catch (thrown) {
    if (thrown instanceof RangeError) throw new ChartError('too-large', `decompressed chart is larger than ${most} bytes`, { cause: thrown })
    throw gzipError(thrown, archive.length - gzipHeaderSize)
  }
}
