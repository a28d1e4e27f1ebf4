import { execFileSync } from 'node:child_process'
import t from 'tap'
import { chartCommands, firstCommands, repositoryCommands, serverCommands, shellWord } from '../../src/web/commands.js'
import { repositoryOf } from '../../src/web/repository.js'

const texts = (commands: ReadonlyArray<{ text: string }>): string[] => commands.map(({ text }) => text)

const server = { alias: 'mine', url: 'http://127.0.0.1:8080' }
const repository = repositoryOf(server, undefined)

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

t.test('how one of several repositories is used', async t => {
  const below = repositoryOf({ alias: 'charts', url: 'https://charts.example.com/ctx' }, 'org1/repo a')
  t.strictSame(texts(repositoryCommands('helm', below, true)), [
    'helm repo add charts https://charts.example.com/ctx/org1/repo%20a',
    'curl --data-binary @mychart-0.1.0.tgz https://charts.example.com/ctx/api/org1/repo%20a/charts',
    'helm install my-release charts/mychart'
  ])
  const example = repositoryOf(server, 'org1/repoa')
  t.strictSame(texts(serverCommands('portolan', example, true)), [
    'portolan repo add repoa http://127.0.0.1:8080/org1/repoa',
    'curl --data-binary @mychart-0.1.0.tgz http://127.0.0.1:8080/api/org1/repoa/charts'
  ])
  t.strictSame(texts(serverCommands('helm', example, false)), ['helm repo add repoa http://127.0.0.1:8080/org1/repoa'], 'without its API the server takes no charts')
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
