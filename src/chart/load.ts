import { createReadStream, statSync, type Stats } from 'node:fs'
import { open } from 'node:fs/promises'
import { decode } from '../go/bytes.js'
import type { Chart, ChartFile } from './chart.js'
import { checkApiVersion } from './chart-version.js'
import { detectContentType } from './content-type.js'
import { ChartError } from './errors.js'
import { Budget, installLimits } from './limits.js'
import { loadDirectory } from './load-directory.js'
import { loadFiles } from './load-files.js'
import { systemErrorText } from './system-error.js'
import type { Warn } from './warn.js'

/**
 * Loads a chart from a folder or an archive, as `helm install` would (helm.sh/helm/v4 pkg/chart/loader Load).
 *
 * @param path the folder, or the `.tgz`
 * @param warn told what Helm warns about
 * @throws {ChartError} unreadable, invalid-archive, too-large or invalid-chart
 */
export async function loadChart (path: string, warn: Warn = () => {}): Promise<Chart> {
  return await (statsOf(path).isDirectory() ? loadDirectory(path, warn) : loadFile(path, warn))
}

function statsOf (path: string): Stats {
  try {
    return statSync(path)
  } catch (thrown) {
    throw new ChartError('unreadable', systemErrorText('stat', path, thrown), { cause: thrown })
  }
}

async function loadFile (path: string, warn: Warn): Promise<Chart> {
  await ensureArchive(path)
  const budget = new Budget(installLimits)
  const files = await readFiles(path, budget)
  const chartYaml = files.find(file => file.name === 'Chart.yaml')
  if (chartYaml === undefined) throw new ChartError('invalid-chart', 'unable to detect chart version, no Chart.yaml found')
  checkApiVersion(decode(chartYaml.data))
  return loadFiles(files, { budget, warn })
}

async function readFiles (path: string, budget: Budget): Promise<ChartFile[]> {
  try {
    const { readArchive } = await import('./archive.js')
    return await readArchive(createReadStream(path), budget.limits)
  } catch (thrown) {
    if (!(thrown instanceof ChartError)) throw thrown
    const message = thrown.message === 'gzip: invalid header'
      ? `file '${path}' does not appear to be a valid chart file (details: ${thrown.message})`
      : `unable to load chart archive: ${thrown.message}`
    throw new ChartError(thrown.code, message, { cause: thrown })
  }
}

/** Says so when a file is no gzip at all, which is mostly a values file in a chart's place. */
async function ensureArchive (path: string): Promise<void> {
  const type = detectContentType(await readStart(path))
  if (type === 'application/x-gzip') return
  if (path.endsWith('.yml') || path.endsWith('.yaml')) {
    throw new ChartError('invalid-archive', `file '${path}' seems to be a YAML file, but expected a gzipped archive`)
  }
  throw new ChartError('invalid-archive', `file '${path}' does not appear to be a gzipped archive; got '${type}'`)
}

async function readStart (path: string): Promise<Uint8Array> {
  try {
    const file = await open(path)
    try {
      const start = Buffer.alloc(512)
      await file.read(start)
      return start
    } finally {
      await file.close()
    }
  } catch (thrown) {
    throw new ChartError('unreadable', systemErrorText('open', path, thrown), { cause: thrown })
  }
}
