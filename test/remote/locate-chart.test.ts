import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { addRepository } from '../../src/remote/add-repository.js'
import { digestOf } from '../../src/remote/content-cache.js'
import { locateChart } from '../../src/remote/locate-chart.js'
import { signedArchive } from '../helpers/signed-archive.js'
import { addOptions, noFlags, repositoryEntry, testRemote } from './remote.js'
import { startWeb, type Answer, type Site, type Web } from './web.js'

const good = digestOf(Buffer.from('archive'))

/** An index of one chart, `web`, whose archive has that digest. */
function indexWith (digest: string): string {
  return `apiVersion: v1\nentries:\n  web: [{name: web, version: 1.0.0, urls: [web.tgz], digest: "${digest}"}]\n`
}

async function served (t: Parameters<typeof startWeb>[0], digest: string): Promise<{ web: Web, site: Site }> {
  const site: Site = new Map([['/index.yaml', indexWith(digest)], ['/web.tgz', 'archive']])
  return { web: await startWeb(t, site), site }
}

t.test('what is here is not fetched', async t => {
  const folder = t.testdir({ stable: { web: {} }, 'web.tgz': '' })
  const { context } = testRemote(folder)
  t.equal(await locateChart(context, 'stable/web', noFlags), join(folder, 'stable', 'web'))
  t.equal(await locateChart(context, ' ./web.tgz ', noFlags), join(folder, 'web.tgz'))
  t.equal(await locateChart(context, folder, noFlags), folder)
  for (const path of ['./nope', '../nope', '/nope', '.']) {
    if (path === '.') t.equal(await locateChart(context, path, noFlags), folder)
    else await t.rejects(locateChart(context, path, noFlags), { code: 'path-not-found', message: `path "${path}" not found` })
  }
  await t.rejects(locateChart(context, '', noFlags), { code: 'invalid-reference' })
})

t.test('with --repo a path is no path', async t => {
  const { web } = await served(t, good)
  const folder = t.testdir({ web: {} })
  t.match(await locateChart(testRemote(folder).context, 'web', { ...noFlags, repo: web.url }), new RegExp(`${good}\\.chart$`))
})

t.test('an archive is fetched once, whatever way its digest is written', async t => {
  for (const digest of [good, `sha256:${good}`, good.toUpperCase()]) {
    const { web } = await served(t, digest)
    const { context } = testRemote(t.testdir())
    await addRepository(context, repositoryEntry('stable', web.url), addOptions)
    const path = join(context.contentCache, good.slice(0, 2), `${good}.chart`)
    t.equal(await locateChart(context, 'stable/web', noFlags), path)
    t.equal(await locateChart(context, 'stable/web', noFlags), path)
    t.equal(readFileSync(path, 'utf8'), 'archive')
    t.strictSame(web.seen.map(each => each.path), ['/index.yaml', '/web.tgz'], digest)
    t.equal(web.seen[1]?.headers.accept, 'application/gzip,application/octet-stream')
  }
})

t.test('an archive without a digest is fetched every time', async t => {
  const { web } = await served(t, '')
  const { context } = testRemote(t.testdir())
  await addRepository(context, repositoryEntry('stable', web.url), addOptions)
  for (let i = 0; i < 2; i++) t.match(await locateChart(context, 'stable/web', noFlags), new RegExp(`${good}\\.chart$`))
  t.equal(web.seen.length, 3)
})

t.test('a damaged file of the cache is fetched again', async t => {
  const { web } = await served(t, good)
  const { context } = testRemote(t.testdir())
  await addRepository(context, repositoryEntry('stable', web.url), addOptions)
  const path = await locateChart(context, 'stable/web', noFlags)
  writeFileSync(path, 'damaged')
  t.equal(await locateChart(context, 'stable/web', noFlags), path)
  t.equal(readFileSync(path, 'utf8'), 'archive')
})

