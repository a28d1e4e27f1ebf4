import { mkdir, stat } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { Readable } from 'node:stream'
import { loadArchive } from '../chart/archive.js'
import type { Chart } from '../chart/chart.js'
import { ChartError } from '../chart/errors.js'
import { installLimits } from '../chart/limits.js'
import { loadDirectory } from '../chart/load-directory.js'
import { sanitizeMetadata, type Metadata } from '../chart/metadata.js'
import { writeArchive } from '../chart/write-archive.js'
import { SemverError } from '../go/errors.js'
import { Version } from '../go/semver.js'
import { atomicWrite } from '../remote/atomic-write.js'
import { isAbsent, pathError } from '../remote/path-error.js'
import { ActionError } from './errors.js'
import type { ChartSigner } from './sign-chart.js'

/** What packing works with. */
export interface PackageContext {
  /** What relative paths start from. */
  readonly cwd: string
  readonly clock: () => Date
  /** Told what a user should know though nothing failed. */
  readonly warn: (message: string) => void
}

/** How a chart is packed. An empty text means: as the chart says. */
export interface PackageOptions {
  readonly version: string
  readonly appVersion: string
  /** The folder that gets the archive; made when absent. */
  readonly destination: string
  /** The date of all files, for archives that come out the same every time. */
  readonly stamp?: Date
  /** Signs the archive. */
  readonly signer?: ChartSigner
  /** Brings the chart's dependencies up to date first. */
  readonly update?: (folder: string) => Promise<void>
}

/**
 * Packs a chart's folder into an archive, and signs it if wanted (`helm package`). The provenance file is made before anything is written: an
 * archive that could not be signed is not left behind.
 *
 * @param context files, time, whom to tell
 * @param path the chart's folder
 * @param options where to, and with what changed
 * @returns the archive's path, as Helm shows it
 * @throws {ActionError} not-found, invalid-option (`--version`), missing-dependencies or write-failed
 * @throws {ChartError} when it is no chart, or breaks a rule
 * @throws {ProvenanceError} when it cannot be signed
 */
export async function packageChart (context: PackageContext, path: string, options: PackageOptions): Promise<string> {
  const folder = resolve(context.cwd, path)
  await stat(folder).catch((error: unknown) => { throw new ActionError('not-found', pathError('stat', path, error), { cause: error }) })
  await options.update?.(folder)
  const chart = changed(await loadDirectory(folder, context.warn), options)
  checkDependencies(chart)
  const archive = await saved(() => writeArchive(chart, { now: context.clock(), ...(options.stamp === undefined ? {} : { stamp: options.stamp }) }))
  const fileName = `${chart.metadata.name}-${chart.metadata.version}.tgz`
  const provenance = await options.signer?.sign({ archive, fileName, metadata: await packedMetadata(archive) })
  const shown = join(options.destination === '.' ? context.cwd : options.destination, fileName)
  await write(resolve(context.cwd, shown), shown, { archive, provenance })
  return shown
}

/** The chart with another version; sanitised again, as Helm does when it saves. */
function changed (chart: Chart, { version, appVersion }: PackageOptions): Chart {
  const metadata: Metadata = {
    ...chart.metadata,
    ...(version === '' ? {} : { version }),
    ...(appVersion === '' ? {} : { appVersion })
  }
  try {
    Version.parse(metadata.version)
  } catch (error) {
    if (!(error instanceof SemverError)) throw error
    throw new ActionError('invalid-option', error.message, { cause: error })
  }
  return { ...chart, metadata: sanitizeMetadata(metadata) }
}

function checkDependencies ({ metadata, dependencies }: Chart): void {
  const there = new Set(dependencies.map(each => each.metadata.name))
  const missing = (metadata.dependencies ?? []).map(({ name }) => name).filter(name => !there.has(name))
  if (missing.length > 0) throw new ActionError('missing-dependencies', `found in Chart.yaml, but missing in charts/ directory: ${missing.join(', ')}`)
}

/** What the archive says of itself, which for charts of version 1 is more than its Chart.yaml. */
async function packedMetadata (archive: Uint8Array): Promise<Metadata> {
  const { metadata } = await loadArchive(Readable.from([archive], { objectMode: false }), installLimits)
  return metadata
}

async function write (path: string, shown: string, { archive, provenance }: { readonly archive: Uint8Array, readonly provenance: string | undefined }): Promise<void> {
  await makeFolder(dirname(path), dirname(shown))
  try {
    await atomicWrite(path, archive, { mode: 0o644 })
    if (provenance !== undefined) await atomicWrite(`${path}.prov`, provenance, { mode: 0o644 })
  } catch (error) {
    throw new ActionError('write-failed', `failed to save: ${pathError('open', shown, error)}`, { cause: error })
  }
}

async function makeFolder (folder: string, shown: string): Promise<void> {
  const stats = await stat(folder).catch((error: unknown) => {
    if (isAbsent(error)) return undefined
    throw new ActionError('write-failed', `failed to save: stat ${shown}: ${pathError('stat', shown, error)}`, { cause: error })
  })
  if (stats?.isDirectory() === false) throw new ActionError('write-failed', `failed to save: is not a directory: ${shown}`)
  if (stats !== undefined) return
  await mkdir(folder, { recursive: true }).catch((error: unknown) => {
    throw new ActionError('write-failed', `failed to save: ${pathError('mkdir', shown, error)}`, { cause: error })
  })
}

async function saved<T> (work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof ChartError)) throw error
    throw new ChartError(error.code, `failed to save: ${error.message}`, { cause: error })
  }
}
