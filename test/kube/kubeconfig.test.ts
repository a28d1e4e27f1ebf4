import { join } from 'node:path'
import t from 'tap'
import { loadKubeconfig } from '../../src/kube/kubeconfig.js'
import { textAt } from '../../src/kube/objects.js'

const first = `
apiVersion: v1
kind: Config
clusters:
- name: one
  cluster: {server: https://first.example.com}
contexts:
- name: dev
  context: {cluster: one, user: ann}
users: []
`
const second = `
current-context: prod
clusters:
- {name: one, cluster: {server: https://second.example.com, tls-server-name: other}}
- {name: two, cluster: {server: https://two.example.com}}
contexts: [{name: prod, context: {cluster: two}}]
`

t.test('of several files the first to name something counts', async t => {
  const directory = t.testdir({ a: first, sub: { b: second } })
  const merged = await loadKubeconfig(`${directory}/a:${directory}/none:${directory}/sub/b`, '/nowhere')
  t.equal(merged.currentContext, 'prod')
  const one = merged.clusters.get('one')
  t.equal(textAt(one?.fields, ['server']), 'https://first.example.com')
  t.equal(textAt(one?.fields, ['tls-server-name']), '', 'an entry is taken as a whole')
  t.equal(one?.directory, directory)
  t.equal(merged.clusters.get('two')?.directory, join(directory, 'sub'))
  t.strictSame([...merged.contexts.keys()], ['dev', 'prod'])
})

t.test('without a path it is the file of the home folder, which may be absent', async t => {
  const home = t.testdir({ '.kube': { config: second } })
  t.equal((await loadKubeconfig(undefined, home)).currentContext, 'prod')
  t.equal((await loadKubeconfig(undefined, join(home, 'none'))).clusters.size, 0)
})

t.test('an empty file is an empty kubeconfig', async t => {
  t.equal((await loadKubeconfig(`${t.testdir({ a: '' })}/a`, '/')).currentContext, '')
})

t.test('what is wrong is said with the file', async t => {
  const directory = t.testdir({
    yaml: 'a: [',
    list: '- a',
    kind: 'kind: Pod',
    twice: 'users: [{name: a, user: {}}, {name: a, user: {}}]',
    folder: {}
  })
  await t.rejects(loadKubeconfig(`${directory}/none`, '/'), { code: 'kubeconfig', message: `stat ${directory}/none: no such file or directory` })
  await t.rejects(loadKubeconfig(`${directory}/yaml`, '/'), { code: 'kubeconfig', message: new RegExp(`error loading config file "${directory}/yaml": .*yaml`) })
  await t.rejects(loadKubeconfig(`${directory}/list`, '/'), { message: `error loading config file "${directory}/list": it is no mapping` })
  await t.rejects(loadKubeconfig(`${directory}/kind`, '/'), { message: /kind "Pod" is no kubeconfig/ })
  await t.rejects(loadKubeconfig(`${directory}/twice`, '/'), { message: /duplicate name "a" in the list of users/ })
  await t.rejects(loadKubeconfig(`${directory}/folder`, '/'), { code: 'kubeconfig' })
})
