import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { RemoteError } from '../../src/remote/errors.js'
import { changeRepositories, readRepositories } from '../../src/remote/repositories-file.js'
import { formatRepositories, noRepositories, type Repositories } from '../../src/remote/repositories-format.js'

const clock = (): Date => new Date()
const entry = (name: string): Repositories['repositories'][number] => ({
  name, url: 'https://example.com', username: '', password: '', certFile: '', keyFile: '', caFile: '', insecureSkipTlsVerify: false, passCredentialsAll: false
})
const adding = (name: string) => (old: Repositories): Repositories => ({ ...old, repositories: [...old.repositories, entry(name)] })

t.test('an absent file is not an empty one', async t => {
  t.equal(await readRepositories(join(t.testdir(), 'repositories.yaml')), undefined)
  t.strictSame(await readRepositories(join(t.testdir({ 'repositories.yaml': '' }), 'repositories.yaml')), noRepositories)
})

t.test('a file that cannot be read is named', async t => {
  const folder = t.testdir({ 'repositories.yaml': {} })
  await t.rejects(readRepositories(join(folder, 'repositories.yaml')), { code: 'invalid-repositories-file', message: `couldn't load repositories file (${folder}/repositories.yaml): open ${folder}/repositories.yaml: is a directory` })
})

t.test('makes the file and its folder, for its owner\'s eyes only', async t => {
  const path = join(t.testdir(), 'deep', 'er', 'repositories.yaml')
  await changeRepositories(path, adding('a'), clock)
  t.equal(readFileSync(path, 'utf8'), formatRepositories(adding('a')(noRepositories)))
  t.equal(statSync(path).mode & 0o777, 0o600)
  t.strictSame(readdirSync(join(path, '..')), ['repositories.yaml'], 'and leaves nothing else there')
})

t.test('changes made at the same time all count', async t => {
  const path = join(t.testdir(), 'repositories.yaml')
  const names = Array.from({ length: 8 }, (_, i) => `r${i}`)
  await Promise.all(names.map(async name => await changeRepositories(path, adding(name), clock)))
  t.strictSame((await readRepositories(path))?.repositories.map(each => each.name).sort(), names)
})

t.test('a change by someone who does not know our lock counts too', async t => {
  const path = join(t.testdir(), 'repositories.yaml')
  let rounds = 0
  await changeRepositories(path, old => {
    if (rounds++ === 0) writeFileSync(path, formatRepositories(adding('theirs')(noRepositories)))
    return adding('ours')(old)
  }, clock)
  t.equal(rounds, 2)
  t.strictSame((await readRepositories(path))?.repositories.map(each => each.name), ['theirs', 'ours'])
})

t.test('gives up when the file changes all the time, changing nothing', async t => {
  const path = join(t.testdir(), 'repositories.yaml')
  let round = 0
  await t.rejects(changeRepositories(path, old => {
    writeFileSync(path, formatRepositories(adding(`theirs${round++}`)(noRepositories)))
    return adding('ours')(old)
  }, clock), { code: 'locked' })
  t.notMatch(readFileSync(path, 'utf8'), /ours/)
})

t.test('a change that is refused changes nothing', async t => {
  const path = join(t.testdir({ 'repositories.yaml': 'apiVersion: v1\n' }), 'repositories.yaml')
  await t.rejects(changeRepositories(path, () => { throw new RemoteError('repository-exists', 'no') }, clock), { code: 'repository-exists' })
  t.equal(readFileSync(path, 'utf8'), 'apiVersion: v1\n')
  t.strictSame(readdirSync(join(path, '..')), ['repositories.yaml'])
})

t.test('a file without an extension has its lock beside it', async t => {
  const folder = t.testdir()
  mkdirSync(join(folder, 'conf.d'))
  await changeRepositories(join(folder, 'conf.d', 'repositories'), adding('a'), clock)
  t.strictSame(readdirSync(join(folder, 'conf.d')), ['repositories'])
})
