import { execFileSync } from 'node:child_process'
import t from 'tap'
import { chartCommands, firstCommands, repositoryAt, repositoryCommands, shellWord } from '../../src/web/commands.js'

const texts = (commands: ReadonlyArray<{ text: string }>): string[] => commands.map(({ text }) => text)

t.test('a repository is named for where it is', async t => {
  const named: Array<[string, string, string]> = [
    ['http://127.0.0.1:8080/', 'mine', 'http://127.0.0.1:8080'],
    ['http://[::1]:8080/', 'mine', 'http://[::1]:8080'],
    ['http://localhost:8080/#/charts/boat', 'mine', 'http://localhost:8080'],
    ['https://charts.example.com/', 'charts', 'https://charts.example.com'],
    ['https://charts.example.com/index.html?x#y', 'charts', 'https://charts.example.com'],
    ['https://example.com/team-a/', 'team-a', 'https://example.com/team-a'],
    ['https://example.com/%20/', 'example', 'https://example.com/%20']
  ]
  for (const [address, alias, url] of named) t.strictSame(repositoryAt(address), { alias, url }, address)
})

const repository = { alias: 'mine', url: 'http://127.0.0.1:8080' }

t.test('how a repository is used, with either program', async t => {
  t.strictSame(texts(repositoryCommands('helm', repository, true)), [
    'helm repo add mine http://127.0.0.1:8080',
    'curl --data-binary @mychart-0.1.0.tgz http://127.0.0.1:8080/api/charts',
    'helm install my-release mine/mychart'
  ])
  t.strictSame(texts(repositoryCommands('portolan', repository, false)), ['portolan repo add mine http://127.0.0.1:8080', 'portolan install my-release mine/mychart'])
  t.strictSame(texts(firstCommands('portolan', repository)), [
    'helm package mychart',
    'curl --data-binary @mychart-0.1.0.tgz http://127.0.0.1:8080/api/charts',
    'portolan repo add mine http://127.0.0.1:8080 && portolan search repo mine/'
  ])
})

t.test('how a version is used', async t => {
  t.strictSame(texts(chartCommands('helm', repository, { name: 'boat', version: '1.0.0+a.1', type: '' })), [
    'helm install my-release mine/boat --version 1.0.0+a.1',
    'helm pull mine/boat --version 1.0.0+a.1'
  ])
  t.strictSame(texts(chartCommands('helm', repository, { name: 'mast', version: '2.0.0', type: 'library' })), [
    'dependencies:\n  - name: "mast"\n    version: "2.0.0"\n    repository: "http://127.0.0.1:8080"',
    'helm pull mine/mast --version 2.0.0'
  ], 'a library is depended on')
})

t.test('a hostile name stays one word of one line', async t => {
  for (const text of ['$(touch /tmp/x)', '`id`', "a'b", 'a b', 'a;b', 'a&&b', '~', '*', 'a"b\\c', '{a,b}', '!!', '', 'ünï']) {
    t.equal(execFileSync('/bin/sh', ['-c', `printf '<%s>' ${shellWord(text)}`], { encoding: 'utf8' }), `<${text}>`, text)
  }
  t.equal(shellWord('a\nrm -rf x\r\u001b[A\u2028'), "'a?rm -rf x??[A?'")
  const [install] = chartCommands('helm', repository, { name: "x'; rm -rf ~ #\n", version: '$(id)', type: '' })
  t.equal(install?.text, "helm install my-release 'mine/x'\\''; rm -rf ~ #?' --version '$(id)'")
})
