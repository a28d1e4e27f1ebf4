import t from 'tap'
import { applyPax, isSparse, parsePax, paxRecord } from '../../src/chart/pax.js'
import { decode, encode } from '../../src/go/bytes.js'

const refused = { code: 'invalid-archive', message: 'archive/tar: invalid tar header' }

t.test('records', async t => {
  t.strictSame(parsePax(encode('12 path=a/b\n19 comment=a=b\n c \n')), new Map([['path', 'a/b'], ['comment', 'a=b\n c ']]))
  t.strictSame(parsePax(new Uint8Array()), new Map())
  t.strictSame(parsePax(encode('5 a=\n')), new Map([['a', '']]))
  t.strictSame(parsePax(encode('8 x=a\0b\n')), new Map([['x', 'a\0b']]), 'a NUL where it does no harm')
  for (const bad of ['5 a=', '6 a=b', '7 a=b\n', '5 a=bc\n', 'x a=b\n', '5 =a\n', '5 ab\n', '0 a=b\n', '-6 a=b\n', '12 path=a\0b\n', '7 a\0=b\n', ' 6 a=b\n', '99999999999999999999999 a=b\n', 'a=b\n']) {
    t.throws(() => parsePax(encode(bad)), refused, JSON.stringify(bad))
  }
})

t.test('what they override', async t => {
  const header = { name: 'old', type: '0', size: 1, mode: 0o644, modified: 10 }
  const apply = (records: Record<string, string>): object => applyPax(header, new Map(Object.entries(records)))
  t.strictSame(apply({ path: 'new', size: '5', mtime: '1.5', comment: 'x' }), { ...header, name: 'new', size: 5, modified: 1.5 })
  t.strictSame(apply({ path: '', size: '', mtime: '' }), header)
  for (const [key, value] of [['size', '-1'], ['size', 'x'], ['size', '1.5'], ['mtime', 'x'], ['mtime', '1.x'], ['uid', 'x'], ['atime', '1e3']] as const) {
    t.throws(() => apply({ [key]: value }), refused, `${key}=${value}`)
  }
})

t.test('sparse files', async t => {
  t.equal(isSparse(new Map([['GNU.sparse.map', '0,1']])), true)
  t.equal(isSparse(new Map([['path', 'GNU.sparse.map']])), false)
})

t.test('a record is as long as it says', async t => {
  for (const length of [1, 2, 3, 90, 91, 92, 93, 94, 985, 986, 987, 988, 989, 990]) {
    const record = paxRecord('path', 'x'.repeat(length))
    t.equal(Number(decode(record).split(' ')[0]), record.length, `${length}`)
    t.strictSame(parsePax(record), new Map([['path', 'x'.repeat(length)]]))
  }
  t.equal(decode(paxRecord('path', 'ä')), '11 path=ä\n')
})
