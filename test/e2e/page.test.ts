import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import t from 'tap'
import { chartArchive } from '../helpers/chart-archive.js'
import { startServerProcess } from './server-process.js'

// The page in a real browser (`chromium` on the PATH), from a real server: what a reader sees, and what hostile charts cannot do.
const exec = promisify(execFile)

const attack = '<img src=x onerror="document.title=\'taken\'"><script>document.title=\'taken\'</script>'
const hostile = `apiVersion: v2
name: raft
version: 0.2.0
description: ${JSON.stringify(attack)}
home: javascript:alert(1)
icon: javascript:alert(1)
deprecated: true
`

/** What the page consists of when it has come to rest. */
async function domOf (url: string, profile: string): Promise<string> {
  const { stdout } = await exec('chromium', [
    '--headless', '--no-sandbox', '--disable-gpu', '--dump-dom', '--virtual-time-budget=10000', `--user-data-dir=${profile}`,
    '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync', url
  ], { maxBuffer: 1 << 26 })
  return stdout
}

async function upload (url: string, archive: Uint8Array, repository = ''): Promise<number> {
  const response = await fetch(`${url}/api${repository}/charts`, { method: 'POST', body: archive })
  await response.text()
  return response.status
}

t.test('the page shows what was uploaded, as text', { timeout: 120_000 }, async t => {
  const directory = t.testdir({ data: {} })
  const server = await startServerProcess({ directory: join(directory, 'data') })
  t.teardown(() => server.stop('SIGKILL'))
  const show = (address: string): Promise<string> => domOf(server.url + address, join(directory, 'profile'))

  const empty = await show('/')
  t.match(empty, 'No charts yet')
  t.match(empty, `curl --data-binary @mychart-0.1.0.tgz ${server.url}/api/charts`)

  t.equal(await upload(server.url, await chartArchive('boat', '1.0.0')), 201)
  t.equal(await upload(server.url, await chartArchive('boat', '1.1.0-rc.1')), 201)
  t.equal(await upload(server.url, await chartArchive('raft', '0.2.0', { 'Chart.yaml': hostile, 'values.yaml': `# </pre>${attack}\n` })), 201)

  const list = await show('/')
  t.match(list, '>2 charts<')
  t.match(list, /<a href="#\/charts\/boat">boat<\/a>[^]*>1\.0\.0<[^]*A chart of boat for tests[^]*2 versions/)
  t.match(list, />raft<[^]*>deprecated</)
  t.match(list, `helm repo add mine ${server.url}`)

  const searched = await show('/#/?q=BOAT')
  t.match(searched, '1 result in 2 charts')
  t.notMatch(searched, 'href="#/charts/raft"')

  const chart = await show('/#/charts/boat')
  t.match(chart, 'helm install my-release mine/boat --version 1.0.0')
  t.match(chart, 'greeting: hello')
  t.match(chart, `href="${server.url}/charts/boat-1.1.0-rc.1.tgz"`)
  t.match(await show('/#/charts/boat/1.1.0-rc.1'), 'mine/boat --version 1.1.0-rc.1')
  t.match(await show('/#/charts/boat/9.9.9'), 'There is no version 9.9.9')
  t.match(await show('/#/charts/galleon'), 'It is not in this repository.')

  for (const shown of [list, await show('/#/charts/raft')]) {
    t.match(shown, '&lt;img src=x onerror=', 'an attack is shown as the text that it is')
    t.notMatch(shown, /<img src="?x|<script>|href="javascript|src="javascript|<title>taken/)
  }
})

t.test('with a depth the page shows the repositories, and looks into each', { timeout: 120_000 }, async t => {
  const directory = t.testdir({ data: {} })
  const server = await startServerProcess({ directory: join(directory, 'data'), args: ['--depth', '2', '--context-path', '/ctx'] })
  t.teardown(() => server.stop('SIGKILL'))
  const root = `${server.url}/ctx`
  const show = (address: string): Promise<string> => domOf(root + address, join(directory, 'profile'))

  const empty = await show('/')
  t.match(empty, 'No repositories yet')
  t.match(empty, `curl --data-binary @mychart-0.1.0.tgz ${root}/api/org1/repoa/charts`)

  for (const version of ['1.0.0', '1.1.0']) t.equal(await upload(root, await chartArchive('boat', version), '/org1/repoa'), 201)
  t.equal(await upload(root, await chartArchive('raft', '0.2.0'), '/org2/repob'), 201)
  t.equal(await upload(root, await chartArchive('mast', '0.2.0'), `/${encodeURIComponent('<b>')}/c`), 201)

  const list = await show('/')
  t.match(list, '>3 repositories<')
  t.match(list, '<title>Repositories at 127.0.0.1')
  t.match(list, /<a href="#\/org1\/repoa\/">org1\/repoa<\/a>[^]*1 chart, 2 versions/)
  t.match(list, '&lt;b&gt;/c')
  t.notMatch(list, '<b>')
  const searched = await show('/#/?q=repob')
  t.match(searched, '1 result in 3 repositories')
  t.notMatch(searched, '>org1/repoa<')

  const repository = await show('/#/org1/repoa/')
  t.match(repository, '>1 chart<')
  t.match(repository, '<h1>org1/repoa</h1>')
  t.match(repository, `helm repo add repoa ${root}/org1/repoa<`)
  t.match(repository, `curl --data-binary @mychart-0.1.0.tgz ${root}/api/org1/repoa/charts`)
  t.match(repository, '<a href="#/org1/repoa/charts/boat">boat</a>')
  t.match(repository, '<a href="#/">← All repositories</a>')
  t.match(repository, `href="${root}/org1/repoa/index.yaml"`)

  const chart = await show('/#/org1/repoa/charts/boat')
  t.match(chart, 'helm install my-release repoa/boat --version 1.1.0')
  t.match(chart, 'greeting: hello')
  t.match(chart, `href="${root}/org1/repoa/charts/boat-1.0.0.tgz"`)
  t.match(chart, '<a href="#/org1/repoa/charts/boat/1.0.0">1.0.0</a>')
  t.match(chart, '<a href="#/org1/repoa/">← All charts</a>')
  t.match(await show('/#/org1/repoa/charts/raft'), 'It is not in this repository.')

  const unknown = await show('/#/org1/nobody/')
  t.match(unknown, 'No charts yet')
  t.match(unknown, `curl --data-binary @mychart-0.1.0.tgz ${root}/api/org1/nobody/charts`)
  t.match(await show('/#/_oci/repoa/'), 'Nothing can have the name that stands in the address.')
})

t.test('with any depth the root is a repository among the others', { timeout: 60_000 }, async t => {
  const directory = t.testdir({ data: {} })
  const server = await startServerProcess({ directory: join(directory, 'data'), args: ['--depth-dynamic'] })
  t.teardown(() => server.stop('SIGKILL'))
  const show = (address: string): Promise<string> => domOf(server.url + address, join(directory, 'profile'))
  t.equal(await upload(server.url, await chartArchive('boat', '1.0.0')), 201)
  t.equal(await upload(server.url, await chartArchive('raft', '1.0.0'), '/a/b/c'), 201)
  const list = await show('/')
  t.match(list, '>2 repositories<')
  t.match(list, '<a href="#//">/</a>')
  t.match(list, '<a href="#/a/b/c/">a/b/c</a>')
  t.match(await show('/#//'), '<a href="#/charts/boat">boat</a>')
  t.match(await show('/#/charts/boat'), 'greeting: hello')
  t.match(await show('/#/a/b/c/charts/raft'), 'helm install my-release c/raft --version 1.0.0')
})

t.test('who signs in for the page has signed in for what it asks', { timeout: 60_000 }, async t => {
  const directory = t.testdir({ data: {} })
  const signIn = ['--basic-auth-user', 'ci', '--basic-auth-pass', 'secret']
  const server = await startServerProcess({ directory: join(directory, 'data'), args: ['--depth', '1', ...signIn] })
  t.teardown(() => server.stop('SIGKILL'))
  const signed = server.url.replace('//', '//ci:secret@')
  t.equal((await fetch(server.url)).status, 401, 'the page itself is for readers only')
  // The browser signs in for the page with what stands in the address, and for what the page asks with the same.
  const page = await domOf(`${signed}/`, join(directory, 'profile'))
  t.match(page, 'No repositories yet')
  t.notMatch(page, 'secret')
})

t.test('a server without its API says so on its page', { timeout: 60_000 }, async t => {
  const directory = t.testdir({ data: {} })
  const server = await startServerProcess({ directory: join(directory, 'data'), args: ['--disable-api'] })
  t.teardown(() => server.stop('SIGKILL'))
  const page = await domOf(server.url, join(directory, 'profile'))
  t.match(page, 'This server\'s API is switched off')
  t.match(page, `helm repo add mine ${server.url}`)
  t.notMatch(page, 'curl --data-binary')
})

t.test('so does one with a depth', { timeout: 60_000 }, async t => {
  const directory = t.testdir({ data: {} })
  const server = await startServerProcess({ directory: join(directory, 'data'), args: ['--disable-api', '--depth', '1'] })
  t.teardown(() => server.stop('SIGKILL'))
  const page = await domOf(server.url, join(directory, 'profile'))
  t.match(page, 'This server\'s API is switched off')
  t.match(page, `helm repo add repoa ${server.url}/repoa`)
  t.notMatch(page, 'curl --data-binary')
})

t.test('the page may run its own files only, and they may be kept', async t => {
  const server = await startServerProcess({ directory: t.testdir() })
  t.teardown(() => server.stop('SIGKILL'))
  const page = await fetch(server.url)
  const html = await page.text()
  t.match(page.headers.get('content-security-policy'), /^default-src 'self'; img-src 'self' https: data:;/)
  t.equal(page.headers.get('cache-control'), 'no-cache')
  const files = [...html.matchAll(/(?:src|href)="\.\/(static\/[^"]+)"/g)].map(match => match[1] ?? '')
  t.ok(files.length >= 3, 'script, style and icon')
  for (const file of files) {
    const asset = await fetch(`${server.url}/${file}`)
    await asset.arrayBuffer()
    t.equal(asset.status, 200, file)
    t.match(asset.headers.get('cache-control'), 'immutable', file)
  }
})
