import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGunzip } from 'node:zlib'
import { ArchiveFiles } from './archive-files.js'
import type { Chart, ChartFile } from './chart.js'
import { checkGzipHeader, gzipError, gzipHeaderSize } from './gzip-errors.js'
import { Budget, uploadLimits, type ArchiveLimits } from './limits.js'
import { loadFiles } from './load-files.js'
import type { Warn } from './warn.js'

export type { ArchiveLimits } from './limits.js'

/**
 * Reads a chart's archive (gzip, tar) as it arrives, never unpacking it to disk and never keeping more than the limits allow.
 * The first part of every name, the chart's folder, is dropped.
 *
 * The rules and words are those of Helm's archive loader (pkg/chart/loader/archive), with two more: links and irregular files are
 * refused, and the gzip stream must be whole with nothing but gzip behind it (Helm stops at the end of the tar, before the checksum).
 *
 * @param body the archive; destroyed when it is refused half-way
 * @param limits those that differ from what ChartMuseum accepts
 * @returns the files in the archive's order, byte order marks removed
 * @throws {ChartError} invalid-archive or too-large; and whatever the body fails with
 */
export async function readArchive (body: Readable, limits: Partial<ArchiveLimits> = {}): Promise<ChartFile[]> {
  return readWithin(body, new Budget({ ...uploadLimits, ...limits }))
}

/**
 * Reads and loads a chart's archive. Archives of sub-charts inside it count against the same limits.
 *
 * @param body the archive; destroyed when it is refused half-way
 * @param limits those that differ from what ChartMuseum accepts
 * @param warn told what Helm warns about
 * @throws {ChartError} invalid-archive, too-large or invalid-chart; and whatever the body fails with
 */
export async function loadArchive (body: Readable, limits: Partial<ArchiveLimits> = {}, warn: Warn = () => {}): Promise<Chart> {
  const budget = new Budget({ ...uploadLimits, ...limits })
  return loadFiles(await readWithin(body, budget), { budget, warn })
}

async function readWithin (body: Readable, budget: Budget): Promise<ChartFile[]> {
  const files = new ArchiveFiles(budget)
  const given = { bytes: 0 }
  try {
    await pipeline(body, source => watch(source, given), createGunzip(), async (source: AsyncIterable<Uint8Array>) => {
      for await (const chunk of source) files.write(chunk)
    })
  } catch (thrown) {
    throw gzipError(thrown, given.bytes - gzipHeaderSize)
  }
  return files.end()
}

/** Passes a stream on once its start is known to be gzip's, counting its bytes. */
async function * watch (source: AsyncIterable<Uint8Array>, given: { bytes: number }): AsyncGenerator<Uint8Array> {
  let head: Buffer | undefined = Buffer.alloc(0)
  for await (const chunk of source) {
    given.bytes += chunk.length
    if (head === undefined) {
      yield chunk
      continue
    }
    head = Buffer.concat([head, chunk])
    if (head.length < gzipHeaderSize) continue
    checkGzipHeader(head)
    yield head
    head = undefined
  }
  if (head !== undefined) checkGzipHeader(head)
}
