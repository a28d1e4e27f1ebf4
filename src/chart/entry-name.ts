import { posix } from 'node:path'
import { quote } from '../go/strconv.js'
import { ChartError } from './errors.js'

/**
 * The name of a chart's file from the name of its archive entry, by the rules of Helm's loader: the first part (the chart's folder)
 * goes, and what would leave that folder is refused.
 *
 * @param entry the entry's name; `\` parts it where it is used at all
 * @throws {ChartError} invalid-archive, in Helm's words
 */
export function chartFileName (entry: string): string {
  const [top, ...rest] = entry.split(entry.includes('\\') ? '\\' : '/')
  const joined = entry.includes('\\') ? rest.join('\\').replaceAll('\\', '/') : rest.join('/')
  if (joined.startsWith('/')) throw illegal('chart illegally contains absolute paths')
  const name = posix.normalize(joined).replace(/\/$/, '')
  if (name === '.') throw illegal(`chart illegally contains content outside the base directory: ${quote(entry)}`)
  if (name.startsWith('..')) throw illegal('chart illegally references parent directory')
  if (/^[a-zA-Z]:\//.test(name)) throw illegal('chart contains illegally named files')
  if (top === 'Chart.yaml') throw illegal('chart yaml not in base directory')
  return name
}

function illegal (message: string): ChartError {
  return new ChartError('invalid-archive', message)
}
