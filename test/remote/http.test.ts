import { once } from 'node:events'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { createServer } from 'node:net'
import { text } from 'node:stream/consumers'
import { gzipSync } from 'node:zlib'
import t from 'tap'
import { createDispatchers } from '../../src/remote/dispatchers.js'
import { RemoteError } from '../../src/remote/errors.js'
import type { Access, GetOptions } from '../../src/remote/getter.js'
import { HttpGetter } from '../../src/remote/http.js'
import { type Answer, startWeb, tlsFile, type Site } from './web.js'

const getter = new HttpGetter('Portolan/test', createDispatchers({}, '/'))

/** Fetches with sensible bounds. */
async function get (url: string, options: Partial<Omit<GetOptions, 'access'>> & { access?: Partial<Access> } = {}): Promise<string> {
  const access = { origin: url, ...options.access }
  return await text(await getter.get(new URL(url), { timeout: 10_000, maxBytes: 1024, ...options, access }))
}

t.test('gives the content, and says who asks for what', async t => {
  const web = await startWeb(t, new Map<string, Answer>([['/a.tgz', 'bytes']]))
  t.equal(await get(`${web.url}/a.tgz?x=1`, { accept: 'application/gzip' }), 'bytes')
  t.match(web.seen, [{ method: 'GET', path: '/a.tgz?x=1', headers: { 'user-agent': 'Portolan/test', accept: 'application/gzip' } }])
  t.notOk('accept-encoding' in (web.seen[0]?.headers ?? {}), 'archives are never asked for compressed')
})

t.test('unpacks what it asked for compressed, and only that', async t => {
  const packed = (response: ServerResponse): void => { response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync('content')) }
  const web = await startWeb(t, new Map<string, Answer>([['/index.yaml', packed]]))
  t.equal(await get(`${web.url}/index.yaml`, { compressed: true }), 'content')
  t.equal(web.seen[0]?.headers['accept-encoding'], 'gzip')
  t.not(await get(`${web.url}/index.yaml`), 'content')
})

t.test('refuses anything but 200', async t => {
  const status = (code: number) => (response: ServerResponse): void => { response.writeHead(code).end() }
  const web = await startWeb(t, new Map<string, Answer>([['/404', status(404)], ['/204', status(204)], ['/500', status(500)], ['/304', status(304)]]))
  for (const [path, words] of [['404', '404 Not Found'], ['204', '204 No Content'], ['500', '500 Internal Server Error'], ['304', '304 Not Modified']] as const) {
    await t.rejects(get(`${web.url}/${path}`), new RemoteError('http-status', `failed to fetch ${web.url}/${path} : ${words}`))
  }
})

t.test('names a host that refuses, and one that is not there', async t => {
  const web = await startWeb(t, new Map())
  const gone = await closedPort()
  t.not(gone, web.url)
  const address = gone.slice('http://'.length)
  await t.rejects(get(`${gone}/index.yaml`), new RemoteError('unreachable', `Get "${gone}/index.yaml": dial tcp ${address}: connect: connection refused`))
  await t.rejects(get('http://nowhere.invalid/x'), { code: 'unreachable', message: /^Get "http:\/\/nowhere\.invalid\/x": .*nowhere\.invalid/ })
})

t.test('stops at the limit of bytes', async t => {
  const endless = (response: ServerResponse): void => {
    response.writeHead(200)
    const chunk = Buffer.alloc(64 * 1024)
    const more = (): void => { if (!response.destroyed && response.write(chunk)) setImmediate(more) }
    response.on('drain', more)
    more()
  }
  const bomb = (response: ServerResponse): void => { response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(Buffer.alloc(10_000_000))) }
  const web = await startWeb(t, new Map<string, Answer>([['/endless', endless], ['/bomb', bomb], ['/fits', 'x'.repeat(1024)]]))
  t.equal((await get(`${web.url}/fits`)).length, 1024)
  await t.rejects(get(`${web.url}/endless`), new RemoteError('too-large', `failed to fetch ${web.url}/endless : the answer is larger than 1024 bytes`))
  await t.rejects(get(`${web.url}/endless`, { maxBytes: 2 * 1024 * 1024 }), { message: /larger than 2 MiB$/ })
  await t.rejects(get(`${web.url}/bomb`, { compressed: true }), { code: 'too-large' })
})

