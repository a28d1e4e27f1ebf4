import { generateKeyPairSync } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { rename, rm, symlink, mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { connect, type ConnectionOptions, type TLSSocket } from 'node:tls'
import t from 'tap'
import { createCertificate } from '../../src/sprig/certificate.js'
import { encodePem } from '../../src/sprig/pem.js'
import { localFiles } from '../../src/server/local-files.js'
import { openTlsFiles, type TlsFiles, type TlsPaths } from '../../src/server/tls-files.js'
import { listenOn, openRaw } from '../helpers/raw-http.js'
import { testServer } from '../helpers/test-server.js'
import { tlsFile } from '../remote/web.js'

/** A certificate of nobody's authority, with its key. */
function selfSigned (commonName: string): { cert: string, key: string } {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const certificate = createCertificate({ commonName, ips: ['127.0.0.1'], dnsNames: [], isAuthority: false, notBefore: new Date(0), notAfter: new Date(4e12), serial: 7n, key: privateKey })
  return { cert: encodePem('CERTIFICATE', certificate), key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString() }
}

/** Writes a pair as Kubernetes mounts a Secret: into a folder of its own, to which a link points that is replaced in one step. */
async function mountSecret (directory: string, { cert, key }: { cert: string, key: string }): Promise<TlsPaths> {
  const folder = `data-${Math.random().toString(36).slice(2)}`
  await mkdir(join(directory, folder))
  await writeFile(join(directory, folder, 'tls.crt'), cert)
  await writeFile(join(directory, folder, 'tls.key'), key)
  await symlink(folder, join(directory, 'data.next'))
  await rename(join(directory, 'data.next'), join(directory, 'data'))
  return { cert: join(directory, 'data', 'tls.crt'), key: join(directory, 'data', 'tls.key') }
}

interface Served {
  readonly tls: TlsFiles
  readonly faults: unknown[]
  /** Greets the server; what it is called, or why it does not answer. */
  readonly greet: (options?: ConnectionOptions) => Promise<string>
}

/** A folder for the files, and another one for the server. */
function folders (t: Scope): { directory: string, scope: Scope } {
  const both = t.testdir({ files: {}, server: {} })
  return { directory: join(both, 'files'), scope: { testdir: () => join(both, 'server'), teardown: end => t.teardown(end) } }
}

interface Scope {
  testdir (fixture?: { files: Record<string, never>, server: Record<string, never> }): string
  teardown (end: () => Promise<unknown>): void
}

async function serve (t: Scope, paths: TlsPaths): Promise<Served> {
  const faults: unknown[] = []
  const tls = await openTlsFiles(paths, { files: localFiles, onFault: error => { faults.push(error) } })
  const { app } = await testServer(t, { tls })
  const port = await listenOn(app)
  return { tls, faults, greet: async (options = {}) => await greet({ host: '127.0.0.1', port, rejectUnauthorized: false, ...options }) }
}

async function greet (options: ConnectionOptions): Promise<string> {
  return await new Promise(resolve => {
    let answer = ''
    const socket: TLSSocket = connect(options, () => socket.end('GET /health HTTP/1.1\r\nHost: example.com\r\nConnection: close\r\n\r\n'))
    socket.setEncoding('utf8').on('data', (text: string) => { answer += text })
    const name = (): string => String(socket.getPeerCertificate().subject.CN)
    socket.on('error', (error: Error) => resolve(`refused: ${'code' in error ? String(error.code) : error.message}`))
    socket.on('end', () => resolve(answer.includes('{"healthy":true}') ? `${name()} by ${socket.getProtocol() ?? ''}` : `refused: ${answer}`))
  })
}

t.test('TLS 1.2 and 1.3 are spoken, nothing older, and no plain HTTP', async t => {
  const { greet } = await serve(t, { cert: tlsFile('server.pem'), key: tlsFile('server-key.pem') })
  t.equal(await greet(), 'localhost by TLSv1.3')
  t.equal(await greet({ rejectUnauthorized: true, ca: readFileSync(tlsFile('authority.pem')) }), 'localhost by TLSv1.3')
  t.equal(await greet({ maxVersion: 'TLSv1.2' }), 'localhost by TLSv1.2')
  t.match(await greet({ minVersion: 'TLSv1.1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' }), /^refused/)
})

t.test('a handshake that does not come is not waited for', async t => {
  const tls = await openTlsFiles({ cert: tlsFile('server.pem'), key: tlsFile('server-key.pem') }, { files: localFiles, onFault: error => t.fail(String(error)) })
  const { app } = await testServer(t, { tls, readTimeout: 100 })
  const port = await listenOn(app)
  const silent = await openRaw(port)
  const plain = await openRaw(port)
  plain.send('GET / HTTP/1.1\r\nHost: example.com\r\n\r\n')
  const shaken = connect({ host: '127.0.0.1', port, rejectUnauthorized: false }, () => shaken.write('GET / HTTP/1.1\r\n'))
  let said = ''
  shaken.setEncoding('utf8').on('data', (text: string) => { said += text })
  await new Promise(resolve => shaken.once('close', resolve))
  t.match(said, /^HTTP\/1\.1 408 /)
  t.equal(await silent.ended, '')
  t.notMatch(await plain.ended, 'HTTP')
})

t.test('bodies must progress here too', async t => {
  const tls = await openTlsFiles({ cert: tlsFile('server.pem'), key: tlsFile('server-key.pem') }, { files: localFiles, onFault: error => t.fail(String(error)) })
  const { app } = await testServer(t, { tls, readTimeout: 200 })
  const port = await listenOn(app)
  const send = async (step: number, length: number): Promise<string> => {
    const socket = connect({ host: '127.0.0.1', port, rejectUnauthorized: false }, () =>
      socket.write(`POST /api/charts HTTP/1.1\r\nHost: example.com\r\nConnection: close\r\nContent-Length: ${length}\r\n\r\n`))
    let [answer, sent] = ['', 0]
    const sending = setInterval(() => { if (sent < length) { sent += step; socket.write('x'.repeat(step)) } }, 40)
    socket.on('error', () => undefined).setEncoding('utf8').on('data', (text: string) => { answer += text })
    await new Promise(resolve => socket.once('close', resolve))
    clearInterval(sending)
    return answer
  }
  const [steady, dripping] = await Promise.all([send(1000, 15_000), send(1, 100_000)])
  t.match(steady, /^HTTP\/1\.1 400 [^]*gzip: invalid header/, 'it has been read to its end')
  t.match(dripping, /^HTTP\/1\.1 408 /)
})

t.test('a new certificate is used without a restart', async t => {
  const { directory, scope } = folders(t)
  const paths = await mountSecret(directory, selfSigned('first'))
  const { tls, faults, greet } = await serve(scope, paths)
  t.match(await greet(), /^first /)
  await tls.refresh()
  await mountSecret(directory, selfSigned('second'))
  await tls.refresh()
  t.match(await greet(), /^second /)
  t.strictSame(faults, [])

  await writeFile(paths.cert, 'rubbish')
  await tls.refresh()
  t.match(await greet(), /^second /, 'rubbish changes nothing')
  await writeFile(paths.cert, selfSigned('third').cert)
  await tls.refresh()
  t.match(await greet(), /^second /, 'nor does half of a pair')
  await rm(paths.key)
  await tls.refresh()
  t.match(await greet(), /^second /)
  t.equal(faults.length, 3)
  for (const fault of faults) t.match(fault, { code: 'invalid-file', message: paths.cert })
  await mountSecret(directory, selfSigned('fourth'))
  await tls.refresh()
  t.match(await greet(), /^fourth /)
})

t.test('with an authority for clients, nobody else gets in, before and after a change', async t => {
  const { directory, scope } = folders(t)
  const paths = await mountSecret(directory, selfSigned('first'))
  const authority = join(directory, 'authority.pem')
  await writeFile(authority, readFileSync(tlsFile('authority.pem')))
  const { tls, greet } = await serve(scope, { ...paths, clientAuthority: authority })
  const client = { cert: readFileSync(tlsFile('client.pem')), key: readFileSync(tlsFile('client-key.pem')) }
  const stranger = selfSigned('stranger')
  const check = async (name: string): Promise<void> => {
    t.match(await greet(client), new RegExp(`^${name} `))
    t.match(await greet(), /^refused/, 'no certificate')
    t.match(await greet({ maxVersion: 'TLSv1.2' }), /^refused/, 'no certificate, by TLS 1.2')
    t.match(await greet(stranger), /^refused/, "a stranger's")
  }
  await check('first')
  await mountSecret(directory, selfSigned('second'))
  await tls.refresh()
  await check('second')
  await writeFile(authority, stranger.cert)
  await tls.refresh()
  t.match(await greet(client), /^refused/, 'another authority counts at once')
})

t.test('files that cannot be used keep the server from starting', async t => {
  const directory = t.testdir({ 'empty.pem': '' })
  const cert = tlsFile('server.pem')
  const key = tlsFile('server-key.pem')
  const wrong: TlsPaths[] = [{ cert: key, key: cert }, { cert, key: tlsFile('client-key.pem') }, { cert: join(directory, 'nothing.pem'), key }, { cert: join(directory, 'empty.pem'), key }, { cert, key, clientAuthority: join(directory, 'empty.pem') }]
  for (const paths of wrong) {
    await t.rejects(openTlsFiles(paths, { files: localFiles, onFault: () => undefined }), { code: 'invalid-file', message: /^cannot use / }, `${paths.cert} ${paths.key}`)
  }
})
