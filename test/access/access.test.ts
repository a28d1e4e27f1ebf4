import { generateKeyPairSync } from 'node:crypto'
import { SignJWT } from 'jose'
import t from 'tap'
import { Access, type AccessOptions } from '../../src/access/access.js'
import { accessClaimRule } from '../../src/access/action-rule.js'
import { PasswordCheck } from '../../src/access/password-check.js'
import { parsePemKeys, PemTokenKeys } from '../../src/access/pem-keys.js'
import { Tokens } from '../../src/access/tokens.js'
import { Users } from '../../src/access/users.js'

const clock = (): Date => new Date('2026-01-02T03:04:05Z')
const { publicKey, privateKey } = generateKeyPairSync('ed25519')
const policy = { anonymous: [], rule: accessClaimRule, dynamicDepth: false }
const users = new Users({ single: { name: 'ci', password: 'secret' }, files: [], check: new PasswordCheck(async () => false, clock) })
const keys = new PemTokenKeys({ current: parsePemKeys(publicKey.export({ type: 'spki', format: 'pem' }).toString(), 'key.pem') })
const tokens = { reader: new Tokens({ keys: [keys], clock }), server: { realm: 'https://tokens.example.com', service: 'charts' } }

const basic = (pair: string): string => `Basic ${Buffer.from(pair).toString('base64')}`

async function token (access: unknown): Promise<string> {
  return await new SignJWT({ sub: 'robot', access }).setProtectedHeader({ alg: 'EdDSA' }).sign(privateKey)
}

async function ask (options: Omit<AccessOptions, 'policy'> & Partial<AccessOptions>, authorization: string | undefined, tenant = 'org1/repo1'): Promise<unknown> {
  return await new Access({ policy, ...options }).decide(authorization, { action: 'push', tenant })
}

t.test("ChartMuseum's challenges", async t => {
  t.match(await ask({ users }, undefined), { allowed: false, challenges: ['Basic realm="ChartMuseum"'] })
  t.match(await ask({ tokens }, undefined), { allowed: false, challenges: ['Bearer realm="https://tokens.example.com",service="charts",scope="artifact-repository:org1/repo1:push"'] })
  t.match(await ask({ tokens }, undefined, ''), { challenges: ['Bearer realm="https://tokens.example.com",service="charts",scope="artifact-repository:repo:push"'] })
  t.match(await ask({ users, tokens }, undefined), { challenges: [/^Bearer /, /^Basic /] })
  const odd = { ...tokens, server: { realm: 'a"b\\c\r\nd', service: 'ü' } }
  t.match(await ask({ tokens: odd }, undefined, 'ö'), { challenges: ['Bearer realm="a\\"b\\\\c??d",service="?",scope="artifact-repository:?:push"'] })
})

t.test('users and tokens', async t => {
  const push = await token([{ type: 'artifact-repository', name: 'org1/repo1', actions: ['push'] }])
  const rows: ReadonlyArray<readonly [string | undefined, string | undefined]> = [
    [undefined, undefined], [basic('ci:secret'), 'ci'], [basic('ci:wrong'), undefined], [`Bearer ${push}`, 'robot'], [push, 'robot'], [basic(`any:${push}`), 'robot'], [basic('ci:a.b.c'), undefined],
    [`Bearer ${await token(undefined)}`, undefined], [`Bearer ${await token([])}`, undefined], ['Bearer nonsense', undefined]
  ]
  for (const [header, name] of rows) t.match(await ask({ users, tokens }, header), name === undefined ? { allowed: false } : { allowed: true, subject: { name } }, String(header))
  t.match(await ask({ users, tokens }, `Bearer ${push}`, 'org1/repo2'), { allowed: false, subject: { name: 'robot' } }, 'who it was is known to the log')
  t.match(await ask({ tokens }, basic('ci:secret')), { allowed: false })
  t.match(await ask({ users }, `Bearer ${push}`), { allowed: false })
})

t.test('what is free for everybody is free with wrong credentials too', async t => {
  const access = new Access({ policy: { ...policy, anonymous: ['pull'] }, users })
  for (const header of [undefined, basic('ci:wrong'), 'Bearer x']) t.match(await access.decide(header, { action: 'pull', tenant: '' }), { allowed: true, subject: { kind: 'anonymous' } })
  t.match(await access.decide(undefined, { action: 'push', tenant: '' }), { allowed: false })
})