t.test('notices an answer that ends early', async t => {
  const short = (response: ServerResponse): void => {
    response.writeHead(200, { 'content-length': '100' })
    response.write('half', () => response.destroy())
  }
  const chunked = (response: ServerResponse): void => {
    response.writeHead(200)
    response.write('half', () => response.destroy())
  }
  const cutGzip = (response: ServerResponse): void => {
    const whole = gzipSync('x'.repeat(1000))
    response.writeHead(200, { 'content-encoding': 'gzip' }).end(whole.subarray(0, whole.length - 5))
  }
  const web = await startWeb(t, new Map<string, Answer>([['/short', short], ['/chunked', chunked], ['/gzip', cutGzip]]))
  for (const path of ['short', 'chunked', 'gzip']) {
    await t.rejects(get(`${web.url}/${path}`, { compressed: true }), { code: 'truncated', message: new RegExp(`^Get ".*/${path}": unexpected EOF`) }, path)
  }
})

t.test('asks once more when the connection went away without a word', async t => {
  let asked = 0
  const flaky: Answer = response => {
    if (++asked === 1) response.destroy()
    else response.end('well')
  }
  const web = await startWeb(t, new Map<string, Answer>([['/flaky', flaky], ['/gone', response => { response.destroy() }]]))
  t.equal(await get(`${web.url}/flaky`), 'well')
  await t.rejects(get(`${web.url}/gone`), { code: 'truncated' })
  t.equal(web.seen.filter(each => each.path === '/gone').length, 2, 'once, not for ever')
})

t.test('gives up after the time allowed, before and within the answer', async t => {
  const silent = (): void => { /* never answers */ }
  const stalled = (response: ServerResponse): void => {
    response.writeHead(200)
    response.write('begin')
  }
  const web = await startWeb(t, new Map<string, Answer>([['/silent', silent], ['/stalled', stalled]]))
  for (const path of ['silent', 'stalled']) {
    await t.rejects(get(`${web.url}/${path}`, { timeout: 50 }), new RemoteError('timed-out', `Get "${web.url}/${path}": no complete answer within 0.05s`))
  }
})

t.test('stops when the user does, with the user\'s reason', async t => {
  const stop = new AbortController()
  const silent = (): void => { stop.abort(new Error('stopped by the user')) }
  const web = await startWeb(t, new Map<string, Answer>([['/', silent]]))
  await t.rejects(get(`${web.url}/`, { signal: stop.signal }), { message: 'stopped by the user' })
})

t.test('follows redirects, ten of them', async t => {
  const site: Site = new Map()
  const to = (location: string, code = 302) => (response: ServerResponse): void => { response.writeHead(code, { location }).end('elsewhere') }
  for (const code of [301, 302, 303, 307, 308]) site.set(`/${code}`, to('end', code))
  site.set('/end', 'the end').set('/loop', to('/loop')).set('/file', to('file:///etc/passwd')).set('/bad', to('http://[')).set('/none', response => { response.writeHead(302).end() })
  for (let i = 0; i < 10; i++) site.set(`/hop${i}`, to(`/hop${i + 1}`))
  site.set('/hop10', 'far')
  const web = await startWeb(t, site)
  for (const code of [301, 302, 303, 307, 308]) t.equal(await get(`${web.url}/${code}`), 'the end')
  t.equal(await get(`${web.url}/hop0`), 'far')
  await t.rejects(get(`${web.url}/loop`), new RemoteError('redirects', `Get "${web.url}/loop": stopped after 10 redirects`))
  await t.rejects(get(`${web.url}/file`), new RemoteError('redirects', `Get "${web.url}/file": redirected to "file:///etc/passwd", which is no http or https URL`))
  await t.rejects(get(`${web.url}/bad`), { code: 'redirects' })
  await t.rejects(get(`${web.url}/none`), { code: 'http-status', message: /302 Found$/ })
})

