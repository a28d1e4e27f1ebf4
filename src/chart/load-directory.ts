import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { withoutByteOrderMark } from './archive-files.js'
import type { Chart, ChartFile } from './chart.js'
import { checkApiVersion } from './chart-version.js'
import { decode } from '../go/bytes.js'
import { ChartError } from './errors.js'
import { IgnoreRules } from './ignore.js'
import { Budget, installLimits } from './limits.js'
import { loadFiles } from './load-files.js'
import { systemErrorText } from './system-error.js'
import { walkDirectory, type WalkedFile } from './walk-directory.js'
import type { Warn } from './warn.js'

/**
 * Loads a chart from its folder, leaving out what .helmignore says (helm.sh/helm/v4 pkg/chart/v2/loader LoadDir).
 *
 * @param path the folder
 * @param warn told what Helm warns about, and about symbolic links, which are followed
 * @throws {ChartError} unreadable, too-large (more than 100 MiB) or invalid-chart, in Helm's words
 */
export async function loadDirectory (path: string, warn: Warn = () => {}): Promise<Chart> {
  checkApiVersion(readChartYaml(resolve(path)))
  return await loadAnyDirectory(path, warn)
}

/**
 * The same, whatever apiVersion says: `lint` has its own words for that.
 *
 * @param path the folder
 * @param warn told what Helm warns about
 * @throws {ChartError} unreadable, too-large or invalid-chart, in Helm's words
 */
export async function loadAnyDirectory (path: string, warn: Warn): Promise<Chart> {
  const folder = resolve(path)
  const rules = IgnoreRules.parse(readIgnoreFile(folder))
  const budget = { max: installLimits.total, left: installLimits.total }
  const files: ChartFile[] = []
  for (const file of walkDirectory(folder, { ignores: (name, isFolder) => rules.ignores(name, isFolder), note: warn })) {
    files.push(read(file, budget))
  }
  return loadFiles(files, { budget: new Budget(installLimits), warn })
}

function readChartYaml (folder: string): string {
  const path = join(folder, 'Chart.yaml')
  try {
    return decode(withoutByteOrderMark(readFileSync(path)))
  } catch (thrown) {
    throw new ChartError('unreadable', `unable to detect chart at ${path}: ${systemErrorText('open', path, thrown)}`, { cause: thrown })
  }
}

function readIgnoreFile (folder: string): string {
  const path = join(folder, '.helmignore')
  try {
    return readFileSync(path, 'utf8')
  } catch (thrown) {
    if (thrown instanceof Error && 'code' in thrown && thrown.code === 'ENOENT') return ''
    throw new ChartError('unreadable', systemErrorText('open', path, thrown), { cause: thrown })
  }
}

function read ({ path, name, stats }: WalkedFile, budget: { max: number, left: number }): ChartFile {
  if (!stats.isFile()) throw new ChartError('invalid-chart', `cannot load irregular file ${path} as it has file mode type bits set`)
  if (stats.size > budget.left) throw tooLarge(name, budget.max)
  const data = readData(path, name)
  budget.left -= data.length
  if (budget.left < 0) throw tooLarge(name, budget.max)
  return { name, data: withoutByteOrderMark(data), modified: stats.mtime }
}

function readData (path: string, name: string): Uint8Array {
  try {
    return readFileSync(path)
  } catch (thrown) {
    throw new ChartError('unreadable', `error reading ${name}: ${systemErrorText('open', path, thrown)}`, { cause: thrown })
  }
}

function tooLarge (name: string, max: number): ChartError {
  return new ChartError('too-large', `error reading ${name}: chart exceeds maximum decompressed size of ${max} bytes`)
}
