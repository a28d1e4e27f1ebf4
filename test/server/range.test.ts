import t from 'tap'
import { parseRange } from '../../src/server/range.js'

t.test('which bytes a header asks for', async t => {
  const cases: Array<[string | undefined, number, unknown]> = [
    [undefined, 10, undefined], ['', 10, undefined], ['bytes=0-4', 10, { start: 0, end: 4 }], ['Bytes=4-', 10, { start: 4, end: 9 }], ['bytes=-3', 10, { start: 7, end: 9 }], ['bytes=-99', 10, { start: 0, end: 9 }],
    ['bytes=9-99', 10, { start: 9, end: 9 }], ['bytes=10-', 10, 'unsatisfiable'], ['bytes=-0', 10, 'unsatisfiable'], ['bytes=0-', 0, 'unsatisfiable'], ['bytes=-1', 0, 'unsatisfiable'],
    ['bytes=4-3', 10, undefined], ['bytes=0-1,2-3', 10, undefined], ['bytes=-', 10, undefined], ['bytes = 0-1', 10, undefined], [`bytes=${'9'.repeat(30)}-`, 10, undefined], ['rows=0-1', 10, undefined]
  ]
  for (const [header, size, range] of cases) t.strictSame(parseRange(header, size), range, `${header ?? 'none'} of ${size}`)
})
