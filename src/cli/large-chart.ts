import type v8 from 'node:v8'
import type { Chart } from '../chart/chart.js'

/** In bytes, of all of a chart's files but its CRDs, which are not rendered. Below, there is little to gain. */
const large = 60_000

/** Above, a call takes so long that optimized code pays; so it does where one file is this long. */
const huge = 4_000_000
const longFile = 250_000

/**
 * Sets V8 up for a call that renders one large chart and ends: code is not optimized to the last where the call is brief (half of that work
 * comes too late), and the nursery stays small, which saves a third of the memory.
 *
 * @param chart what is rendered
 * @param load gives what sets V8's flags; loaded for large charts only
 * @returns sets V8 as it was: what it compiled is of use to later calls only if it is set as they are
 */
export async function setUpFor (chart: Pick<Chart, 'raw'>, load: () => Promise<Pick<typeof v8, 'setFlagsFromString'>> = () => import('node:v8')): Promise<() => void> {
  const sizes = chart.raw.filter(({ name }) => !/(^|\/)crds\//.test(name)).map(({ data }) => data.length)
  const size = sizes.reduce((sum, each) => sum + each, 0)
  if (size < large) return () => undefined
  const { setFlagsFromString } = await load()
  const isBrief = size < huge && sizes.every(each => each < longFile)
  setFlagsFromString('--semi-space-growth-factor=1')
  if (isBrief) setFlagsFromString('--no-opt')
  return () => {
    setFlagsFromString('--semi-space-growth-factor=2')
    if (isBrief) setFlagsFromString('--opt')
  }
}
