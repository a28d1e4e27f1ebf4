import { readdirSync } from 'node:fs'
import t from 'tap'
import { chartSite } from '../../remote/chart-site.js'
import { signedArchive } from '../../helpers/signed-archive.js'
import { startWeb, type Answer, type Web } from '../../remote/web.js'
import { call } from './program.js'

// All that Helm does too is compared with it in repo-compat.test.ts.
t.test('an archive that is not the one in the index is refused', async t => {
  const held: { web?: Web } = {}
  const { site, digests } = await chartSite(() => held.web?.url ?? '')
  const web = held.web = await startWeb(t, site)
  const home = t.testdir({ work: {} })
  await call(`repo add stable ${web.url}`, home)
  t.strictSame(await call('pull stable/db -d work', home), {
    code: 1,
    stdout: '',
    stderr: `Error: the archive at ${web.url}/charts/db-2.0.0+build.5.tgz is not the one in the index: its sha256 is ${digests.get('db-2.0.0+build.5.tgz') ?? ''}, the index says ${'0'.repeat(64)}\n`
  })
  t.strictSame(readdirSync(`${home}/work`), [])
  t.match(await call('pull stable/web --verify -d work', home), { code: 1, stderr: /^Error: failed to fetch provenance ".*\.tgz\.prov"\n$/ })
  t.strictSame(readdirSync(`${home}/work`), [])
})

t.test('a URL unpacks into a folder of the chart\'s name and leaves no other', async t => {
  const { site } = await chartSite(() => '')
  const web = await startWeb(t, site)
  const home = t.testdir({ work: {} })
  t.strictSame(await call(`pull ${web.url}/charts/web-1.2.3.tgz --untar -d work`, home), { code: 0, stdout: '', stderr: '' })
  t.strictSame(readdirSync(`${home}/work`), ['web'])
})

t.test('--verify says who signed the chart', async t => {
  const { archive, provenance, keyring, fingerprint, fileHash } = await signedArchive('web-1.0.0.tgz')
  const web = await startWeb(t, new Map<string, Answer>([['/web-1.0.0.tgz', archive], ['/web-1.0.0.tgz.prov', provenance]]))
  const home = t.testdir({ 'keys.asc': keyring })
  t.strictSame(await call(`pull ${web.url}/web-1.0.0.tgz --verify --keyring keys.asc`, home), {
    code: 0, stdout: `Signed by: Team A <team-a@example.com>\nUsing Key With Fingerprint: ${fingerprint}\nChart Hash Verified: ${fileHash}\n`, stderr: ''
  })
  t.strictSame(await call(`pull ${web.url}/web-1.0.0.tgz --verify`, home, { env: { GNUPGHOME: `${home}/gnupg` } }), {
    code: 1, stdout: '', stderr: `Error: failed to load keyring: open ${home}/gnupg/pubring.gpg: no such file or directory\n`
  })
})
