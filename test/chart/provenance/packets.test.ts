import t from 'tap'
import { splitPackets } from '../../../src/chart/provenance/packets.js'

const bytes = (...numbers: number[]): Uint8Array => Uint8Array.from(numbers)
const plain = (data: Uint8Array): unknown => splitPackets(data).map(({ tag, body }) => [tag, [...body]])

t.test('lengths of the old format', async t => {
  t.strictSame(plain(bytes(0x98, 2, 1, 2, 0x99, 0, 1, 3, 0x9a, 0, 0, 0, 1, 4, 0x9b, 5, 6)), [[6, [1, 2]], [6, [3]], [6, [4]], [6, [5, 6]]])
})

t.test('lengths of the new format', async t => {
  const long = new Uint8Array(200).fill(7)
  t.strictSame(plain(Buffer.concat([bytes(0xc6, 1, 9), bytes(0xc2, 192, 8), long, bytes(0xcd, 255, 0, 0, 0, 1, 8)])), [[6, [9]], [2, [...long]], [13, [8]]])
  t.strictSame(plain(bytes(0xcb, 225, 1, 2, 224, 3, 1, 4)), [[11, [1, 2, 3, 4]]], 'a body in parts')
  t.strictSame(plain(bytes()), [])
})

t.test('what is no OpenPGP is refused in the words of Helm', async t => {
  t.throws(() => splitPackets(Buffer.from('notes')), { code: 'invalid-keyring', message: 'openpgp: invalid data: tag byte does not have MSB set' })
  for (const cut of [bytes(0x98), bytes(0x98, 2, 1), bytes(0x99, 0), bytes(0xc6), bytes(0xc6, 200), bytes(0xc6, 255, 255, 255, 255, 255), bytes(0xcb, 254, 1)]) {
    t.throws(() => splitPackets(cut), { code: 'invalid-keyring', message: 'unexpected EOF' })
  }
})
