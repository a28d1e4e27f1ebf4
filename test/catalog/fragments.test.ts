import t from 'tap'
import type { Fragment } from '../../src/catalog/fragment.js'
import type { FragmentOrder } from '../../src/catalog/fragments.js'
import { Fragments } from '../../src/catalog/fragments.js'
import { fragmentOrders } from '../../src/catalog/tenant-index.js'

function fragment (name: string, size: number, versions = 1): Fragment {
  return { name, versions, bytes: Buffer.from(`${name}=${'x'.repeat(size)}`) }
}

function textOf ({ blocks, order: { separator } }: Fragments): string {
  return blocks.map(({ bytes }) => bytes.toString()).join(separator.toString())
}

/** What a map of fragments must come to. */
function expected (fragments: ReadonlyMap<string, Fragment>, { compare, separator }: FragmentOrder): string {
  return [...fragments.values()].sort((a, b) => compare(a.name, b.name)).map(({ bytes }) => bytes.toString()).join(separator.toString())
}

/** Always the same numbers, from 0 up to 1. */
function generator (seed: number): () => number {
  let state = seed
  return () => {
    state = (state * 1103515245 + 12345) % 2 ** 31
    return state / 2 ** 31
  }
}

for (const form of ['yaml', 'json'] as const) {
  t.test(`whatever is added, changed and removed, the fragments are in the order of ${form}`, async t => {
    const order = fragmentOrders[form]
    const random = generator(7)
    const all = new Map<string, Fragment>()
    let fragments = Fragments.none(order)
    for (let round = 0; round < 300; round++) {
      const changed = new Map<string, Fragment>()
      for (let i = 0; i < 1 + random() * 8; i++) {
        const name = `chart${Math.floor(random() * 150)}`
        changed.set(name, random() < 0.3 ? fragment(name, 0, 0) : fragment(name, Math.floor(random() ** 4 * 200_000), 1 + Math.floor(random() * 5)))
      }
      for (const each of changed.values()) {
        if (each.versions === 0) all.delete(each.name)
        else all.set(each.name, each)
      }
      fragments = fragments.with([...changed.values()])
      const text = expected(all, order)
      if (textOf(fragments) !== text || fragments.length !== Buffer.byteLength(text)) t.fail(`round ${round} differs`)
      if (fragments.charts !== all.size || fragments.versions !== [...all.values()].reduce((sum, { versions }) => sum + versions, 0)) t.fail(`round ${round} is counted wrong`)
      const [offset, limit] = [Math.floor(random() * all.size), 1 + Math.floor(random() * 20)]
      const wanted = [...all.values()].sort((a, b) => order.compare(a.name, b.name)).slice(offset, offset + limit).map(({ bytes }) => bytes.toString())
      if (fragments.slice(offset, limit).join('|') !== wanted.join('|')) t.fail(`${limit} from ${offset} of round ${round} differ`)
    }
    t.ok(fragments.blocks.length > 3, `${fragments.blocks.length} blocks`)
  })
}

t.test('a repository that grows version by version keeps few blocks, none of them large', async t => {
  let fragments = Fragments.none(fragmentOrders.json)
  for (let size = 0; size < 40; size++) {
    for (let chart = 0; chart < 50; chart++) fragments = fragments.with([fragment(`chart-${chart}`, 800 * size)])
  }
  const sizes = fragments.blocks.map(({ bytes }) => bytes.length)
  t.ok(Math.max(...sizes) <= 256 * 1024, `the largest has ${Math.max(...sizes)} bytes`)
  t.ok(sizes.length <= 2 * fragments.length / (64 * 1024), `${sizes.length} blocks of ${fragments.length} bytes`)
})
