import t from 'tap'
import type { Entity } from '../../../src/chart/provenance/entity.js'
import { readEntities } from '../../../src/chart/provenance/read-entities.js'
import { findSigner, signProvenance, unlockSigner } from '../../../src/chart/provenance/sign.js'
import { verifyProvenance, type Verification } from '../../../src/chart/provenance/verify.js'
import { testKey, type TestKeyOptions } from '../../helpers/test-keys.js'

const now = new Date('2025-06-01T12:00:00Z')
const passphrase = async (): Promise<string> => 'open sesame'
const archive = Buffer.from('an archive')
const metadata = { apiVersion: 'v2', name: 'web', version: '1.0.0' }

async function secretEntity (options: TestKeyOptions): Promise<Entity> {
  const [entity] = await readEntities((await testKey(options)).secret)
  if (entity === undefined) throw new Error('the key cannot be read')
  return entity
}

async function signed (entity: Entity, when = now): Promise<string> {
  const { key } = await unlockSigner(entity, { passphrase, now: when })
  return await signProvenance({ archive, fileName: 'web-1.0.0.tgz', metadata }, { key, now: when })
}

async function verified (provenance: string, keyring: readonly Entity[], when = now): Promise<Verification> {
  return await verifyProvenance({ archive, provenance: Buffer.from(provenance), fileName: 'web-1.0.0.tgz' }, { keyring, now: when })
}

t.test('a key is found by its name, or by a part that no other has', async t => {
  const ring = await Promise.all([secretEntity({ names: ['Harbour Master', 'Harbour'] }), secretEntity({ names: ['Harbour Guard'] })])
  t.equal(findSigner(ring, 'Harbour Guard <harbour-guard@example.com>'), ring[1])
  t.equal(findSigner(ring, 'Master'), ring[0])
  t.equal(findSigner(ring.slice(0, 1), 'Harbour'), ring[0], 'two names of one key')
  t.throws(() => findSigner(ring, 'Harbour'), { code: 'ambiguous-key', message: 'more than one key contain the id "Harbour"' })
  t.throws(() => findSigner(ring, 'Pirate'), { code: 'no-key', message: 'private key not found' })
})

t.test('what was signed is verified, with RSA and with Ed25519, locked and open', async t => {
  for (const options of [{ type: 'rsa' }, { type: 'ecc' }, { type: 'ecc', passphrase: 'open sesame' }] as const) {
    const entity = await secretEntity({ ...options, names: ['Team A', 'Team B'] })
    const provenance = await signed(entity)
    t.match(provenance, /^-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA512\n\napiVersion: v2\nname: web\nversion: 1\.0\.0\n\n\.\.\.\nfiles:\n {2}web-1\.0\.0\.tgz: sha256:[0-9a-f]{64}\n\n-----BEGIN PGP SIGNATURE-----\n\n/)
    t.match(await verified(provenance, [await secretEntity({}), entity]), { signedBy: ['Team A <team-a@example.com>', 'Team B <team-b@example.com>'], fileName: 'web-1.0.0.tgz' })
  }
})

t.test('a subkey signs where the primary key cannot', async t => {
  const entity = await secretEntity({ subkey: true })
  t.equal(entity.secret?.isDummy(), true)
  t.match(await verified(await signed(entity), [entity]), { fingerprint: entity.primary.getFingerprint().toUpperCase() })
  const [alone] = [{ ...entity, subkeys: [] }]
  await t.rejects(unlockSigner(alone, { passphrase, now }), { code: 'no-secret-key', message: 'openpgp: s2k GNU dummy key: dummy key found' })
})

t.test('a key that cannot be used', async t => {
  const [open] = await readEntities((await testKey()).public)
  if (open === undefined) throw new Error('the key cannot be read')
  await t.rejects(unlockSigner(open, { passphrase, now }), { code: 'no-secret-key', message: 'provided key is not a private key. Try providing a keyring with secret keys' })
  const locked = await secretEntity({ passphrase: 'open sesame' })
  const asked: string[] = []
  const wrong = async (owner: string): Promise<string> => {
    asked.push(owner)
    return 'close sesame'
  }
  await t.rejects(unlockSigner(locked, { passphrase: wrong, now }), { code: 'wrong-passphrase', message: 'openpgp: invalid data: private key checksum failure' })
  t.strictSame(asked, ['Team A <team-a@example.com>'])
})

t.test('what nobody will accept is said when it is signed', async t => {
  const expired = await secretEntity({ lifetime: 3600 })
  t.match(await unlockSigner(expired, { passphrase, now }), { doubt: 'the key is expired' })
  await t.rejects(verified(await signed(expired), [expired]), { code: 'expired', message: 'openpgp: key expired' })
  const revoked = await secretEntity({ revoked: true })
  t.match(await unlockSigner(revoked, { passphrase, now }), { doubt: 'the key is revoked' })
  await t.rejects(verified(await signed(revoked), [revoked]), { code: 'revoked', message: 'openpgp: signature made by revoked key' })
  t.equal((await unlockSigner(await secretEntity({}), { passphrase, now })).doubt, undefined)
})

t.test('times: a key that is not yet valid, a signature of tomorrow', async t => {
  const entity = await secretEntity({ created: new Date('2025-01-01T00:00:00Z'), lifetime: 86_400 })
  const provenance = await signed(entity, new Date('2025-01-01T12:00:00Z'))
  t.ok(await verified(provenance, [entity], new Date('2025-01-02T00:00:00Z')), 'the last second counts')
  await t.rejects(verified(provenance, [entity], new Date('2025-01-02T00:00:01Z')), { code: 'expired', message: 'openpgp: key expired' })
  await t.rejects(verified(provenance, [entity], new Date('2025-01-01T11:00:00Z')), { code: 'expired', message: 'openpgp: signature expired' })
  await t.rejects(verified(provenance, [entity], new Date('2024-12-31T00:00:00Z')), { code: 'expired', message: 'openpgp: key expired' })
})
