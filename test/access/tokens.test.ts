import { createPrivateKey, generateKeyPairSync, type KeyObject } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { exportJWK, SignJWT, UnsecuredJWT, type JWTPayload } from 'jose'
import t from 'tap'
import { JwksFileKeys, parseJwks } from '../../src/access/jwks-keys.js'
import { parsePemKeys, PemTokenKeys } from '../../src/access/pem-keys.js'
import type { TokenKeys } from '../../src/access/token-keys.js'
import { Tokens, type TokenChecks } from '../../src/access/tokens.js'
import { tlsFile } from '../remote/web.js'

const now = new Date('2026-01-02T03:04:05Z')
const seconds = now.getTime() / 1000
const clock = (): Date => now

interface Pair { readonly publicKey: KeyObject, readonly privateKey: KeyObject }
const rsa: Pair = generateKeyPairSync('rsa', { modulusLength: 2048 })
const anotherRsa: Pair = generateKeyPairSync('rsa', { modulusLength: 2048 })
const p256: Pair = generateKeyPairSync('ec', { namedCurve: 'P-256' })
const p384: Pair = generateKeyPairSync('ec', { namedCurve: 'P-384' })
const p521: Pair = generateKeyPairSync('ec', { namedCurve: 'P-521' })
const ed25519: Pair = generateKeyPairSync('ed25519')

const pem = (key: KeyObject): string => key.export({ type: 'spki', format: 'pem' }).toString()
const fromPem = (...keys: KeyObject[]): PemTokenKeys => new PemTokenKeys({ current: parsePemKeys(keys.map(pem).join(''), 'key.pem') })

async function sign (alg: string, key: KeyObject, { payload = { sub: 'ci' }, kid }: { payload?: JWTPayload, kid?: string } = {}): Promise<string> {
  return await new SignJWT(payload).setProtectedHeader({ alg, ...(kid !== undefined && { kid }) }).sign(key)
}

const tokens = (keys: TokenKeys, rest: Partial<TokenChecks> = {}): Tokens => new Tokens({ keys: [keys], clock, ...rest })

const signers: ReadonlyArray<readonly [string, Pair]> = [
  ...['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512'].map(alg => [alg, rsa] as const), ['ES256', p256], ['ES384', p384], ['ES512', p521], ['EdDSA', ed25519]
]

t.test('every algorithm with a public key, from a PEM file of several keys and from a key set', async t => {
  const keys = [anotherRsa, rsa, p256, p384, p521, ed25519].map(({ publicKey }) => publicKey)
  const set = { keys: await Promise.all(keys.map(async (key, index) => ({ ...await exportJWK(key), kid: `key-${index}` }))) }
  const fromSet = new JwksFileKeys({ current: parseJwks(JSON.stringify(set), 'keys.json') })
  for (const [alg, { privateKey }] of signers) {
    const token = await sign(alg, privateKey)
    t.match(await tokens(fromPem(...keys)).signIn(token), { kind: 'token', name: 'ci', claims: { sub: 'ci' } }, `${alg} by PEM`)
    t.match(await tokens(fromSet).signIn(token), { kind: 'token', name: 'ci' }, `${alg} by a key set, without a kid`)
    t.match(await tokens(fromPem(...keys)).signIn(await sign(alg, privateKey, { kid: 'any' })), { name: 'ci' }, 'a PEM file knows no kids')
  }
  t.match(await tokens(fromSet).signIn(await sign('RS256', rsa.privateKey, { kid: 'key-1' })), { name: 'ci' })
  t.equal(await tokens(fromSet).signIn(await sign('RS256', rsa.privateKey, { kid: 'key-0' })), undefined, 'the kid of another key')
  t.equal(await tokens(fromSet).signIn(await sign('RS256', rsa.privateKey, { kid: 'unknown' })), undefined)
})

