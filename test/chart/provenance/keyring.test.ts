import { join } from 'node:path'
import t from 'tap'
import { defaultKeyring, loadKeyring } from '../../../src/chart/provenance/keyring.js'
import { testKey } from '../../helpers/test-keys.js'

t.test('binary and armored keyrings, of one key and of several', async t => {
  const [one, two] = await Promise.all([testKey({ names: ['One', 'First'] }), testKey({ names: ['Two'] })])
  const folder = t.testdir({
    'public.gpg': Buffer.concat([one.public, two.public]),
    'secret.gpg': Buffer.concat([one.secret, two.secret]),
    'public.asc': `\n${one.armoredPublic}\n${two.armoredPublic}`,
    'mixed.asc': one.armoredSecret + two.armoredPublic
  })
  for (const [name, secret] of [['public.gpg', [false, false]], ['secret.gpg', [true, true]], ['public.asc', [false, false]], ['mixed.asc', [true, false]]] as const) {
    const entities = await loadKeyring({ path: join(folder, name), shown: name })
    t.strictSame(entities.map(({ identities }) => identities.map(each => each.name)), [['One <one@example.com>', 'First <first@example.com>'], ['Two <two@example.com>']], name)
    t.strictSame(entities.map(each => each.primary.getFingerprint().toUpperCase()), [one.fingerprint, two.fingerprint])
    t.strictSame(entities.map(each => each.secret !== undefined), secret)
  }
})

t.test('a key whose name was signed by another is left out, and one that breaks a rule too', async t => {
  const [good, bad] = await Promise.all([testKey({ names: ['Good'] }), testKey({ names: ['Evil'] })])
  const forged = Buffer.from(bad.public)
  forged.write('Good', forged.indexOf('Evil'))
  const folder = t.testdir({ both: Buffer.concat([forged, good.public]), alone: forged, headless: Buffer.concat([Buffer.from([0xcd, 1, 65]), good.public]), nameless: Buffer.from([0xcd, 1, 65]) })
  const load = async (name: string): Promise<unknown> => (await loadKeyring({ path: join(folder, name), shown: name })).map(({ primary }) => primary.getFingerprint().toUpperCase())
  t.strictSame(await load('both'), [good.fingerprint])
  t.strictSame(await load('headless'), [good.fingerprint])
  await t.rejects(load('alone'), { code: 'invalid-keyring', message: /^openpgp: invalid data: user ID self-signature invalid: / })
  await t.rejects(load('nameless'), { code: 'invalid-keyring', message: 'openpgp: invalid data: first packet was not a public/private key' })
})

t.test('a key that can be broken is left out', async t => {
  const weak = await testKey({ type: 'rsa', bits: 768 })
  const folder = t.testdir({ weak: Buffer.from(weak.public) })
  await t.rejects(loadKeyring({ path: join(folder, 'weak'), shown: 'weak' }), { code: 'invalid-keyring', message: /RSA keys of less than 1024 bits can be broken/ })
})

t.test("GnuPG's own keyring", async t => {
  const folder = t.testdir({ both: { 'pubring.gpg': '', 'pubring.kbx': '' }, box: { 'pubring.kbx': '' }, none: {} })
  t.equal(await defaultKeyring(join(folder, 'both')), join(folder, 'both', 'pubring.gpg'))
  t.equal(await defaultKeyring(join(folder, 'box')), join(folder, 'box', 'pubring.kbx'))
  t.equal(await defaultKeyring(join(folder, 'none')), join(folder, 'none', 'pubring.gpg'))
})
