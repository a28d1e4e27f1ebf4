import { existsSync, lstatSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { pullChart, type PullOptions } from '../../src/remote/pull.js'
import { chartArchive, evilArchive, rawArchive } from '../helpers/chart-archive.js'
import { signedArchive } from '../helpers/signed-archive.js'
import { noFlags, testRemote } from './remote.js'
import { startWeb, type Answer, type Site, type Web } from './web.js'

const options: PullOptions = { ...noFlags, destination: '.', untar: false, untarDir: '.', provenance: false }
const unpacking: PullOptions = { ...options, untar: true }

async function serve (t: Parameters<typeof startWeb>[0], files: Record<string, Answer>): Promise<{ web: Web, site: Site }> {
  const site: Site = new Map(Object.entries(files))
  return { web: await startWeb(t, site), site }
}

/** An archive of a chart with a name that need not be one. */
function named (name: string): Buffer {
  return rawArchive([{ name: 'x/Chart.yaml', data: `apiVersion: v2\nname: ${JSON.stringify(name)}\nversion: 1.0.0\n` }, { name: 'x/values.yaml', data: 'a: 1\n' }])
}

t.test('writes the archive under the name that its URL ends in', async t => {
  const { web } = await serve(t, { '/a/web-1.0.0.tgz': 'archive', '/a%20b.tgz': 'spaced', '/get': 'unnamed' })
  const folder = t.testdir({ out: {} })
  const { context } = testRemote(folder)
  t.equal((await pullChart(context, `${web.url}/a/web-1.0.0.tgz?x=../../y`, { ...options, destination: 'out' })).path, join(folder, 'out', 'web-1.0.0.tgz'))
  await pullChart(context, `${web.url}/a%20b.tgz`, options)
  await pullChart(context, `${web.url}/get`, options)
  t.strictSame(readdirSync(join(folder, 'out')), ['web-1.0.0.tgz'])
  t.strictSame(readdirSync(folder).sort(), ['a b.tgz', 'get', 'out'])
})

t.test('a URL cannot name a path', async t => {
  const site: Site = new Map()
  for (const path of ['/..%2f..%2fx.tgz', '/a%5cb.tgz', '/%00.tgz', '/']) site.set(path, 'archive')
  const web = await startWeb(t, site)
  const folder = t.testdir()
  const { context } = testRemote(folder)
  for (const path of site.keys()) await t.rejects(pullChart(context, web.url + path, options), { code: 'invalid-url', message: /does not end in a file's name/ }, path)
  t.strictSame(readdirSync(folder), [])
})

t.test('replaces an older archive in one step, and keeps it when the new one does not come', async t => {
  const cut: Answer = response => { response.writeHead(200, { 'content-length': '1000' }).write('half', () => response.destroy()) }
  const { web, site } = await serve(t, { '/web.tgz': 'one' })
  const folder = t.testdir()
  const { context } = testRemote(folder)
  await pullChart(context, `${web.url}/web.tgz`, options)
  site.set('/web.tgz', cut)
  await t.rejects(pullChart(context, `${web.url}/web.tgz`, options), { code: 'truncated' })
  t.equal(readFileSync(join(folder, 'web.tgz'), 'utf8'), 'one')
  site.set('/web.tgz', 'two')
  await pullChart(context, `${web.url}/web.tgz`, options)
  t.equal(readFileSync(join(folder, 'web.tgz'), 'utf8'), 'two')
  t.strictSame(readdirSync(folder), ['web.tgz'])
})

t.test('does not make the folder, and says so', async t => {
  const { web } = await serve(t, { '/web.tgz': 'one' })
  const { context } = testRemote(t.testdir({ file: '' }))
  await t.rejects(pullChart(context, `${web.url}/web.tgz`, { ...options, destination: 'no/where' }), { code: 'path-not-found', message: 'open no/where/web.tgz: no such file or directory' })
  await t.rejects(pullChart(context, `${web.url}/web.tgz`, { ...options, destination: 'file' }), { code: 'path-not-found', message: 'open file/web.tgz: not a directory' })
})

t.test('fetches the provenance file, and removes an older one that does not belong', async t => {
  const { web, site } = await serve(t, { '/web.tgz': 'one', '/web.tgz.prov': 'signed' })
  const folder = t.testdir()
  const { context } = testRemote(folder)
  t.strictSame(await pullChart(context, `${web.url}/web.tgz?x=1`, { ...options, provenance: true }), { path: join(folder, 'web.tgz') })
  t.equal(readFileSync(join(folder, 'web.tgz.prov'), 'utf8'), 'signed')
  t.equal(web.seen[1]?.path, '/web.tgz.prov?x=1', 'the URL\'s query is the server\'s business')
  site.delete('/web.tgz.prov')
  t.match(await pullChart(context, `${web.url}/web.tgz`, { ...options, provenance: true }), { provenanceFailure: { code: 'http-status' } })
  t.strictSame(readdirSync(folder), ['web.tgz'])
})

t.test('a chart of a registry is not fetched yet', async t => {
  const folder = t.testdir()
  await t.rejects(pullChart(testRemote(folder).context, 'oci://example.com/web', options), { code: 'not-supported', message: /"oci" is not supported yet/ })
  t.strictSame(readdirSync(folder), [])
})

t.test('--verify keeps a chart, and its provenance file, only when it is the one that was signed', async t => {
  const signed = await signedArchive('web-1.0.0.tgz')
  const { web, site } = await serve(t, { '/web-1.0.0.tgz': signed.archive, '/web-1.0.0.tgz.prov': signed.provenance, '/web.tar.gz': signed.archive, '/web.tar.gz.prov': signed.provenance })
  const folder = t.testdir({ 'keys.asc': signed.keyring, out: {} })
  const { context } = testRemote(folder)
  const verifying = { ...options, verify: true, keyring: 'keys.asc', destination: 'out' }
  const { path, verification } = await pullChart(context, `${web.url}/web-1.0.0.tgz`, verifying)
  t.equal(path, join(folder, 'out', 'web-1.0.0.tgz'))
  t.strictSame(verification, { signedBy: ['Team A <team-a@example.com>'], fingerprint: signed.fingerprint, fileHash: signed.fileHash, fileName: 'web-1.0.0.tgz' })
  t.equal(readFileSync(`${path}.prov`, 'utf8'), signed.provenance)
  t.match(await pullChart(context, `${web.url}/web-1.0.0.tgz`, { ...verifying, untar: true, destination: '.' }), { path: join(folder, 'web'), verification: { fileName: 'web-1.0.0.tgz' } })
  t.strictSame(readdirSync(folder).sort(), ['keys.asc', 'out', 'web'])

  const empty = { ...verifying, destination: 'empty' }
  mkdirSync(join(folder, 'empty'))
  await t.rejects(pullChart(context, `${web.url}/web.tar.gz`, empty), { code: 'not-an-archive', message: 'chart must be a tgz file' })
  site.set('/web-1.0.0.tgz', 'another')
  await t.rejects(pullChart(context, `${web.url}/web-1.0.0.tgz`, empty), { code: 'digest-mismatch' })
  await t.rejects(pullChart(context, `${web.url}/web-1.0.0.tgz`, { ...empty, untar: true }), { code: 'digest-mismatch' })
  site.delete('/web-1.0.0.tgz.prov')
  await t.rejects(pullChart(context, `${web.url}/web-1.0.0.tgz?x=1`, empty), { code: 'unverified', message: `failed to fetch provenance "${web.url}/web-1.0.0.tgz.prov?x=1"` })
  t.strictSame(readdirSync(join(folder, 'empty')), [], 'nothing is kept that could not be verified')
})

t.test('unpacks into a folder of the chart\'s name, and leaves nothing else', async t => {
  const { web } = await serve(t, { '/other-name.tgz': await chartArchive('web', '1.0.0', { 'templates/a/b.yaml': 'b' }) })
  const folder = t.testdir()
  const { context } = testRemote(folder)
  t.equal((await pullChart(context, `${web.url}/other-name.tgz`, unpacking)).path, join(folder, 'web'))
  t.strictSame(readdirSync(folder), ['web'])
  t.equal(readFileSync(join(folder, 'web', 'templates', 'a', 'b.yaml'), 'utf8'), 'b')
  t.equal(lstatSync(join(folder, 'web', 'values.yaml')).mode & 0o777, 0o644)
  await pullChart(context, `${web.url}/other-name.tgz`, { ...unpacking, untarDir: join(folder, 'absolute'), destination: 'ignored' })
  t.ok(existsSync(join(folder, 'absolute', 'web', 'Chart.yaml')))
})

t.test('never writes into what is there, not even through a link', async t => {
  const { web } = await serve(t, { '/web.tgz': await chartArchive('web', '1.0.0') })
  const folder = t.testdir({ folder: { web: { mine: 'mine' } }, file: { web: 'mine' }, link: {}, target: {} })
  symlinkSync(join(folder, 'target'), join(folder, 'link', 'web'))
  const { context } = testRemote(folder)
  for (const into of ['folder', 'file', 'link']) {
    await t.rejects(pullChart(context, `${web.url}/web.tgz`, { ...unpacking, destination: into }), { code: 'path-exists', message: `failed to untar: a file or directory with the name ${into}/web already exists` })
    t.strictSame(readdirSync(join(folder, into)), ['web'])
  }
  t.strictSame(readdirSync(join(folder, 'target')), [])
  t.strictSame(readdirSync(join(folder, 'folder', 'web')), ['mine'])
})

t.test('a chart cannot name its folder anything but a name', async t => {
  const names = ['..', '.', '../web', 'a/b', '/etc', 'a\\b', '']
  const site: Site = new Map(names.map((name, i) => [`/${i}.tgz`, named(name)]))
  site.set('/none.tgz', rawArchive([{ name: 'x/values.yaml', data: 'a: 1\n' }]))
  const web = await startWeb(t, site)
  const folder = t.testdir({ into: {} })
  const { context } = testRemote(folder)
  for (const path of site.keys()) await t.rejects(pullChart(context, web.url + path, { ...unpacking, destination: 'into' }), { code: 'invalid-chart' }, path)
  t.strictSame(readdirSync(join(folder, 'into')), [])
  t.strictSame(readdirSync(folder), ['into'])
})

t.test('evil archives leave nothing behind', async t => {
  const kinds = ['absolute path', 'parent path', 'windows parent path', 'drive letter', 'outside the folder', 'symbolic link', 'hard link', 'device', 'file of 6 MiB', 'bomb of one file', 'name with a NUL', 'no gzip', 'no tar', 'cut short'] as const
  const web = await startWeb(t, new Map(kinds.map((kind, i) => [`/${i}.tgz`, evilArchive(kind)])))
  const folder = t.testdir()
  const { context } = testRemote(folder)
  for (const [i, kind] of kinds.entries()) await t.rejects(pullChart(context, `${web.url}/${i}.tgz`, unpacking), { name: 'ChartError' }, kind)
  t.strictSame(readdirSync(folder), [])
})

t.test('a file that is a folder too leaves nothing behind', async t => {
  const archive = rawArchive([{ name: 'web/Chart.yaml', data: 'apiVersion: v2\nname: web\nversion: 1.0.0\n' }, { name: 'web/a', data: 'a' }, { name: 'web/a/b', data: 'b' }])
  const { web } = await serve(t, { '/web.tgz': archive })
  const folder = t.testdir()
  await t.rejects(pullChart(testRemote(folder).context, `${web.url}/web.tgz`, unpacking), { code: 'write-failed', message: /^failed to untar: / })
  t.strictSame(readdirSync(folder), [])
})

t.test('a huge answer is not taken', async t => {
  const huge: Answer = response => {
    response.writeHead(200, { 'content-length': String(200 * 1024 * 1024) })
    const chunk = Buffer.alloc(1024 * 1024)
    const more = (): void => { if (!response.destroyed && response.write(chunk)) setImmediate(more) }
    response.on('drain', more)
    more()
  }
  const { web } = await serve(t, { '/web.tgz': huge })
  const folder = t.testdir()
  writeFileSync(join(folder, 'other'), '')
  await t.rejects(pullChart(testRemote(folder).context, `${web.url}/web.tgz`, options), { code: 'too-large', message: `failed to fetch ${web.url}/web.tgz : the answer is larger than 128 MiB` })
  t.strictSame(readdirSync(folder), ['other'])
})
