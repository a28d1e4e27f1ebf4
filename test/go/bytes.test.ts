import { Buffer } from 'node:buffer'
import t from 'tap'
import { byteLength, compareBytes, decode, encode, isValidUtf8, toValidUtf8 } from '../../src/go/bytes.js'

const samples: ReadonlyArray<readonly [string, readonly number[]]> = [
  ['', []], ['a', [0x61]], ['é', [0xc3, 0xa9]], ['日', [0xe6, 0x97, 0xa5]], ['😀', [0xf0, 0x9f, 0x98, 0x80]],
  ['\udcff', [0xff]], ['a\udc80b', [0x61, 0x80, 0x62]], ['\udcc3', [0xc3]], ['\udced\udca0\udc80', [0xed, 0xa0, 0x80]], ['\udcf0\udc9f\udc98', [0xf0, 0x9f, 0x98]],
  ['\udcc0\udcaf', [0xc0, 0xaf]], ['\udcf4\udc90\udc80\udc80', [0xf4, 0x90, 0x80, 0x80]], ['\ufeffx', [0xef, 0xbb, 0xbf, 0x78]], ['é\udcffé', [0xc3, 0xa9, 0xff, 0xc3, 0xa9]]
]

t.test('text and bytes, both ways', async t => {
  for (const [text, bytes] of samples) {
    t.same([...encode(text)], bytes, JSON.stringify(text))
    t.equal(decode(Uint8Array.from(bytes)), text)
    t.equal(byteLength(text), bytes.length)
    t.equal(isValidUtf8(text), !/[\udc80-\udcff]/u.test(text))
  }
})

t.test('any bytes come back as they were', async t => {
  const every = Uint8Array.from({ length: 65_536 }, (_, i) => (i * 7919 + (i >> 8) * 31) & 0xff)
  t.same(Buffer.from(encode(decode(every))), Buffer.from(every))
  t.equal(byteLength(decode(every)), every.length)
})

t.test('a surrogate that stands for no byte is U+FFFD', async t => {
  t.same([...encode('\ud800')], [0xef, 0xbf, 0xbd])
  t.same([...encode('a\udc00\udc80')], [0x61, 0xef, 0xbf, 0xbd, 0x80])
  t.equal(toValidUtf8('a\udcffb'), 'a\ufffdb')
})

t.test('order of bytes', async t => {
  const sorted = ['', '\x00', '10', '9', 'A', 'a', 'aa', 'ab', 'é', '日', '\ue000', '\uffff', '😀', '\u{10ffff}', '\udcff']
  t.same([...sorted].reverse().sort(compareBytes), sorted)
  for (const [left] of samples) {
    for (const [right] of samples) t.equal(Math.sign(compareBytes(left, right)), Buffer.compare(encode(left), encode(right)), JSON.stringify([left, right]))
  }
})
