import t from 'tap'
import { setUpFor } from '../../src/cli/large-chart.js'

const chartOf = (size: number) => ({ raw: [{ name: 'a', data: new Uint8Array(size - 10) }, { name: 'b', data: new Uint8Array(10) }] })

t.test('V8 is set up for a large chart, and as it was afterwards', async t => {
  const given: string[] = []
  const restore = await setUpFor(chartOf(1_000_000), async () => ({ setFlagsFromString: flag => { given.push(flag) } }))
  t.strictSame(given, ['--semi-space-growth-factor=1', '--no-opt'])
  restore()
  t.strictSame(given.slice(2), ['--semi-space-growth-factor=2', '--opt'])
})

t.test('not for small ones, which end sooner, nor for huge ones, which take long enough to be optimized for', async t => {
  for (const size of [10, 999_999, 16_000_001]) {
    const restore = await setUpFor(chartOf(size), async () => { throw new Error('nothing is to be loaded') })
    t.doesNotThrow(restore)
  }
})
