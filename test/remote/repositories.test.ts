import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { addRepository } from '../../src/remote/add-repository.js'
import { removeRepositories } from '../../src/remote/remove-repositories.js'
import { readRepositories } from '../../src/remote/repositories-file.js'
import { updateRepositories } from '../../src/remote/update-repositories.js'
import { addOptions, repositoryEntry, testRemote } from './remote.js'
import { startWeb, type Answer } from './web.js'

const index = 'apiVersion: v1\nentries:\n  web: [{name: web, version: 1.0.0, urls: [web.tgz]}]\n'

// What is printed, and what Helm does, is compared in ../cli/commands/repo-compat.test.ts.
t.test('add asks for JSON first, compressed, and takes what comes', async t => {
  const web = await startWeb(t, new Map([['/index.yaml', index]]))
  const { context } = testRemote(t.testdir())
  t.equal(await addRepository(context, repositoryEntry('stable', web.url), addOptions), 'added')
  t.match(web.seen[0]?.headers, { accept: /^application\/json,/, 'accept-encoding': 'gzip', 'user-agent': 'Portolan/test' })
})

t.test('add shows name and password to the repository', async t => {
  const web = await startWeb(t, new Map([['/charts/index.yaml', index]]))
  const { context } = testRemote(t.testdir())
  await addRepository(context, repositoryEntry('private', `${web.url}/charts?token=x`, { username: 'me', password: 'secret' }), addOptions)
  t.match(web.seen, [{ path: '/charts/index.yaml?token=x', headers: { authorization: `Basic ${Buffer.from('me:secret').toString('base64')}` } }])
})

t.test('a repository whose index does not come is not added', async t => {
  const slow: Answer = () => { /* never answers */ }
  const half: Answer = response => { response.writeHead(200, { 'content-length': '1000' }).write('apiVersion: v1\n', () => response.destroy()) }
  const web = await startWeb(t, new Map<string, Answer>([['/slow/index.yaml', slow], ['/half/index.yaml', half], ['/page/index.yaml', '<html></html>'], ['/old/index.yaml', 'entries: {}\n']]))
  const { context } = testRemote(t.testdir())
  for (const [path, words] of [['slow', /within 0\.1s/], ['half', /unexpected EOF/], ['page', /cannot unmarshal/], ['old', /no API version specified/], ['none', /404 Not Found/]] as const) {
    const url = `${web.url}/${path}`
    await t.rejects(addRepository(context, repositoryEntry('bad', url), path === 'slow' ? { ...addOptions, timeout: 100 } : addOptions), { code: 'invalid-repository', message: new RegExp(`^looks like "${url}" is not a valid chart repository or cannot be reached: .*${words.source}`) }, path)
  }
  t.equal(await readRepositories(context.repositoryConfig), undefined)
  t.notOk(existsSync(context.repositoryCache))
})

t.test('a password in a URL is used, and not shown', async t => {
  const site = new Map<string, Answer>([['/index.yaml', index]])
  const web = await startWeb(t, site)
  const { context } = testRemote(t.testdir())
  const url = web.url.replace('http://', 'http://me:secret@')
  const shown = web.url.replace('http://', 'http://me:xxxxx@')
  await addRepository(context, repositoryEntry('a', url), addOptions)
  t.equal(web.seen[0]?.headers.authorization, `Basic ${Buffer.from('me:secret').toString('base64')}`)
  site.clear()
  await t.rejects(addRepository(context, repositoryEntry('b', url), addOptions), {
    message: `looks like "${shown}" is not a valid chart repository or cannot be reached: failed to fetch ${shown}/index.yaml : 404 Not Found`
  })
  await t.rejects(updateRepositories(context, [], { timeout: 10_000, onStart: () => {}, onDone: () => {} }), { message: `failed to update the following repositories: [${shown}]` })
})

