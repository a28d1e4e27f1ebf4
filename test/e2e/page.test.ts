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

async function upload (url: string, archive: Uint8Array): Promise<number> {
  const response = await fetch(`${url}/api/charts`, { method: 'POST', body: archive })
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

t.test('a server without its API says so on its page', { timeout: 60_000 }, async t => {
  const directory = t.testdir({ data: {} })
  const server = await startServerProcess({ directory: join(directory, 'data'), args: ['--disable-api'] })
  t.teardown(() => server.stop('SIGKILL'))
  const page = await domOf(server.url, join(directory, 'profile'))
  t.match(page, 'This server\'s API is switched off')
  t.match(page, `helm repo add mine ${server.url}`)
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
