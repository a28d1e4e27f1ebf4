import t from 'tap'
import { encode } from '../../src/go/bytes.js'
import { bcrypt } from '../../src/sprig/bcrypt.js'

/** Passwords, salts, and what libxcrypt's crypt(3) gave for them. */
const vectors: ReadonlyArray<readonly [string, string, string]> = [
  ['', '000102030405060708090a0b0c0d0e0f', '$2a$10$..CA.uOD/eaGAOmJB.yMBu9m/VIwgxxGiBBCE9BoV3i2KCQRk0xNy'],
  ['secret', '000102030405060708090a0b0c0d0e0f', '$2a$10$..CA.uOD/eaGAOmJB.yMBu0jSOqyoKcaQ/YvzjM283iifHYPhsi9y'],
  ['pässword', 'f0f1f2f3f4f5f6f7f8f9fafbfcfdfeff', '$2a$10$6NFw69Rz7td28dp59N189uc.EYsKqgv2ZS0ddAWavh6gYK2je5e2e'],
  ['a'.repeat(72), '00000000000000000000000000000000', '$2a$10$......................6I3ms6Ylv.QAtGBarOTA9xLZcr8tT1C'],
  ['correct horse battery staple', 'ffffffffffffffffffffffffffffffff', '$2a$10$999999999999999999999uraOJqos.p1abSx82lT12pFxb.vZBU8q']
]

t.test('as libxcrypt hashes', async t => {
  for (const [password, salt, hash] of vectors) t.equal(bcrypt(encode(password), Buffer.from(salt, 'hex')), hash)
})

t.test('no more than 72 bytes', async t => {
  t.throws(() => bcrypt(new Uint8Array(73), new Uint8Array(16)), { message: 'bcrypt: password length exceeds 72 bytes' })
})
