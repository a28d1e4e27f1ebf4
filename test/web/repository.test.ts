import t from 'tap'
import { exampleName, readRepositories, repositoryOf, serverAt, shownName } from '../../src/web/repository.js'

t.test('a server is named for where it is', async t => {
  const named: Array<[string, string, string]> = [
    ['http://127.0.0.1:8080/', 'mine', 'http://127.0.0.1:8080'],
    ['http://[::1]:8080/', 'mine', 'http://[::1]:8080'],
    ['http://localhost:8080/#/charts/boat', 'mine', 'http://localhost:8080'],
    ['https://charts.example.com/', 'charts', 'https://charts.example.com'],
    ['https://charts.example.com/index.html?x#y', 'charts', 'https://charts.example.com'],
    ['https://example.com/team-a/', 'team-a', 'https://example.com/team-a'],
    ['https://example.com/%20/', 'example', 'https://example.com/%20']
  ]
  for (const [address, alias, url] of named) t.strictSame(serverAt(address), { alias, url }, address)
})

t.test('a repository is below its server, and so is its part of the API', async t => {
  const server = serverAt('https://example.com/ctx/')
  t.strictSame(repositoryOf(server, undefined), { name: undefined, alias: 'ctx', url: 'https://example.com/ctx', api: 'https://example.com/ctx/api' })
  t.strictSame(repositoryOf(server, ''), { name: '', alias: 'ctx', url: 'https://example.com/ctx', api: 'https://example.com/ctx/api' })
  t.strictSame(repositoryOf(server, 'org1/repoa'), { name: 'org1/repoa', alias: 'repoa', url: 'https://example.com/ctx/org1/repoa', api: 'https://example.com/ctx/api/org1/repoa' })
  t.match(repositoryOf(server, 'a b/?#'), { alias: 'ctx', url: 'https://example.com/ctx/a%20b/%3F%23' }, 'a name that is no word for a shell gives no alias')
})

t.test('an example has the depth of the server', async t => {
  t.strictSame([1, 2, 3, 'any' as const].map(exampleName), ['repoa', 'org1/repoa', 'org1/org2/repoa', 'org1/repoa'])
})

t.test('repositories are read as far as they are some', async t => {
  const read = readRepositories([{ name: 'Org1/repoa', charts: 2, versions: 3 }, { name: '' }, { name: 5 }, null, 'text', { name: 'odd', charts: '2', versions: null }])
  t.strictSame(read, [
    { name: 'Org1/repoa', charts: 2, versions: 3, text: 'org1/repoa' },
    { name: '', charts: 0, versions: 0, text: '/' },
    { name: 'odd', charts: 0, versions: 0, text: 'odd' }
  ])
  t.equal(shownName(''), '/')
  t.equal(shownName('org1/repoa'), 'org1/repoa')
})
