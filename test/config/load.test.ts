import t from 'tap'
import { loadSettings, unusedSettings } from '../../src/config/load.js'
import type { SettingSources } from '../../src/config/load.js'

const sources = (rest: Partial<SettingSources> = {}): SettingSources => ({
  flags: new Map(),
  env: {},
  readFile: async path => { throw new Error(`ENOENT: ${path}`) },
  ...rest
})

t.test('without anything said, the defaults hold', async t => {
  const settings = await loadSettings(sources())
  t.match(settings, { port: 8080, listenHost: '0.0.0.0', storage: 'local', allowOverwrite: false, maxUploadSize: 20 * 1024 * 1024, readTimeout: 30_000, shutdownTimeout: 30_000 })
})

t.test('a flag wins over a variable, a variable over the file, the file over the default', async t => {
  const readFile = async (): Promise<string> => 'port: 1\nlisten:\n  host: 10.0.0.1\nstorage.local.rootdir: /srv/charts\nallowoverwrite: true\n'
  const settings = await loadSettings(sources({ flags: new Map([['port', '3'], ['config', 'c.yaml']]), env: { PORT: '2', LISTEN_HOST: '::1' }, readFile }))
  t.match(settings, { port: 3, listenHost: '::1', storageLocalRootdir: '/srv/charts', allowOverwrite: true })
})

t.test('the file may be named by a variable, and an empty variable says nothing', async t => {
  const settings = await loadSettings(sources({ env: { CONFIG: 'x.yml', PORT: '', STORAGE: 'LOCAL' }, readFile: async () => 'port: 81' }))
  t.match(settings, { port: 81, storage: 'local' })
})

t.test('a wrong value names where it came from', async t => {
  const wrong: Array<[Partial<SettingSources>, RegExp]> = [
    [{ flags: new Map([['port', 'http']]) }, /^flag --port: "http" is not a port number/],
    [{ flags: new Map([['port', '70000']]) }, /^flag --port: "70000" is not a port number/],
    [{ env: { ALLOW_OVERWRITE: 'perhaps' } }, /^environment variable ALLOW_OVERWRITE: "perhaps" is not true or false/],
    [{ env: { MAX_UPLOAD_SIZE: '0' } }, /^environment variable MAX_UPLOAD_SIZE: "0" is not a number of bytes/],
    [{ env: { SHUTDOWN_TIMEOUT: '3 days' } }, /^environment variable SHUTDOWN_TIMEOUT: "3 days" is not a duration/],
    [{ env: { SHUTDOWN_TIMEOUT: '-3s' } }, /^environment variable SHUTDOWN_TIMEOUT: "-3s" is not a duration/],
    [{ env: { STORAGE: 'floppy' } }, /^environment variable STORAGE: "floppy" is none of local, memory/],
    [{ env: { CONFIG: 'p.yaml' }, readFile: async () => 'readtimeout: soon' }, /^p\.yaml: key readtimeout: "soon" is not a whole number of seconds/]
  ]
  for (const [given, message] of wrong) await t.rejects(loadSettings(sources(given)), { code: 'invalid-value', message })
})

t.test('a file that cannot be used says why', async t => {
  const load = (text: string): Promise<unknown> => loadSettings(sources({ env: { CONFIG: 'p.yaml' }, readFile: async () => text }))
  await t.rejects(loadSettings(sources({ env: { CONFIG: 'p.yaml' } })), { code: 'unreadable-file', message: /p\.yaml: ENOENT/ })
  await t.rejects(load('prot: 80'), { code: 'unknown-key', message: 'p.yaml: unknown key prot' })
  await t.rejects(load('- a list'), { code: 'unreadable-file', message: /p\.yaml: it holds no keys/ })
  await t.rejects(load('a: [b'), { code: 'unreadable-file', message: /p\.yaml: / })
  await t.resolves(load(''))
})

t.test('pairs: each flag is one, a variable may part them with commas, and a file\'s names keep their case', async t => {
  const ids = async (rest: Partial<SettingSources>): Promise<unknown> => Object.fromEntries((await loadSettings(sources(rest))).artifactHubRepoId)
  const file = (text: string): Partial<SettingSources> => ({ env: { CONFIG: 'p.yaml' }, readFile: async () => text })
  t.strictSame(await ids({}), {})
  t.strictSame(await ids({ flags: new Map([['artifact-hub-repo-id', 'an-id']]) }), { '': 'an-id' })
  t.strictSame(await ids({ flags: new Map([['artifact-hub-repo-id', 'a/b=1=x\nc=2']]) }), { 'a/b': '1=x', c: '2' })
  t.strictSame(await ids({ env: { ARTIFACT_HUB_REPO_ID: 'a=1,b=2' } }), { a: '1', b: '2' })
  t.strictSame(await ids({ env: { ARTIFACT_HUB_REPO_ID: 'a=1,2' } }), { a: '1,2' })
  t.strictSame(await ids(file('artifact-hub-repo-id:\n  Org1/repoA: one\n  "": two\n')), { 'Org1/repoA': 'one', '': 'two' })
  t.strictSame(await ids(file('artifact-hub-repo-id: one\n')), { '': 'one' })
})

t.test('settings that do nothing are named when they are given', async t => {
  t.strictSame(unusedSettings(await loadSettings(sources())), [])
  t.strictSame(unusedSettings(await loadSettings(sources({ env: { INDEX_LIMIT: '0', CACHE: 'redis' } }))).map(({ flag }) => flag), ['--cache'])
})
