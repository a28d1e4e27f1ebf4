import { generateKeyPairSync } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { hashSync } from 'bcryptjs'
import { exportJWK, SignJWT } from 'jose'
import t from 'tap'
import type { Action } from '../../src/access/decide.js'
import { openProtection, type Protection } from '../../src/cli/access-from-settings.js'
import { accessWarnings } from '../../src/cli/check-access-settings.js'
import type { ServerSettings } from '../../src/config/definitions.js'
import { loadSettings } from '../../src/config/load.js'
import { MemoryFiles } from '../access/memory-files.js'
import { startWeb, tlsFile, type Answer } from '../remote/web.js'

const { publicKey, privateKey } = generateKeyPairSync('ed25519')
const pem = publicKey.export({ type: 'spki', format: 'pem' }).toString()

async function settingsOf (flags: Readonly<Record<string, string>>): Promise<ServerSettings> {
  return await loadSettings({ flags: new Map(Object.entries(flags)), env: {}, readFile: async () => '' })
}

async function open (t: { teardown (end: () => Promise<unknown>): void }, flags: Readonly<Record<string, string>>, files = new MemoryFiles()): Promise<Protection & { faults: unknown[] }> {
  const faults: unknown[] = []
  const protection = await openProtection(await settingsOf(flags), { files, clock: () => new Date(), local: path => `/etc/${path}`, onFault: fault => { faults.push(fault) } })
  t.teardown(() => protection.stop())
  return { ...protection, faults }
}

async function allowed ({ access }: Protection, authorization: string | undefined, action: Action, tenant = ''): Promise<boolean | undefined> {
  return access === undefined ? undefined : (await access.decide(authorization, { action, tenant })).allowed
}

const basic = (name: string, password: string): string => `Basic ${Buffer.from(`${name}:${password}`).toString('base64')}`

async function token (claims: Record<string, unknown>, kid = 'a'): Promise<string> {
  return `Bearer ${await new SignJWT(claims).setProtectedHeader({ alg: 'EdDSA', kid }).sign(privateKey)}`
}

const access = [{ type: 'artifact-repository', name: 'repo', actions: ['pull', 'push'] }]
const bearer = { 'bearer-auth': 'true', 'auth-realm': 'https://tokens.example.com', 'auth-service': 'charts' }

t.test('half of what is needed refuses to start', async t => {
  const wrong: ReadonlyArray<readonly [Record<string, string>, RegExp]> = [
    [{ 'basic-auth-user': 'ci' }, /^--basic-auth-user is set and --basic-auth-pass is not: set both, or neither$/],
    [{ 'basic-auth-pass': 'x' }, /^--basic-auth-pass is set and --basic-auth-user is not/],
    [{ 'tls-cert': 'a' }, /^--tls-cert is set and --tls-key is not/],
    [{ 'tls-key': 'a' }, /^--tls-key is set and --tls-cert is not/],
    [{ 'tls-ca-cert': 'a' }, /^--tls-ca-cert asks clients for certificates, which needs TLS/],
    [{ 'bearer-auth': 'true' }, /^Missing Auth Realm/],
    [{ 'bearer-auth': 'true', 'auth-realm': 'r' }, /^Missing Auth Service/],
    [bearer, /^Missing Auth Server Public Cert Path/],
    [{ ...bearer, 'auth-jwks-url': 'file:///etc/passwd' }, /is no http or https address/],
    [{ ...bearer, 'auth-jwks-url': 'keys' }, /is no http or https address/],
    [{ 'auth-jwks-url': 'https://x.example.com' }, /^--auth-jwks-url is set, but tokens are not taken: add --bearer-auth$/],
    [{ 'auth-audience': 'x' }, /add --bearer-auth/],
    [{ 'basic-auth-htpasswd': 'users' }, /^\/etc\/users is not there$/],
    [{ ...bearer, 'auth-cert-path': 'key.pem' }, /^\/etc\/key\.pem is not there$/]
  ]
  for (const [flags, message] of wrong) await t.rejects(open(t, flags), { message }, JSON.stringify(flags))
  const files = new MemoryFiles()
  files.set('/etc/users', 'ci:plain')
  files.set('/etc/key.pem', pem)
  await t.rejects(open(t, { 'basic-auth-htpasswd': 'users' }, files), { code: 'invalid-file', message: /^\/etc\/users:1: / })
  await t.rejects(open(t, { ...bearer, 'auth-cert-path': 'key.pem', 'auth-actions-search-path': 'access[' }, files), { code: 'invalid-expression' })
})

t.test('without settings everybody may do everything, which is told', async t => {
  const { access, tls, looks } = await open(t, {})
  t.strictSame([access, tls, looks], [undefined, undefined, []])
  t.match(accessWarnings(await settingsOf({})), [/^Everybody who reaches this server/])
  t.match(accessWarnings(await settingsOf({ 'auth-anonymous-get': 'true' })), [/^Everybody/])
  t.strictSame(accessWarnings(await settingsOf({ 'basic-auth-user': 'ci', 'basic-auth-pass': 'x' })), [])
  t.match(accessWarnings(await settingsOf({ ...bearer, 'basic-auth-user': 'ci', 'basic-auth-pass': 'x' })), [/does not count beside --bearer-auth/])
  t.match(accessWarnings(await settingsOf({ 'auth-cert-path': 'x' })), [/^Everybody/, /^--auth-cert-path does not count/])
})

