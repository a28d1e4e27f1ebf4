import { rm, stat } from 'node:fs/promises'
import { basename, isAbsolute, join, resolve } from 'node:path'
import { atomicWrite } from './atomic-write.js'
import type { ChartPathOptions } from './chart-path-options.js'
import type { RemoteContext } from './context.js'
import { download } from './download.js'
import { RemoteError } from './errors.js'
import { expandChart } from './expand.js'
import { acceptArchive, fetchArchive } from './fetch-chart.js'
import { findChart, type ChartSource } from './find-chart.js'
import { defaultTimeout, maxProvenanceBytes } from './getter.js'
import { noVerification } from './locate-chart.js'
import { pathError } from './path-error.js'
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
}

/**
 * Fetches a chart's archive into a folder, or unpacks it there (`helm pull`).
 *
 * @param context for its files, getters and folder
 * @param reference a URL, `repo/chart`, or with `--repo` a chart's name
 * @param options where to, and the chart-path flags
 * @throws {RemoteError} not-supported (`--verify`, `oci://`), path-exists, path-not-found, write-failed, invalid-chart, and what findChart and fetchArchive throw
 */
export async function pullChart (context: RemoteContext, reference: string, options: PullOptions): Promise<Pulled> {
  if (options.verify) throw noVerification()
  const source = await findChart(context, reference, options)
  if (options.untar) return await unpack(context, source, options)
  const file = fileNameOf(source.url)
  const path = resolve(context.cwd, options.destination, file)
  const shown = join(options.destination, file)
  await write(path, await fetchArchive(context, source), shown)
  return options.provenance ? await pullProvenance(context, source, { path, shown }) : { path }
}

async function unpack (context: RemoteContext, source: ChartSource, { destination, untarDir }: PullOptions): Promise<Pulled> {
  const into = isAbsolute(untarDir) ? untarDir : join(destination, untarDir)
  const path = await expandChart(await fetchArchive(context, source), { into, cwd: context.cwd })
  return { path }
}

async function pullProvenance (context: RemoteContext, { url, access }: ChartSource, { path, shown }: { path: string, shown: string }): Promise<Pulled> {
  const provenanceUrl = new URL(url)
  provenanceUrl.pathname += '.prov'
  let content: Buffer
  try {
    content = await download(context, { url: provenanceUrl, access, accept: acceptArchive, timeout: defaultTimeout, maxBytes: maxProvenanceBytes })
  } catch (error) {
    // One that lies there from another pull would seem to belong to this archive.
    await rm(`${path}.prov`, { force: true })
    return { path, provenanceFailure: error }
  }
  await write(`${path}.prov`, content, `${shown}.prov`)
  return { path }
}

/** The last part of a URL's path: where the archive is written to. Never a path. */
function fileNameOf (url: URL): string {
  const name = decoded(url.pathname.replace(/\/+$/, '').split('/').at(-1) ?? '')
  if (name !== '' && name !== '.' && name !== '..' && !/[/\\\0]/.test(name) && basename(name) === name) return name
  throw new RemoteError('invalid-url', `the URL ${url.href} does not end in a file's name`)
}

function decoded (part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
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
