import t from 'tap'
import { readArmored, writeArmored } from '../../../src/chart/provenance/armor.js'

t.test('what was written is read again', async t => {
  const body = Buffer.from(Array.from({ length: 100 }, (_, i) => i))
  const text = writeArmored('PGP SIGNATURE', body)
  t.match(text, /^-----BEGIN PGP SIGNATURE-----\n\n[A-Za-z0-9+/]{64}\n[A-Za-z0-9+/]{64}\n[A-Za-z0-9+/=]+\n-----END PGP SIGNATURE-----$/)
  t.strictSame(readArmored(text), [{ type: 'PGP SIGNATURE', body }])
})

t.test('several blocks, with headers, check sums and text around them', async t => {
  const text = 'Keys:\r\n-----BEGIN A-----\r\nVersion: 1\r\n\r\nAQ==\r\n=abcd\r\n-----END A-----\r\nand\n-----BEGIN B----- \n\nAg==\n-----END B-----'
  t.strictSame(readArmored(text).map(({ type, body }) => [type, [...body]]), [['A', [1]], ['B', [2]]])
  t.strictSame(readArmored('-----BEGIN A-----\n\n-----END A-----\n').map(({ body }) => body.length), [0])
  t.strictSame(readArmored('nothing'), [])
})

t.test('a block that is not whole, or no base64', async t => {
  t.throws(() => readArmored('-----BEGIN A-----\n\nAQ==\n-----END B-----\n'), { code: 'invalid-keyring', message: 'unexpected EOF' })
  for (const data of ['A', 'AQ=', '$$$$', 'A===']) {
    t.throws(() => readArmored(`-----BEGIN A-----\n\n${data}\n-----END A-----\n`), { code: 'invalid-keyring', message: 'openpgp: invalid data: armor invalid' }, data)
  }
})
