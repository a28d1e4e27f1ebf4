import t from 'tap'
import { isKeybox, keyboxKeys } from '../../../src/chart/provenance/keybox.js'

/** A blob: its length, type and version, flags, and for a key where it lies. */
function blob (type: number, content: readonly number[], flags = 0): Buffer {
  const head = Buffer.alloc(16)
  head.writeUInt32BE(16 + content.length, 0)
  head[4] = type
  head[5] = 1
  head.writeUInt16BE(flags, 6)
  head.writeUInt32BE(16, 8)
  head.writeUInt32BE(content.length, 12)
  return Buffer.concat([head, Buffer.from(content)])
}

const header = blob(1, [0])
header.write('KBXf', 8, 'latin1')

t.test('the keys of a keybox, without what is no key or does not count', async t => {
  const data = Buffer.concat([header, blob(2, [1, 2]), blob(3, [9]), blob(2, [8], 2), blob(0, []), blob(2, [3])])
  t.ok(isKeybox(data))
  t.strictSame([...keyboxKeys(data)], [1, 2, 3])
  for (const other of [Buffer.from('KBXf'), blob(2, [1]), Buffer.alloc(0)]) t.notOk(isKeybox(other))
})

t.test('damage is named', async t => {
  const key = blob(2, [1])
  const outside = Buffer.from(key)
  outside.writeUInt32BE(2, 12)
  const endless = Buffer.from(key)
  endless.writeUInt32BE(99, 0)
  const cases: ReadonlyArray<readonly [data: Buffer, message: string]> = [
    [header, 'keybox contains no OpenPGP keys'],
    [Buffer.concat([header, Buffer.from([0, 0])]), 'truncated blob header at offset 17'],
    [Buffer.concat([header, Buffer.from([0, 0, 0, 4, 2])]), 'invalid blob length 4 at offset 17'],
    [Buffer.concat([header, endless]), 'blob at offset 17 has length 99 exceeding the 17 remaining bytes'],
    [Buffer.concat([header, Buffer.from([0, 0, 0, 6, 2, 1])]), 'OpenPGP blob at offset 17 is too short'],
    [Buffer.concat([header, outside]), 'OpenPGP blob at offset 17 has an out-of-range keyblock']
  ]
  for (const [data, message] of cases) t.throws(() => keyboxKeys(data), { code: 'invalid-keyring', message })
})
