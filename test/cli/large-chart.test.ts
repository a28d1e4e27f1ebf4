import t from 'tap'
import { setUpFor } from '../../src/cli/large-chart.js'

interface Size {
  readonly count: number
  readonly size: number
  readonly folder?: string
}

const chartOf = ({ count, size, folder = 'templates' }: Size) => ({ raw: Array.from({ length: count }, (_, i) => ({ name: `${folder}/${i}.yaml`, data: new Uint8Array(size) })) })

async function flagsFor (size: Size): Promise<{ given: string[], restored: string[] }> {
  const flags: string[] = []
  const restore = await setUpFor(chartOf(size), async () => ({ setFlagsFromString: flag => { flags.push(flag) } }))
  const given = [...flags]
  restore()
  return { given, restored: flags.slice(given.length) }
}

t.test('V8 is set up for a large chart, and as it was afterwards', async t => {
  t.strictSame(await flagsFor({ count: 100, size: 600 }), {
    given: ['--semi-space-growth-factor=1', '--no-opt'], restored: ['--semi-space-growth-factor=2', '--opt']
  })
})

t.test('what takes long is optimized for: much, or one long file', async t => {
  for (const size of [{ count: 1000, size: 4_000 }, { count: 2, size: 250_000 }]) {
    t.strictSame(await flagsFor(size), { given: ['--semi-space-growth-factor=1'], restored: ['--semi-space-growth-factor=2'] })
  }
})

t.test('small charts end sooner without; CRDs are not rendered', async t => {
  for (const size of [{ count: 1, size: 10 }, { count: 100, size: 599 }, { count: 100, size: 100_000, folder: 'charts/a/crds' }]) {
    t.strictSame(await flagsFor(size), { given: [], restored: [] })
  }
})