t.test('a certificate, and the older form of an RSA key', async t => {
  const certificate = readFileSync(tlsFile('server.pem'), 'utf8')
  const key = createPrivateKey(readFileSync(tlsFile('server-key.pem'), 'utf8'))
  t.match(await tokens(new PemTokenKeys({ current: parsePemKeys(certificate, 'server.pem') })).signIn(await sign('ES256', key)), { name: 'ci' })
  const pkcs1 = rsa.publicKey.export({ type: 'pkcs1', format: 'pem' }).toString()
  t.match(await tokens(new PemTokenKeys({ current: parsePemKeys(`a comment\n${pkcs1}`, 'key.pem') })).signIn(await sign('RS256', rsa.privateKey)), { name: 'ci' })
})

t.test('forged tokens are nobody', async t => {
  const valid = await sign('RS256', rsa.privateKey)
  const [header = '', payload = '', signature = ''] = valid.split('.')
  const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url')
  // The public key as the secret of HMAC: what many libraries once fell for.
  const publicSecret = pem(rsa.publicKey)
  const forged: Array<readonly [string, string]> = [
    ['none', new UnsecuredJWT({ sub: 'ci' }).encode()],
    ['none, in capitals', `${encode({ alg: 'NONE' })}.${payload}.`],
    ['no algorithm', `${encode({})}.${payload}.${signature}`],
    ['HMAC with the public key', await new SignJWT({ sub: 'ci' }).setProtectedHeader({ alg: 'HS256' }).sign(Buffer.from(publicSecret))],
    ['another key', await sign('RS256', anotherRsa.privateKey)],
    ['another algorithm in the header', `${encode({ alg: 'PS256' })}.${payload}.${signature}`],
    ['an algorithm of another key', `${encode({ alg: 'ES256' })}.${payload}.${signature}`],
    ['another payload', `${header}.${encode({ sub: 'admin' })}.${signature}`],
    ['no signature', `${header}.${payload}.`],
    ['cut short', valid.slice(0, -5)],
    ['two parts', `${header}.${payload}`],
    ['a header that must be understood', await new SignJWT({ sub: 'ci' }).setProtectedHeader({ alg: 'RS256', crit: ['exp2'], exp2: 1 }).sign(rsa.privateKey, { crit: { exp2: true } })],
    ['a payload that is no object', await signRaw('"text"')],
    ['a key of its own', await new SignJWT({ sub: 'ci' }).setProtectedHeader({ alg: 'RS256', jwk: await exportJWK(anotherRsa.publicKey) }).sign(anotherRsa.privateKey)],
    ['nothing', ''], ['text', 'hello'], ['dots', '...'], ['bytes', '\u0000.\u0000.\u0000']
  ]
  const set = new JwksFileKeys({ current: parseJwks(JSON.stringify({ keys: [await exportJWK(rsa.publicKey), { kty: 'oct', k: Buffer.from(publicSecret).toString('base64url') }] }), 'keys.json') })
  for (const [title, token] of forged) {
    t.equal(await tokens(fromPem(rsa.publicKey)).signIn(token), undefined, title)
    t.equal(await tokens(set).signIn(token), undefined, `${title}, by a key set`)
  }
})

async function signRaw (payload: string): Promise<string> {
  const { CompactSign } = await import('jose')
  return await new CompactSign(Buffer.from(payload)).setProtectedHeader({ alg: 'RS256' }).sign(rsa.privateKey)
}

t.test('times, with ten seconds of leeway', async t => {
  const rows: ReadonlyArray<readonly [JWTPayload, boolean]> = [
    [{}, true], [{ exp: seconds + 1 }, true], [{ exp: seconds - 5 }, true], [{ exp: seconds - 60 }, false], [{ nbf: seconds + 5 }, true], [{ nbf: seconds + 60 }, false],
    [{ iat: seconds }, true], [{ iat: seconds + 5 }, true], [{ iat: seconds + 60 }, false], [{ exp: 0 }, false]
  ]
  for (const [payload, valid] of rows) {
    const subject = await tokens(fromPem(ed25519.publicKey)).signIn(await sign('EdDSA', ed25519.privateKey, { payload }))
    t.equal(subject !== undefined, valid, JSON.stringify(payload))
  }
  for (const payload of [{ exp: 'soon' }, { nbf: '1' }]) {
    t.equal(await tokens(fromPem(ed25519.publicKey)).signIn(await sign('EdDSA', ed25519.privateKey, { payload: payload as unknown as JWTPayload })), undefined, JSON.stringify(payload))
  }
})

