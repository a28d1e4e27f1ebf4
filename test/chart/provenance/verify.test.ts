import t from 'tap'
import { readEntities } from '../../../src/chart/provenance/read-entities.js'
import { verifyProvenance, type Verification } from '../../../src/chart/provenance/verify.js'
import { signedArchive } from '../../helpers/signed-archive.js'
import { testKey } from '../../helpers/test-keys.js'
import { readArmored, writeArmored } from '../../../src/chart/provenance/armor.js'

const fileName = 'web-1.0.0.tgz'

async function scene (): Promise<{ provenance: string, verify: (provenance: string, archive?: Uint8Array) => Promise<Verification> }> {
  const { archive, provenance, keyring } = await signedArchive(fileName, { type: 'rsa' })
  const [block] = readArmored(keyring)
  const entities = await readEntities(block?.body ?? new Uint8Array())
  return {
    provenance,
    verify: async (text, changed = archive) => await verifyProvenance({ archive: changed, provenance: Buffer.from(text), fileName }, { keyring: entities, now: new Date() })
  }
}

t.test('anything changed is refused', async t => {
  const { provenance, verify } = await scene()
  t.match(await verify(provenance), { fileName })
  t.match(await verify(`Hello\n${provenance}\nBye`), { fileName }, 'what stands around it is not signed')
  await t.rejects(verify(provenance, Buffer.from('another')), { code: 'digest-mismatch', message: /^sha256 sum does not match for web-1\.0\.0\.tgz: "sha256:[0-9a-f]{64}" != "sha256:[0-9a-f]{64}"$/ })
  await t.rejects(verify(provenance.replace('name: web', 'name: wet')), { code: 'invalid-signature', message: 'openpgp: invalid signature: RSA verification failure' })
  await t.rejects(verify(provenance.replace('sha256:', 'sha256:0')), { code: 'invalid-signature' })
  await t.rejects(verify('not signed'), { code: 'no-signature', message: 'signature block not found' })
})

t.test('signatures that are none', async t => {
  const { provenance, verify } = await scene()
  const shown = provenance.slice(0, provenance.indexOf('-----BEGIN PGP SIGNATURE'))
  const other = await testKey()
  const withSignature = async (bytes: Uint8Array): Promise<Verification> => await verify(shown + writeArmored('PGP SIGNATURE', bytes))
  await t.rejects(withSignature(new Uint8Array()), { code: 'unknown-signer', message: 'openpgp: signature made by unknown entity' })
  await t.rejects(withSignature(other.public), { code: 'invalid-signature', message: 'openpgp: invalid data: non signature packet found' })
  await t.rejects(withSignature(Buffer.from('notes')), { code: 'invalid-signature', message: 'openpgp: invalid data: tag byte does not have MSB set' })
  await t.rejects(withSignature(Uint8Array.from([0xc2, 5, 3, 1, 2, 3, 4])), { code: 'unknown-signer' }, 'a version of long ago counts for nothing')
  await t.rejects(verify(`${shown}-----BEGIN PGP SIGNATURE-----\n\n$\n-----END PGP SIGNATURE-----\n`), { code: 'invalid-signature' })
})

t.test('a key that only certifies has not signed', async t => {
  const { archive, provenance, keyring } = await signedArchive(fileName)
  const [block] = readArmored(keyring)
  const [entity] = await readEntities(block?.body ?? new Uint8Array())
  if (entity === undefined) throw new Error('the key cannot be read')
  for (const { selfSignature } of entity.identities) if (selfSignature !== undefined) selfSignature.keyFlags = Uint8Array.from([1])
  await t.rejects(verifyProvenance({ archive, provenance: Buffer.from(provenance), fileName }, { keyring: [entity], now: new Date() }), { code: 'unknown-signer' })
})
