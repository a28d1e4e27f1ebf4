import t from 'tap'
import { acceptsGzip, parseRange, rangeOf } from '../../src/server/conditions.js'

t.test('which bytes a header asks for', async t => {
  const cases: Array<[string | undefined, number, unknown]> = [
    [undefined, 10, undefined], ['', 10, undefined], ['bytes=0-4', 10, { start: 0, end: 4 }], ['Bytes=4-', 10, { start: 4, end: 9 }], ['bytes=-3', 10, { start: 7, end: 9 }], ['bytes=-99', 10, { start: 0, end: 9 }],
    ['bytes=9-99', 10, { start: 9, end: 9 }], ['bytes=10-', 10, 'unsatisfiable'], ['bytes=-0', 10, 'unsatisfiable'], ['bytes=0-', 0, 'unsatisfiable'], ['bytes=-1', 0, 'unsatisfiable'],
    ['bytes=4-3', 10, undefined], ['bytes=0-1,2-3', 10, undefined], ['bytes=-', 10, undefined], ['bytes = 0-1', 10, undefined], [`bytes=${'9'.repeat(30)}-`, 10, undefined], ['rows=0-1', 10, undefined]
  ]
  for (const [header, size, range] of cases) t.strictSame(parseRange(header, size), range, `${header ?? 'none'} of ${size}`)
})

t.test('a part is one of the entity that the client has seen before, or none', async t => {
  const entity = { etag: '"a"', size: 10 }
  t.strictSame(rangeOf({ range: 'bytes=1-2', 'if-range': '"a"' }, entity), { start: 1, end: 2 })
  t.equal(rangeOf({ range: 'bytes=1-2', 'if-range': '"b"' }, entity), undefined)
  t.equal(rangeOf({ range: 'bytes=1-2', 'if-range': 'W/"a"' }, entity), undefined)
  t.strictSame(rangeOf({ range: 'bytes=1-2' }, entity), { start: 1, end: 2 })
})

t.test('who takes gzip', async t => {
  for (const header of ['gzip', 'deflate, gzip', 'GZIP;q=0.5', 'br;q=1.0, gzip;q=0.8, *;q=0.1', '*', 'x-gzip', 'identity;q=0, gzip']) t.equal(acceptsGzip(header), true, header)
  for (const header of [undefined, '', 'identity', 'br', 'gzip;q=0', 'gzip; q=0.0, *', '*;q=0', 'gzipped', ';;;,,,']) t.equal(acceptsGzip(header), false, header ?? 'none')
})