t.test('an archive that is not what the index promised is refused', async t => {
  const { web, site } = await served(t, good)
  site.set('/web.tgz', 'something else')
  const { context } = testRemote(t.testdir())
  await addRepository(context, repositoryEntry('stable', web.url), addOptions)
  const got = digestOf(Buffer.from('something else'))
  for (const flags of [noFlags, { ...noFlags, repo: web.url }]) {
    const message = `the archive at ${web.url}/web.tgz is not the one in the index: its sha256 is ${got}, the index says ${good}`
    await t.rejects(locateChart(context, flags.repo === '' ? 'stable/web' : 'web', flags), { code: 'digest-mismatch', message })
  }
})

t.test('a digest that is none is refused', async t => {
  for (const digest of ['abc', `md5:${'0'.repeat(32)}`, 'x'.repeat(64)]) {
    const { web } = await served(t, digest)
    const { context } = testRemote(t.testdir())
    await addRepository(context, repositoryEntry('stable', web.url), addOptions)
    await t.rejects(locateChart(context, 'stable/web', noFlags), { code: 'digest-mismatch', message: `invalid digest "${digest}" for ${web.url}/web.tgz in the index: it is no SHA-256` })
  }
})

t.test('a chart of a registry is not fetched yet', async t => {
  const { context } = testRemote(t.testdir())
  await t.rejects(locateChart(context, 'oci://example.com/web', noFlags), { code: 'not-supported', message: 'scheme "oci" is not supported yet: oci://example.com/web cannot be fetched' })
  await t.rejects(locateChart(context, 'web', { ...noFlags, repo: 'oci://example.com' }), { code: 'not-supported' })
})

t.test('--verify gives a chart only when it is the one that was signed', async t => {
  const signed = await signedArchive('web-1.0.0.tgz')
  const folder = t.testdir({ 'web-1.0.0.tgz': signed.archive, 'web-1.0.0.tgz.prov': signed.provenance, 'other.tgz': signed.archive, web: {}, 'keys.asc': signed.keyring })
  const { context } = testRemote(folder)
  const flags = { ...noFlags, verify: true, keyring: 'keys.asc' }
  t.equal(await locateChart(context, 'web-1.0.0.tgz', flags), join(folder, 'web-1.0.0.tgz'))
  await t.rejects(locateChart(context, 'web', flags), { code: 'not-an-archive', message: 'unpacked charts cannot be verified' })
  await t.rejects(locateChart(context, './other.tgz', flags), { code: 'unreadable', message: `could not load provenance file ${folder}/other.tgz.prov: stat ${folder}/other.tgz.prov: no such file or directory` })
  const site: Site = new Map<string, Answer>([['/web-1.0.0.tgz', signed.archive], ['/web-1.0.0.tgz.prov', signed.provenance], ['/bad/web-1.0.0.tgz', 'another'], ['/bad/web-1.0.0.tgz.prov', signed.provenance], ['/lonely.tgz', signed.archive]])
  const web = await startWeb(t, site)
  t.equal(readFileSync(await locateChart(context, `${web.url}/web-1.0.0.tgz`, flags), 'latin1'), signed.archive.toString('latin1'))
  await t.rejects(locateChart(context, `${web.url}/bad/web-1.0.0.tgz`, flags), { code: 'digest-mismatch', message: /^sha256 sum does not match for web-1\.0\.0\.tgz: "sha256:/ })
  await t.rejects(locateChart(context, `${web.url}/lonely.tgz`, flags), { code: 'unverified', message: `failed to fetch provenance "${web.url}/lonely.tgz.prov"` })
  await t.rejects(locateChart({ ...context, gnupgHome: join(folder, 'gnupg') }, `${web.url}/web-1.0.0.tgz`, { ...flags, keyring: '' }), {
    code: 'unreadable', message: `failed to load keyring: open ${folder}/gnupg/pubring.gpg: no such file or directory`
  })
})

t.test('says that a configured repository was never fetched', async t => {
  const { web } = await served(t, good)
  const { context } = testRemote(t.testdir())
  await addRepository(context, repositoryEntry('stable', web.url), addOptions)
  const elsewhere = { ...context, repositoryCache: join(context.cwd, 'elsewhere') }
  await t.rejects(locateChart(elsewhere, 'stable/web', noFlags), {
    code: 'not-cached', message: `no cached repo found. (try 'portolan repo update'): open ${context.cwd}/elsewhere/stable-index.yaml: no such file or directory`
  })
})
