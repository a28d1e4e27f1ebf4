import { posix } from 'node:path'
import { decode } from '../go/bytes.js'
import type { Dict } from '../go/value.js'
import type { Chart, ChartFile } from './chart.js'
import type { Draft } from './draft.js'
import { ChartError } from './errors.js'
import { Budget, installLimits } from './limits.js'
import { parseLock, type Lock } from './lock.js'
import { parseMetadata, sanitizeMetadata, validateMetadata, type Metadata } from './metadata.js'
import { unpack } from './unpack.js'
import { parseValues } from './values-file.js'
import { informing, type Warn } from './warn.js'

/** How a chart is put together from its files. */
export interface LoadOptions {
  /** What archives of sub-charts may fill; Helm 4's limits when not given. */
  readonly budget?: Budget
  /** Told what Helm warns about, a line each. */
  readonly warn?: Warn
}

interface Context {
  readonly budget: Budget
  readonly warn: Warn
  readonly depth: number
}

/** A chart whose files are being sorted. */
interface Loading {
  metadata: Metadata | undefined
  lock?: Lock
  values: Dict
  schema?: Uint8Array
  readonly templates: ChartFile[]
  readonly files: ChartFile[]
  readonly subcharts: Map<string, ChartFile[]>
}

const dependenciesWarning = 'Warning: Dependencies are handled in Chart.yaml since apiVersion "v2". We recommend migrating dependencies to Chart.yaml.'
const lockWarning = 'Warning: Dependency locking is handled in Chart.lock since apiVersion "v2". We recommend migrating to Chart.lock.'

/**
 * Makes a chart of its files, by their names, sub-charts recursively (Helm's loader.LoadFiles). Sub-charts keep the order of the files,
 * where Helm's is random.
 *
 * @param files the files, named relative to the chart's folder
 * @param options limits and warnings
 * @throws {ChartError} invalid-chart, in Helm's words; invalid-archive or too-large for an archive in charts/
 */
export function loadFiles (files: readonly ChartFile[], options: LoadOptions = {}): Chart {
  const budget = options.budget ?? new Budget(installLimits)
  return load(files, { budget, warn: options.warn ?? (() => {}), depth: budget.limits.depth })
}

function load (files: readonly ChartFile[], context: Context): Chart {
  const loading: Loading = { metadata: readChartYaml(files), values: new Map(), templates: [], files: [], subcharts: new Map() }
  for (const file of files) route(file, loading, context)
  if (loading.metadata === undefined) throw new ChartError('invalid-chart', 'Chart.yaml file is missing')
  const metadata = sanitizeMetadata(loading.metadata)
  validateMetadata(metadata)
  return assemble(files, loading, metadata, loadSubcharts(loading.subcharts, metadata.name, context))
}

function readChartYaml (files: readonly ChartFile[]): Metadata | undefined {
  let metadata: Metadata | undefined
  for (const file of files) {
    if (file.name !== 'Chart.yaml') continue
    const read = named('Chart.yaml', () => parseMetadata(decode(file.data), metadata))
    // Helm 2 took charts without an apiVersion: they are v1.
    metadata = { ...read, apiVersion: read.apiVersion ?? 'v1' }
  }
  return metadata
}

/** Puts a file where it belongs by its name. */
function route (file: ChartFile, loading: Loading, context: Context): void {
  switch (file.name) {
    case 'Chart.yaml':
      break
    case 'Chart.lock':
      readLock(file, loading)
      break
    case 'values.yaml':
      loading.values = readValues(file, context)
      break
    case 'values.schema.json':
      loading.schema = file.data
      break
    case 'requirements.yaml':
      readRequirements(file, loading, context)
      break
    case 'requirements.lock':
      readRequirementsLock(file, loading, context)
      break
    default:
      routeByFolder(file, loading)
  }
}

