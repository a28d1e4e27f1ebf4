import type v8 from 'node:v8'
import type { Chart } from '../chart/chart.js'

/** In bytes, of all of a chart's files. Below, there is little to gain; above, a call takes so long that optimized code pays. */
const large = 1_000_000
const huge = 16_000_000

/**
 * Sets V8 up for a call that renders one large chart and ends: code is not optimized to the last (half of that work comes too late), and the
 * nursery stays small, which saves a third of the memory.
 *
 * @param chart what is rendered
 * @param load gives what sets V8's flags; loaded for large charts only
 * @returns sets V8 as it was: what it compiled is of use to later calls only if it is set as they are
 */
export async function setUpFor (chart: Pick<Chart, 'raw'>, load: () => Promise<Pick<typeof v8, 'setFlagsFromString'>> = () => import('node:v8')): Promise<() => void> {
  const size = chart.raw.reduce((sum, { data }) => sum + data.length, 0)
  if (size < large || size > huge) return () => undefined
  const { setFlagsFromString } = await load()
  setFlagsFromString('--semi-space-growth-factor=1')
  setFlagsFromString('--no-opt')
  return () => {
    setFlagsFromString('--semi-space-growth-factor=2')
    setFlagsFromString('--opt')
  }
}
