import { mkdir, stat, writeFile } from 'node:fs/promises'
import { basename, dirname, isAbsolute, join, resolve } from 'node:path'
import type { Chart, ChartFile } from '../chart/chart.js'
import { ChartError } from '../chart/errors.js'
import { loadChart } from '../chart/load.js'
import { metadataToStruct, type Metadata } from '../chart/metadata.js'
import { writeArchive } from '../chart/write-archive.js'
import { decode, encode } from '../go/bytes.js'
import { quote } from '../go/strconv.js'
import { marshalYaml } from '../go/yaml.js'
import { isAbsent, pathError } from '../remote/path-error.js'
import { ActionError } from './errors.js'
import { scaffold, withChartName } from './scaffold/scaffold.js'

/** What making a chart works with. */
export interface CreateContext {
  /** What relative paths start from. */
  readonly cwd: string
  readonly clock: () => Date
  /** The folder of starters that are given by name. */
  readonly starters: string
  /** Told of files that are overwritten, a line each. */
  readonly note: (line: string) => void
}

const validName = /^[a-zA-Z0-9._-]+$/
const maxNameLength = 250

/**
 * Makes a new chart in a folder named after it (`helm create`). Files that are there already are overwritten if the chart has them, too, and left alone otherwise.
 *
 * @param context files, whom to tell
 * @param path the chart's folder; its last part is the chart's name
 * @throws {ActionError} invalid-name, not-found (the folder above), write-failed
 */
export async function createChart (context: CreateContext, path: string): Promise<void> {
  const name = nameOf(path)
  checkName(name)
  const parent = resolve(context.cwd, dirname(path))
  const stats = await stat(parent).catch((error: unknown) => { throw new ActionError('not-found', pathError('stat', parent, error), { cause: error }) })
  if (!stats.isDirectory()) throw new ActionError('not-found', `no such directory ${parent}`)
  const folder = join(parent, name)
  await refuseFile(folder, folder)
  for (const [file, text] of scaffold(name)) {
    const target = join(folder, file)
    if (await isThere(target)) context.note(`WARNING: File ${quote(target)} already exists. Overwriting.`)
    await write(target, encode(text))
  }
  await makeFolder(join(folder, 'charts'))
}

/** The last part of a path, as Go's filepath.Base gives it. */
function nameOf (path: string): string {
  return basename(path) || (path === '' ? '.' : '/')
}

/** Charts of these names cannot be loaded; Helm would fill the folder itself with one, or the one above. */
function refuseDots (name: string): void {
  if (name === '.' || name === '..') throw new ActionError('invalid-name', `chart name ${quote(name)} is not allowed`)
}

function checkName (name: string): void {
  refuseDots(name)
  if (Buffer.byteLength(name) > maxNameLength) {
    throw new ActionError('invalid-name', `chart name must be between 1 and ${maxNameLength} characters`)
  }
  if (!validName.test(name)) throw new ActionError('invalid-name', `chart name must match the regular expression ${quote(validName.source)}`)
}

/**
 * Makes a new chart of a starter: its templates and values with the new chart's name in them, its other files as they are, its sub-charts packed (`helm create --starter`).
 *
 * @param context files, time, the folder of starters
 * @param path the chart's folder; its last part is the chart's name
 * @param starter a name in the folder of starters, or an absolute path
 * @throws {ActionError} invalid-name, write-failed
 * @throws {ChartError} when the starter is no chart
 */
export async function createFromStarter (context: CreateContext, path: string, starter: string): Promise<void> {
  const name = nameOf(path)
  refuseDots(name)
  const source = isAbsolute(starter) ? starter : join(context.starters, starter)
  const chart = await loadStarter(source)
  await saveFolder(context, { chart, name, shown: join(dirname(path), name) })
}

async function loadStarter (source: string): Promise<Chart> {
  if (await isFolder(source) && !await isThere(join(source, 'Chart.yaml'))) throw new ChartError('invalid-chart', `could not load ${source}: Chart.yaml file is missing`)
  return await loadChart(source).catch((error: unknown) => {
    if (!(error instanceof ChartError)) throw error
    throw new ChartError(error.code, `could not load ${source}: ${error.message}`, { cause: error })
  })
}

interface Save {
  readonly chart: Chart
  readonly name: string
  readonly shown: string
}

/** Writes a chart's files into a folder (Helm's chartutil.SaveDir). */
async function saveFolder (context: CreateContext, { chart, name, shown }: Save): Promise<void> {
  const folder = resolve(context.cwd, shown)
  await refuseFile(folder, shown)
  const metadata: Metadata = { apiVersion: 'v2', name, version: '0.1.0', appVersion: '0.1.0', description: `Runs ${name} on Kubernetes`, type: 'application' }
  const named = ({ name: file, data }: ChartFile): ChartFile => ({ name: file, data: encode(withChartName(decode(data), name)) })
  const files: ChartFile[] = [
    { name: 'Chart.yaml', data: encode(marshalYaml(metadataToStruct(metadata))) },
    ...chart.raw.filter(file => file.name === 'values.yaml').map(named),
    ...(chart.schema === undefined ? [] : [{ name: 'values.schema.json', data: chart.schema }]),
    ...chart.templates.map(named),
    ...chart.files
  ]
  for (const file of files) await write(join(folder, file.name), file.data)
  for (const subchart of chart.dependencies) {
    const { name: subname, version } = subchart.metadata
    await write(join(folder, 'charts', `${subname}-${version}.tgz`), await writeArchive(subchart, { now: context.clock() }))
  }
}

async function refuseFile (folder: string, shown: string): Promise<void> {
  const stats = await stat(folder).catch((error: unknown) => {
    if (isAbsent(error)) return undefined
    throw new ActionError('write-failed', pathError('stat', shown, error), { cause: error })
  })
  if (stats?.isDirectory() === false) throw new ActionError('write-failed', `file ${shown} already exists and is not a directory`)
}

async function isFolder (path: string): Promise<boolean> {
  return await stat(path).then(stats => stats.isDirectory(), () => false)
}

async function isThere (path: string): Promise<boolean> {
  return await stat(path).then(() => true, () => false)
}

async function write (path: string, data: Uint8Array): Promise<void> {
  await makeFolder(dirname(path))
  await writeFile(path, data, { mode: 0o644 }).catch((error: unknown) => {
    throw new ActionError('write-failed', pathError('open', path, error), { cause: error })
  })
}

async function makeFolder (path: string): Promise<void> {
  await mkdir(path, { recursive: true, mode: 0o755 }).catch((error: unknown) => {
    throw new ActionError('write-failed', pathError('mkdir', path, error), { cause: error })
  })
}