t.test('users of files, which change', async t => {
  const files = new MemoryFiles()
  files.set('/etc/users', `ci:${hashSync('one', 4)}`)
  files.set('/etc/readers', `helm:${hashSync('two', 4)}`)
  const opened = await open(t, { 'basic-auth-htpasswd': 'users', 'basic-auth-htpasswd-read': 'readers' }, files)
  t.strictSame([await allowed(opened, basic('ci', 'one'), 'push'), await allowed(opened, basic('helm', 'two'), 'push'), await allowed(opened, basic('helm', 'two'), 'pull')], [true, false, true])
  files.set('/etc/users', `helm:${hashSync('two', 4)}`)
  files.set('/etc/readers', '')
  await Promise.all(opened.looks.map(look => look()))
  t.strictSame([await allowed(opened, basic('ci', 'one'), 'pull'), await allowed(opened, basic('helm', 'two'), 'push')], [false, true])
  files.set('/etc/users', 'rubbish')
  await Promise.all(opened.looks.map(look => look()))
  t.equal(await allowed(opened, basic('helm', 'two'), 'push'), true)
  t.match(opened.faults, [{ code: 'invalid-file', message: /^\/etc\/users:1: / }])
})

t.test('with tokens, the one user does not count, as in ChartMuseum; users of files do', async t => {
  const files = new MemoryFiles()
  files.set('/etc/users', `ci:${hashSync('one', 4)}`)
  files.set('/etc/key.pem', pem)
  const opened = await open(t, { ...bearer, 'auth-cert-path': 'key.pem', 'basic-auth-user': 'single', 'basic-auth-pass': 'x', 'basic-auth-htpasswd': 'users' }, files)
  t.strictSame([await allowed(opened, basic('single', 'x'), 'pull'), await allowed(opened, basic('ci', 'one'), 'push'), await allowed(opened, await token({ access }), 'push')], [false, true, true])
})

t.test('keys of a PEM file and of a set, which change; audience, issuer and expression', async t => {
  const files = new MemoryFiles()
  const other = generateKeyPairSync('ed25519').publicKey
  files.set('/etc/key.pem', other.export({ type: 'spki', format: 'pem' }).toString())
  files.set('/etc/keys.json', JSON.stringify({ keys: [] }))
  const flags = { ...bearer, 'auth-cert-path': 'key.pem', 'auth-jwks-path': 'keys.json', 'auth-audience': 'charts', 'auth-issuer': 'me', 'auth-actions-search-path': 'roles."$NAMESPACE"', 'auth-anonymous-get': 'true' }
  const opened = await open(t, flags, files)
  const good = await token({ roles: { repo: ['push'] }, aud: 'charts', iss: 'me' })
  t.equal(await allowed(opened, undefined, 'pull'), true)
  t.equal(await allowed(opened, good, 'push'), false)
  files.set('/etc/keys.json', JSON.stringify({ keys: [{ ...await exportJWK(publicKey), kid: 'a' }] }))
  await Promise.all(opened.looks.map(look => look()))
  t.equal(await allowed(opened, good, 'push'), true)
  t.equal(await allowed(opened, await token({ roles: { repo: ['push'] }, iss: 'me' }), 'push'), false)
  t.equal(await allowed(opened, await token({ roles: { repo: ['push'] }, aud: 'charts' }), 'push'), false)
  t.equal(await allowed(opened, good, 'push', 'org1'), false)
  files.set('/etc/keys.json', '')
  files.set('/etc/key.pem', pem)
  await Promise.all(opened.looks.map(look => look()))
  t.equal(await allowed(opened, good, 'push'), true)
  t.equal(opened.faults.length, 1)
})

t.test('keys behind an address', async t => {
  const site = new Map<string, Answer>()
  const web = await startWeb(t, site)
  const flags = { ...bearer, 'auth-jwks-url': `${web.url}/keys` }
  const away = await open(t, flags)
  t.match(away.faults, [{ code: 'keys-unavailable', message: /answers 404$/ }], 'the server starts all the same')
  await t.rejects(allowed(away, await token({ access }), 'push'), { code: 'keys-unavailable' })

  site.set('/keys', JSON.stringify({ keys: [{ ...await exportJWK(publicKey), kid: 'a' }] }))
  const opened = await open(t, flags)
  t.equal(await allowed(opened, await token({ access }), 'push'), true)
  t.equal(await allowed(opened, await token({ access }, 'b'), 'push'), false)
  t.equal(web.seen.length, 2)

  const redirect = (response: Parameters<Extract<Answer, (...args: never[]) => void>>[0]): void => { response.writeHead(302, { location: '/elsewhere' }).end() }
  const large = 'x'.repeat(2 * 1024 * 1024)
  for (const [answer, message] of [[redirect, /./], [large, /more than 1048576 bytes/], ['{}', /no JSON Web Key Set/]] as const) {
    site.set('/keys', answer)
    t.match((await open(t, flags)).faults, [{ code: 'keys-unavailable', message }])
  }
  t.notOk(web.seen.some(({ path }) => path === '/elsewhere'))
})

t.test('TLS', async t => {
  const files = new MemoryFiles()
  files.set('/etc/cert', readFileSync(tlsFile('server.pem'), 'utf8'))
  files.set('/etc/key', readFileSync(tlsFile('server-key.pem'), 'utf8'))
  files.set('/etc/ca', readFileSync(tlsFile('authority.pem'), 'utf8'))
  t.match(await open(t, { 'tls-cert': 'cert', 'tls-key': 'key' }, files), { tls: { current: { requestCert: false, minVersion: 'TLSv1.2' } }, looks: [Function] })
  t.match(await open(t, { 'tls-cert': 'cert', 'tls-key': 'key', 'tls-ca-cert': 'ca' }, files), { tls: { current: { requestCert: true, rejectUnauthorized: true } } })
})