const basic = `Basic ${Buffer.from('me:secret').toString('base64')}`
const me = { username: 'me', password: 'secret' }

t.test('shows name and password to the origin only', async t => {
  const other = await startWeb(t, new Map<string, Answer>([['/x', 'x']]))
  const web = await startWeb(t, new Map<string, Answer>([
    ['/x', 'x'],
    ['/away', response => { response.writeHead(302, { location: `${other.url}/x` }).end() }],
    ['/here', response => { response.writeHead(302, { location: '/x' }).end() }]
  ]))
  const sent = (): Array<string | undefined> => [...web.seen.splice(0), ...other.seen.splice(0)].map(each => each.headers.authorization)

  await get(`${web.url}/x`, { access: me })
  t.strictSame(sent(), [basic])
  await get(`${web.url}/here`, { access: me })
  t.strictSame(sent(), [basic, basic])
  await get(`${web.url}/away`, { access: me })
  t.strictSame(sent(), [basic, undefined], 'another port is another origin')
  await get(`${other.url}/x`, { access: { ...me, origin: web.url } })
  t.strictSame(sent(), [undefined])
  await get(`${web.url}/away`, { access: { ...me, passCredentials: true } })
  t.strictSame(sent(), [basic, basic], 'unless the user says so')
  await get(`${web.url}/x`, { access: { username: 'me' } })
  t.strictSame(sent(), [undefined], 'a name without a password shows nothing, as in Helm')
})

t.test('takes name and password from the URL, and keeps them out of messages', async t => {
  const other = await startWeb(t, new Map<string, Answer>([['/x', 'x']]))
  const web = await startWeb(t, new Map<string, Answer>([
    ['/x', 'x'],
    ['/away', response => { response.writeHead(302, { location: `${other.url}/x` }).end() }]
  ]))
  const host = web.url.slice('http://'.length)
  await get(`http://me:s%65cret@${host}/x`)
  await get(`http://me:s%zz@${host}/x`)
  t.strictSame(web.seen.map(each => each.headers.authorization), [basic, `Basic ${Buffer.from('me:s%zz').toString('base64')}`])
  await get(`http://me:secret@${host}/away`)
  t.equal(other.seen[0]?.headers.authorization, undefined)
  await t.rejects(get(`http://me:secret@${host}/gone`), { message: `failed to fetch http://me:xxxxx@${host}/gone : 404 Not Found` })
})

t.test('checks a server\'s certificate against the authorities named', async t => {
  const web = await startWeb(t, new Map<string, Answer>([['/x', 'x']]), { client: false })
  await t.rejects(get(`${web.url}/x`), { code: 'tls', message: /^Get ".*": tls: failed to verify certificate: x509: certificate signed by unknown authority/ })
  t.equal(await get(`${web.url}/x`, { access: { caFile: tlsFile('authority.pem') } }), 'x')
  t.equal(await get(`${web.url}/x`, { access: { caFile: tlsFile('authority.pem'), origin: 'https://other.example.com' } }), 'x', 'an authority holds for every host')
  t.equal(await get(`${web.url}/x`, { access: { insecureSkipTlsVerify: true } }), 'x')
  await t.rejects(get(`${web.url}/x`, { access: { insecureSkipTlsVerify: true, origin: 'https://other.example.com' } }), { code: 'tls' }, 'but only the origin goes unchecked')
  const local = web.url.replace('127.0.0.1', 'localhost')
  t.equal(await get(`${local}/x`, { access: { caFile: tlsFile('authority.pem') } }), 'x')
})

