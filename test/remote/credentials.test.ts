import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { addRepository } from '../../src/remote/add-repository.js'
import { cacheArchive } from '../../src/remote/fetch-chart.js'
import { findChart } from '../../src/remote/find-chart.js'
import { locateChart } from '../../src/remote/locate-chart.js'
import type { Repository } from '../../src/remote/repository.js'
import { addOptions, noFlags, repositoryEntry, testRemote, type TestRemote } from './remote.js'
import { startWeb, tlsFile, type Answer, type Scope, type Web } from './web.js'

const me = { username: 'me', password: 'secret' }
const mine = `Basic ${Buffer.from('me:secret').toString('base64')}`
const you = { username: 'you', password: 'other' }
const yours = `Basic ${Buffer.from('you:other').toString('base64')}`

interface Two {
  readonly remote: TestRemote
  /** The repository. */
  readonly web: Web
  /** Where the archives of `far` are. */
  readonly other: Web
}

/** A repository with a chart of its own, `near`, and one whose archive is on another host, `far`. */
async function two (t: Scope & { testdir (): string }, entry: Partial<Repository> = me): Promise<Two> {
  const other = await startWeb(t, new Map([['/far.tgz', 'far'], ['/loose.tgz', 'loose']]))
  const index = `apiVersion: v1\nentries:\n  near: [{name: near, version: 1.0.0, urls: [charts/near.tgz]}]\n  far: [{name: far, version: 1.0.0, urls: ["${other.url}/far.tgz"]}]\n`
  const web = await startWeb(t, new Map<string, Answer>([['/index.yaml', index], ['/charts/near.tgz', 'near'], ['/loose.tgz', 'loose']]))
  const remote = testRemote(t.testdir())
  await addRepository(remote.context, repositoryEntry('private', web.url, entry), addOptions)
  web.seen.length = 0
  return { remote, web, other }
}

/** Fetches a chart, and gives what was shown to the two hosts. */
async function shown ({ remote, web, other }: Two, reference: string, flags: Partial<typeof noFlags> = {}): Promise<{ web: unknown[], other: unknown[] }> {
  await cacheArchive(remote.context, await findChart(remote.context, reference, { ...noFlags, ...flags }))
  const sent = (each: Web): unknown[] => each.seen.splice(0).map(({ headers }) => headers.authorization)
  return { web: sent(web), other: sent(other) }
}

t.test('a repository\'s name and password go to the repository only', async t => {
  const both = await two(t)
  t.strictSame(await shown(both, 'private/near'), { web: [mine], other: [] })
  t.strictSame(await shown(both, 'private/far'), { web: [], other: [undefined] })
})

t.test('to every host when the entry, or the flag, says so', async t => {
  const all = await two(t, { ...me, passCredentialsAll: true })
  t.strictSame(await shown(all, 'private/far'), { web: [], other: [mine] })
  const one = await two(t)
  t.strictSame(await shown(one, 'private/far', { passCredentials: true }), { web: [], other: [mine] })
})

t.test('the flags\' count where the entry has none, and go before none of its own', async t => {
  const open = await two(t, {})
  t.strictSame(await shown(open, 'private/near', you), { web: [yours], other: [] })
  t.strictSame(await shown(open, 'private/far', you), { web: [], other: [undefined] })
  const closed = await two(t)
  t.strictSame(await shown(closed, 'private/near', you), { web: [mine], other: [] }, 'the entry\'s, as in Helm')
})

t.test('a URL that a repository lists gets the repository\'s, relative ones too', async t => {
  const both = await two(t)
  t.strictSame(await shown(both, `${both.web.url}/charts/near.tgz`), { web: [mine], other: [] })
  t.strictSame(await shown(both, `${both.web.url}/loose.tgz`), { web: [undefined], other: [] }, 'one that it does not list gets nothing')
  t.strictSame(await shown(both, `${both.other.url}/far.tgz`), { web: [], other: [undefined] }, 'nor does another host')
  t.strictSame(await shown(both, `${both.web.url}/loose.tgz`, you), { web: [yours], other: [] }, 'the flags\' are for the URL')
  const all = await two(t, { ...me, passCredentialsAll: true })
  t.strictSame(await shown(all, `${all.other.url}/far.tgz`), { web: [], other: [mine] })
})

t.test('with --repo the flags\' go to that repository only', async t => {
  const both = await two(t, {})
  t.strictSame(await shown(both, 'near', { ...you, repo: both.web.url }), { web: [yours, yours], other: [] })
  t.strictSame(await shown(both, 'far', { ...you, repo: both.web.url }), { web: [yours], other: [undefined] })
  t.strictSame(await shown(both, 'far', { ...you, repo: both.web.url, passCredentials: true }), { web: [yours], other: [yours] })
})

t.test('a repository\'s certificates count for its charts', async t => {
  const index = 'apiVersion: v1\nentries:\n  near: [{name: near, version: 1.0.0, urls: [near.tgz]}]\n'
  const web = await startWeb(t, new Map([['/index.yaml', index], ['/near.tgz', 'near']]), { client: true })
  const { context } = testRemote(t.testdir())
  const files = { caFile: tlsFile('authority.pem'), certFile: tlsFile('client.pem'), keyFile: tlsFile('client-key.pem') }
  await addRepository(context, repositoryEntry('private', web.url, files), addOptions)
  t.match(await locateChart(context, 'private/near', noFlags), /\.chart$/)
  t.match(await locateChart(context, `${web.url}/near.tgz`, noFlags), /\.chart$/, 'also by URL')
})

t.test('a repository that goes unchecked does so for its charts', async t => {
  const index = 'apiVersion: v1\nentries:\n  near: [{name: near, version: 1.0.0, urls: [near.tgz]}]\n'
  const web = await startWeb(t, new Map([['/index.yaml', index], ['/near.tgz', 'near']]), { client: false })
  const { context } = testRemote(t.testdir())
  await addRepository(context, repositoryEntry('lax', web.url, { insecureSkipTlsVerify: true }), addOptions)
  t.match(await locateChart(context, 'lax/near', noFlags), /\.chart$/)
  t.match(await locateChart(context, `${web.url}/near.tgz`, noFlags), /\.chart$/)
})

t.test('a URL needs no index of repositories that have nothing to show', async t => {
  const web = await startWeb(t, new Map([['/index.yaml', 'apiVersion: v1\nentries: {}\n'], ['/x.tgz', 'x']]))
  const { context } = testRemote(t.testdir())
  await addRepository(context, repositoryEntry('open', web.url), addOptions)
  await addRepository(context, repositoryEntry('closed', web.url, me), addOptions)
  writeFileSync(join(context.repositoryCache, 'open-index.yaml'), 'broken: [')
  rmSync(join(context.repositoryCache, 'closed-index.yaml'))
  t.match(await locateChart(context, `${web.url}/x.tgz`, noFlags), /\.chart$/, 'broken ones are not read, absent ones passed over')
  writeFileSync(join(context.repositoryCache, 'closed-index.yaml'), 'broken: [')
  await t.rejects(locateChart(context, `${web.url}/x.tgz`, noFlags), { code: 'not-cached' })
})
