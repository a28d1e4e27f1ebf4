import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { checkArchiveName, verifyFile } from '../../../src/chart/provenance/verify-file.js'
import { signedArchive } from '../../helpers/signed-archive.js'

t.test('an archive with its provenance file beside it', async t => {
  const { archive, provenance, keyring, fingerprint, fileHash } = await signedArchive('web-1.0.0.tgz')
  const folder = t.testdir({ 'web-1.0.0.tgz': archive, 'web-1.0.0.tgz.prov': provenance, 'keys.asc': keyring, 'alone.tgz': archive, 'notes.txt': '' })
  const file = (shown: string): { path: string, shown: string } => ({ path: join(folder, shown), shown })
  const trust = { keyring: file('keys.asc'), now: new Date() }
  t.strictSame(await verifyFile(file('web-1.0.0.tgz'), trust), { signedBy: ['Team A <team-a@example.com>'], fingerprint, fileHash, fileName: 'web-1.0.0.tgz' })
  await t.rejects(verifyFile(file('alone.tgz'), trust), { code: 'unreadable', message: 'could not load provenance file alone.tgz.prov: stat alone.tgz.prov: no such file or directory' })
  await t.rejects(verifyFile(file('nope.tgz'), trust), { code: 'unreadable', message: 'stat nope.tgz: no such file or directory' })
  await t.rejects(verifyFile(file('notes.txt'), trust), { code: 'not-an-archive', message: 'chart must be a tgz file' })
  await t.rejects(verifyFile(file('.'), trust), { code: 'not-an-archive', message: 'unpacked charts cannot be verified' })
  await t.rejects(verifyFile(file('web-1.0.0.tgz'), { ...trust, keyring: file('none') }), { code: 'unreadable', message: 'failed to load keyring: open none: no such file or directory' })
  writeFileSync(join(folder, 'b.tgz'), archive)
  mkdirSync(join(folder, 'b.tgz.prov'))
  await t.rejects(verifyFile(file('b.tgz'), trust), { code: 'unreadable', message: /^failed to read provenance file: / })
})

t.test('what may be an archive by its name', async t => {
  for (const name of ['a.tgz', 'a.TGZ', 'x/a-1.0.0.Tgz']) t.doesNotThrow(() => { checkArchiveName(name) })
  for (const name of ['a', 'a.tar.gz', 'tgz', '.tgz.prov']) t.throws(() => { checkArchiveName(name) }, { code: 'not-an-archive' }, name)
})
