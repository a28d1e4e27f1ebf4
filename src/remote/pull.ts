import { rm, stat } from 'node:fs/promises'
import { isAbsolute, join, resolve } from 'node:path'
import { atomicWrite } from './atomic-write.js'
import type { ChartPathOptions } from './chart-path-options.js'
import type { RemoteContext } from './context.js'
import { RemoteError } from './errors.js'
import { expandChart } from './expand.js'
import { fetchArchive } from './fetch-chart.js'
import { findChart, type ChartSource } from './find-chart.js'
import { fileNameOf } from './file-name.js'
import { pathError } from './path-error.js'
import { fetchProvenance, verifyFetched, type Verified } from './verify-source.js'
import type { Verification } from '../chart/provenance/verify.js'
import { messageOf } from '../errors.js'

/** Where a pulled chart goes. */
export interface PullOptions extends ChartPathOptions {
  /** The folder for the archive. */
  readonly destination: string
  /** Unpack it instead of keeping the archive. */
  readonly untar: boolean
  /** The folder to unpack into, below `destination` unless absolute. */
  readonly untarDir: string
  /** Fetch the provenance file too, without checking it. */
  readonly provenance: boolean
}

/** What a pull left behind. */
export interface Pulled {
  /** The archive, or the folder it was unpacked into. */
  readonly path: string
  /** What went wrong with the provenance file, when it was asked for and did not come. */
  readonly provenanceFailure?: unknown
  /** Who signed the chart, when that was asked for. */
  readonly verification?: Verification
}

/**
 * Fetches a chart's archive into a folder, or unpacks it there (`helm pull`). With `--verify`, nothing is written unless its signature is good.
 *
 * @param context for its files, getters and folder
 * @param reference a URL, `repo/chart`, or with `--repo` a chart's name
 * @param options where to, and the chart-path flags
 * @throws {RemoteError} not-supported (`oci://`), path-exists, path-not-found, write-failed, invalid-chart, unverified, and what findChart and fetchArchive throw
 * @throws {ProvenanceError} with `--verify`, as verifyProvenance
 */
export async function pullChart (context: RemoteContext, reference: string, options: PullOptions): Promise<Pulled> {
  const source = await findChart(context, reference, options)
  // Where an archive is only unpacked, its name does not matter.
  const file = options.untar && !options.verify ? '' : fileNameOf(source.url)
  const archive = await fetchArchive(context, source)
  const verified = options.verify ? await verifyFetched(context, { source, archive, fileName: file }, options) : undefined
  const found = verified === undefined ? {} : { verification: verified.verification }
  if (options.untar) return { ...await unpack(context, archive, options), ...found }
  const path = resolve(context.cwd, options.destination, file)
  const shown = join(options.destination, file)
  await write(path, archive, shown)
  if (verified === undefined && !options.provenance) return { path }
  return { ...await keepProvenance(context, source, { path, shown, verified }), ...found }
}

async function unpack (context: RemoteContext, archive: Uint8Array, { destination, untarDir }: PullOptions): Promise<Pulled> {
  const into = isAbsolute(untarDir) ? untarDir : join(destination, untarDir)
  return { path: await expandChart(archive, { into, cwd: context.cwd }) }
}

interface Kept {
  readonly path: string
  readonly shown: string
  /** What was fetched to verify the archive. */
  readonly verified: Verified | undefined
}

async function keepProvenance (context: RemoteContext, source: ChartSource, { path, shown, verified }: Kept): Promise<Pulled> {
  let content: Buffer
  try {
    content = verified?.provenance ?? await fetchProvenance(context, source)
  } catch (error) {
    // One that lies there from another pull would seem to belong to this archive.
    await rm(`${path}.prov`, { force: true })
    return { path, provenanceFailure: error }
  }
  await write(`${path}.prov`, content, `${shown}.prov`)
  return { path }
}

async function write (path: string, content: Uint8Array, shown: string): Promise<void> {
  const folder = await stat(resolve(path, '..')).catch((error: unknown) => {
    throw new RemoteError('path-not-found', pathError('open', shown, error), { cause: error })
  })
  if (!folder.isDirectory()) throw new RemoteError('path-not-found', `open ${shown}: not a directory`)
  try {
    await atomicWrite(path, content, { mode: 0o644 })
  } catch (error) {
    throw new RemoteError('write-failed', `can't write ${shown}: ${messageOf(error)}`, { cause: error })
  }
}