t.test('reads the system\'s authorities from SSL_CERT_FILE and NODE_EXTRA_CA_CERTS', async t => {
  const web = await startWeb(t, new Map<string, Answer>([['/x', 'x']]), { client: false })
  const options = { timeout: 10_000, maxBytes: 10, access: { origin: web.url } }
  for (const env of [{ SSL_CERT_FILE: tlsFile('authority.pem') }, { SSL_CERT_FILE: tlsFile('client.pem'), NODE_EXTRA_CA_CERTS: tlsFile('authority.pem') }]) {
    const own = new HttpGetter('Portolan/test', createDispatchers(env, '/'))
    t.equal(await text(await own.get(new URL(`${web.url}/x`), options)), 'x')
  }
})

t.test('shows a client certificate to the origin only', async t => {
  const web = await startWeb(t, new Map<string, Answer>([['/x', 'x']]), { client: true })
  const files = { caFile: tlsFile('authority.pem'), certFile: tlsFile('client.pem'), keyFile: tlsFile('client-key.pem') }
  t.equal(await get(`${web.url}/x`, { access: files }), 'x')
  await t.rejects(get(`${web.url}/x`, { access: { ...files, origin: 'https://other.example.com' } }), RemoteError)
  t.equal(await get(`${web.url}/x`, { access: { ...files, origin: 'https://other.example.com', passCredentials: true } }), 'x')
})

t.test('names a certificate file that is missing or is none', async t => {
  const folder = t.testdir({ 'no.pem': 'no certificate' })
  const bad = `${folder}/no.pem`
  const url = 'https://127.0.0.1:1/'
  await t.rejects(get(url, { access: { caFile: `${folder}/gone.pem` } }), { code: 'tls', message: `can't create TLS config for client: can't read CA file: "${folder}/gone.pem": open ${folder}/gone.pem: no such file or directory` })
  await t.rejects(get('http://127.0.0.1:1/', { access: { certFile: 'c.pem', keyFile: 'k.pem', caFile: 'ca.pem' } }), {
    message: 'can\'t create TLS config for client: unable to read cert file: "c.pem": open c.pem: no such file or directory\ncan\'t read CA file: "ca.pem": open ca.pem: no such file or directory'
  }, 'all of them at once, and for http too')
  await t.rejects(get(url, { access: { caFile: bad } }), { code: 'tls', message: /failed to append certificates from pem block: ".*no\.pem"/ })
  await t.rejects(get(url, { access: { certFile: bad, keyFile: `${folder}/gone.pem` } }), { code: 'tls', message: /unable to read key file: ".*gone\.pem"/ })
  await t.rejects(get(url, { access: { certFile: tlsFile('client.pem'), keyFile: tlsFile('server-key.pem') } }), { code: 'tls', message: /unable to load cert from key pair: / })
})

t.test('goes through the proxy of the environment', async t => {
  const asked: string[] = []
  const proxy = await startWeb(t, new Map<string, Answer>([['http://charts.example.com/index.yaml', (response: ServerResponse, request: IncomingMessage) => {
    asked.push(request.headers['proxy-authorization'] ?? '')
    response.end('by proxy')
  }]]))
  const proxied = new HttpGetter('Portolan/test', createDispatchers({ HTTP_PROXY: proxy.url.replace('http://', 'http://me:secret@') }, '/'))
  const options = { timeout: 10_000, maxBytes: 100, access: { origin: 'http://charts.example.com' } }
  t.equal(await text(await proxied.get(new URL('http://charts.example.com/index.yaml'), options)), 'by proxy')
  t.strictSame(asked, [basic])
  const local = await startWeb(t, new Map<string, Answer>([['/x', 'direct']]))
  t.equal(await text(await proxied.get(new URL(`${local.url}/x`), options)), 'direct', 'never to this machine itself')
})

/** A URL of a port where nobody listens any more. */
async function closedPort (): Promise<string> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  return `http://127.0.0.1:${typeof address === 'object' ? address?.port ?? 1 : 1}`
}
