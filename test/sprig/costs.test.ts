import t from 'tap'
import { limitWork, endWorkLimit } from '../../src/go/work.js'
import { counted } from '../../src/sprig/costs.js'
import { define } from '../../src/sprig/define.js'

const table = counted(new Map([
  ['splitList', define(['string', 'string'], (separator, text) => text.split(separator))],
  ['title', define(['string'], text => text)]
]))

/** Whether a call stays within an allowance. */
function within (units: number, name: string, ...args: string[]): boolean {
  const outer = limitWork(() => units)
  try {
    table.get(name)?.call(...args)
    return true
  } catch {
    return false
  } finally {
    endWorkLimit(outer)
  }
}

t.test('what a function does with its characters is counted before', async t => {
  t.ok(within(4_000, 'title', 'x'.repeat(1_000)))
  t.notOk(within(3_999, 'title', 'x'.repeat(1_000)))
})

t.test('three megabytes of CRDs may be split several times', async t => {
  t.ok(within(2_000_000, 'splitList', '---', 'spec: {}\n'.repeat(330_000)))
})