t.test('audience and issuer count when they are set', async t => {
  const checks = { audience: 'charts', issuer: 'https://tokens.example.com' }
  const rows: ReadonlyArray<readonly [JWTPayload, boolean]> = [
    [{}, false], [{ aud: 'charts' }, false], [{ iss: checks.issuer }, false], [{ aud: 'charts', iss: checks.issuer }, true], [{ aud: ['other', 'charts'], iss: checks.issuer }, true],
    [{ aud: 'others', iss: checks.issuer }, false], [{ aud: 'charts', iss: `${checks.issuer}/` }, false]
  ]
  for (const [payload, valid] of rows) {
    const token = await sign('EdDSA', ed25519.privateKey, { payload })
    t.equal(await tokens(fromPem(ed25519.publicKey), checks).signIn(token) !== undefined, valid, JSON.stringify(payload))
    t.ok(await tokens(fromPem(ed25519.publicKey)).signIn(token), 'and not otherwise')
  }
})

t.test('the name is fit for a log', async t => {
  for (const [sub, name] of [['ci', 'ci'], ['', 'token'], [undefined, 'token'], ['a\nb\u001b[31m\u202e', 'a?b?[31m?'], ['x'.repeat(500), 'x'.repeat(128)]] as const) {
    t.match(await tokens(fromPem(ed25519.publicKey)).signIn(await sign('EdDSA', ed25519.privateKey, { payload: sub === undefined ? {} : { sub } })), { name })
  }
})

t.test('files that hold no public key are refused', async t => {
  const weak = generateKeyPairSync('rsa', { modulusLength: 1024 })
  const wrong: ReadonlyArray<readonly [string, RegExp]> = [
    ['', /^key\.pem: no PEM block/], ['hello', /no PEM block/],
    [rsa.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(), /^key\.pem: a PRIVATE KEY where a public key/],
    ['-----BEGIN PUBLIC KEY-----\naGVsbG8=\n-----END PUBLIC KEY-----\n', /^key\.pem: /],
    [pem(weak.publicKey), /none of RSA \(2048 bits or more\)/],
    [pem(generateKeyPairSync('ec', { namedCurve: 'secp256k1' }).publicKey), /none of RSA/],
    [pem(generateKeyPairSync('x25519').publicKey), /none of RSA/]
  ]
  for (const [text, message] of wrong) t.throws(() => parsePemKeys(text, 'key.pem'), { code: 'invalid-file', message }, text.slice(0, 40))
  for (const text of ['', '[]', '{}', '{"keys":{}}', '{"keys":[1]}', 'null']) t.throws(() => parseJwks(text, 'keys.json'), { code: 'invalid-file', message: /^keys\.json: no JSON Web Key Set/ }, text)
})

t.test('a weak or odd key in a set lets nobody in', async t => {
  const weak = generateKeyPairSync('rsa', { modulusLength: 1024 })
  const odd = [await exportJWK(weak.publicKey), { kty: 'RSA', n: '!', e: 'AQAB' }, { kty: 'RSA' }, { kty: 'unknown' }, { ...await exportJWK(rsa.publicKey), use: 'enc' }]
  const keys = new JwksFileKeys({ current: parseJwks(JSON.stringify({ keys: odd }), 'keys.json') })
  t.equal(await tokens(keys).signIn(await sign('RS256', rsa.privateKey)), undefined)
  const one = new JwksFileKeys({ current: parseJwks(JSON.stringify({ keys: [{ kty: 'RSA', n: '!', e: 'AQAB' }] }), 'keys.json') })
  t.equal(await tokens(one).signIn(await sign('RS256', rsa.privateKey)), undefined)
})
