import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { addRepository } from '../../src/remote/add-repository.js'
import { searchRepositories, type SearchOptions } from '../../src/remote/search.js'
import { addOptions, repositoryEntry, testRemote } from './remote.js'
import { startWeb } from './web.js'

const everything: SearchOptions = { keyword: '', regexp: false, versions: false, version: '', devel: false }

// What is found, and in which order, is compared with Helm in ../cli/commands/repo-compat.test.ts.
t.test('passes over a repository whose index is missing or broken, and says so', async t => {
  const web = await startWeb(t, new Map([['/index.yaml', 'apiVersion: v1\nentries:\n  web: [{name: web, version: 1.0.0, urls: [web.tgz]}]\n']]))
  const { context, warnings } = testRemote(t.testdir())
  for (const name of ['a', 'b', 'c']) await addRepository(context, repositoryEntry(name, web.url), addOptions)
  writeFileSync(join(context.repositoryCache, 'b-index.yaml'), '')
  t.strictSame((await searchRepositories(context, everything)).map(each => each.name), ['a/web', 'c/web'])
  t.strictSame(warnings, [{ message: 'repo is corrupt or missing', facts: { repo: 'b', error: `error loading ${context.repositoryCache}/b-index.yaml: empty index.yaml file` } }])
})

t.test('an expression that would take for ever elsewhere takes none of it', async t => {
  const long = 'a'.repeat(5000)
  const web = await startWeb(t, new Map([['/index.yaml', `apiVersion: v1\nentries:\n  web: [{name: web, version: 1.0.0, description: ${long}b, urls: [web.tgz]}]\n`]]))
  const { context } = testRemote(t.testdir())
  await addRepository(context, repositoryEntry('a', web.url), addOptions)
  t.strictSame(await searchRepositories(context, { ...everything, keyword: '^web.*(a+)+$', regexp: true }), [])
  await t.rejects(searchRepositories(context, { ...everything, keyword: '(?=a)', regexp: true }), { code: 'invalid-search', message: /^error parsing regexp: / })
})