t.test('of two that add the same name at the same time one is told', async t => {
  const web = await startWeb(t, new Map([['/a/index.yaml', index], ['/b/index.yaml', index]]))
  const { context } = testRemote(t.testdir())
  const both = await Promise.allSettled(['a', 'b'].map(async path => await addRepository(context, repositoryEntry('same', `${web.url}/${path}`), addOptions)))
  t.strictSame(both.map(each => each.status).sort(), ['fulfilled', 'rejected'])
  t.match(both.find(each => each.status === 'rejected'), { reason: { code: 'repository-exists' } })
  t.equal((await readRepositories(context.repositoryConfig))?.repositories.length, 1)
})

t.test('update goes on when some fail, tells which, and keeps what was there', async t => {
  const site = new Map<string, Answer>([['/a/index.yaml', index], ['/b/index.yaml', index], ['/c/index.yaml', index]])
  const web = await startWeb(t, site)
  const { context } = testRemote(t.testdir())
  for (const name of ['a', 'b', 'c']) await addRepository(context, repositoryEntry(name, `${web.url}/${name}`), addOptions)
  site.set('/a/index.yaml', index.replace('1.0.0', '2.0.0')).delete('/b/index.yaml')
  site.set('/c/index.yaml', 'broken: [')
  const told = new Map<string, string>()
  let started = 0
  await t.rejects(updateRepositories(context, [], {
    timeout: 10_000,
    onStart: () => { started++ },
    onDone: ({ name }, error) => told.set(name, error instanceof Error ? error.message : '')
  }), { code: 'update-failed', message: `failed to update the following repositories: [${web.url}/b ${web.url}/c]` })
  t.equal(started, 1)
  t.match([...told].sort(), [['a', ''], ['b', /404 Not Found/], ['c', /error converting YAML/]])
  const cached = (name: string): string => readFileSync(join(context.repositoryCache, `${name}-index.yaml`), 'utf8')
  t.match(cached('a'), /2\.0\.0/)
  t.equal(cached('b'), index)
  t.equal(cached('c'), index)
})

t.test('update fetches many at a time, but not all of them', async t => {
  let open = 0
  let most = 0
  const held: Array<() => void> = []
  const answer: Answer = response => {
    most = Math.max(most, ++open)
    held.push(() => {
      open--
      response.end(index)
    })
    // The first eight wait for each other; those that follow are let through.
    if (held.length >= 8) for (const release of held.splice(0)) release()
    else if (seen > 8) held.pop()?.()
  }
  let seen = 0
  const counted: Answer = (response, request) => {
    seen++
    answer(response, request)
  }
  const site = new Map<string, Answer>([['/index.yaml', index]])
  const web = await startWeb(t, site)
  const { context } = testRemote(t.testdir())
  for (let i = 0; i < 11; i++) await addRepository(context, repositoryEntry(`r${i}`, web.url), addOptions)
  site.set('/index.yaml', counted)
  let done = 0
  await updateRepositories(context, [], { timeout: 10_000, onStart: () => {}, onDone: () => { done++ } })
  t.equal(done, 11)
  t.equal(most, 8)
})

t.test('remove forgets the cache too, and what comes before an unknown name', async t => {
  const web = await startWeb(t, new Map([['/index.yaml', index]]))
  const { context } = testRemote(t.testdir())
  await t.rejects(removeRepositories(context, ['a'], () => {}), { code: 'no-repositories' })
  for (const name of ['a', 'b', 'c']) await addRepository(context, repositoryEntry(name, web.url), addOptions)
  const gone: string[] = []
  await t.rejects(removeRepositories(context, ['a', 'nope', 'b'], name => gone.push(name)), { code: 'repository-not-found', message: 'no repo named "nope" found' })
  t.strictSame(gone, ['a'])
  t.strictSame((await readRepositories(context.repositoryConfig))?.repositories.map(each => each.name), ['b', 'c'])
  t.strictSame(readdirSync(context.repositoryCache).sort(), ['b-charts.txt', 'b-index.yaml', 'c-charts.txt', 'c-index.yaml'])
})