function routeByFolder (file: ChartFile, loading: Loading): void {
  if (file.name.startsWith('templates/')) {
    loading.templates.push(file)
  } else if (file.name.startsWith('charts/') && posix.extname(file.name) !== '.prov') {
    const name = file.name.slice('charts/'.length)
    const [subchart = ''] = name.split('/')
    const files = loading.subcharts.get(subchart) ?? []
    files.push({ ...file, name })
    loading.subcharts.set(subchart, files)
  } else {
    loading.files.push(file)
  }
}

function readValues (file: ChartFile, context: Context): Dict {
  return named(file.name, () => {
    try {
      return parseValues(decode(file.data))
    } catch (thrown) {
      // Helm 3 knows but one document.
      if (!(thrown instanceof ChartError) || context.budget.helm === 4) throw thrown
      throw new ChartError(thrown.code, thrown.message.replace(/^cannot unmarshal yaml document: /, ''), { cause: thrown })
    }
  })
}

function readLock (file: ChartFile, loading: Loading): void {
  const lock = named(file.name, () => parseLock(decode(file.data)))
  if (lock === undefined) delete loading.lock
  else loading.lock = lock
}

/** requirements.yaml, where charts of apiVersion v1 declare their dependencies. */
function readRequirements (file: ChartFile, loading: Loading, context: Context): void {
  if (loading.metadata?.apiVersion !== 'v1') informing(context.warn)(dependenciesWarning)
  loading.metadata = named(file.name, () => parseMetadata(decode(file.data), loading.metadata))
  if (loading.metadata.apiVersion === 'v1') loading.files.push(file)
}

function readRequirementsLock (file: ChartFile, loading: Loading, context: Context): void {
  readLock(file, loading)
  loading.metadata ??= { name: '', version: '' }
  if (loading.metadata.apiVersion === 'v1') loading.files.push(file)
  else informing(context.warn)(lockWarning)
}

function named<T> (file: string, read: () => T): T {
  try {
    return read()
  } catch (thrown) {
    if (!(thrown instanceof ChartError)) throw thrown
    throw new ChartError('invalid-chart', `cannot load ${file}: ${thrown.message}`, { cause: thrown })
  }
}

function loadSubcharts (subcharts: ReadonlyMap<string, readonly ChartFile[]>, parent: string, context: Context): Chart[] {
  return [...subcharts].filter(([name]) => !name.startsWith('_') && !name.startsWith('.')).map(([name, files]) => {
    const archive = posix.extname(name) === '.tgz' ? archiveOf(name, files, parent) : undefined
    try {
      return load(archive === undefined ? unpacked(name, files) : unpack(archive.data, context.budget), deeper(context))
    } catch (thrown) {
      if (!(thrown instanceof ChartError)) throw thrown
      throw new ChartError(thrown.code, `error unpacking subchart ${name} in ${parent}: ${thrown.message}`, { cause: thrown })
    }
  })
}

function archiveOf (name: string, files: readonly ChartFile[], parent: string): ChartFile {
  const [archive] = files
  if (archive?.name === name) return archive
  throw new ChartError('invalid-chart', `error unpacking subchart tar in ${parent}: expected ${name}, got ${archive?.name ?? 'nothing'}`)
}

/** The files of a sub-chart's folder; a file in charts/ itself belongs to no chart. */
function unpacked (name: string, files: readonly ChartFile[]): ChartFile[] {
  return files.filter(file => file.name.includes('/')).map(file => ({ ...file, name: file.name.slice(name.length + 1) }))
}

function deeper (context: Context): Context {
  if (context.depth === 0) throw new ChartError('too-large', `charts stand more than ${context.budget.limits.depth} deep inside one another`)
  return { ...context, depth: context.depth - 1 }
}

function assemble (raw: readonly ChartFile[], loading: Loading, metadata: Metadata, dependencies: readonly Chart[]): Chart {
  const { values, templates, files } = loading
  const chart: Draft<Chart> = { metadata, values, templates, files, raw, dependencies }
  if (loading.lock !== undefined) chart.lock = loading.lock
  if (loading.schema !== undefined) chart.schema = loading.schema
  const modified = raw.findLast(file => file.name === 'Chart.yaml')?.modified
  if (modified !== undefined) chart.modified = modified
  return chart
}
