import { generateKeyPairSync } from 'node:crypto'
import type { LightMyRequestResponse } from 'fastify'
import { SignJWT } from 'jose'
import { pino } from 'pino'
import t from 'tap'
import { Access, type AccessOptions } from '../../../src/access/access.js'
import { accessClaimRule } from '../../../src/access/action-rule.js'
import { everyAction, type Policy } from '../../../src/access/decide.js'
import { PasswordCheck } from '../../../src/access/password-check.js'
import { parsePemKeys, PemTokenKeys } from '../../../src/access/pem-keys.js'
import { Tokens } from '../../../src/access/tokens.js'
import { Users } from '../../../src/access/users.js'
import type { Answer } from '../../../src/server/plugins/request-log.js'
import { chartArchive } from '../../helpers/chart-archive.js'
import { testServer } from '../../helpers/test-server.js'

const clock = (): Date => new Date()
const hash = (letter: string): string => `$2b$10$${letter.repeat(53)}`
// Here the password of a hash is its letter.
const check = new PasswordCheck(async (password, hashed) => hashed === hash(password), clock)
const files = [{ current: new Map([['reader', hash('r')]]), actions: ['pull'] as const }, { current: new Map([['writer', hash('w')]]), actions: everyAction }]
const users = new Users({ files, check })
const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
const keys = new PemTokenKeys({ current: parsePemKeys(publicKey.export({ type: 'spki', format: 'pem' }).toString(), 'key.pem') })
const tokens = { reader: new Tokens({ keys: [keys], clock }), server: { realm: 'https://tokens.example.com', service: 'charts' } }

const accessOf = (options: Omit<AccessOptions, 'policy'>, policy: Partial<Policy> = {}): Access => new Access({ policy: { anonymous: [], rule: accessClaimRule, dynamicDepth: false, ...policy }, ...options })
const basic = (name: string, password: string): string => `Basic ${Buffer.from(`${name}:${password}`).toString('base64')}`

async function token (name: string, ...actions: string[]): Promise<string> {
  return `Bearer ${await new SignJWT({ sub: 'robot', access: [{ type: 'artifact-repository', name, actions }] }).setProtectedHeader({ alg: 'ES256' }).sign(privateKey)}`
}

type Method = 'GET' | 'HEAD' | 'POST' | 'DELETE'

// ChartMuseum's table of routes and what they need (HEAD beside each GET).
const routes: ReadonlyArray<readonly [Method, string, 'pull' | 'push' | 'none']> = [
  ['GET', '/info', 'none'], ['GET', '/health', 'none'], ['GET', '/ready', 'none'], ['GET', '/metrics', 'none'],
  ['GET', '/index.yaml', 'pull'], ['HEAD', '/index.yaml', 'pull'], ['GET', '/charts/boat-0.1.0.tgz', 'pull'], ['HEAD', '/charts/boat-0.1.0.tgz', 'pull'], ['GET', '/charts/boat-0.1.0.tgz.prov', 'pull'],
  ['GET', '/api/charts', 'pull'], ['HEAD', '/api/charts', 'pull'], ['GET', '/api/charts/boat', 'pull'], ['HEAD', '/api/charts/boat', 'pull'],
  ['GET', '/api/charts/boat/0.1.0', 'pull'], ['HEAD', '/api/charts/boat/0.1.0', 'pull'], ['GET', '/api/charts/boat/0.1.0/values', 'pull'], ['GET', '/api/charts/boat/0.1.0/templates', 'pull'],
  ['POST', '/api/charts', 'push'], ['POST', '/api/prov', 'push'], ['DELETE', '/api/charts/boat/9.9.9', 'push']
]

t.test('each route asks for what it needs', async t => {
  const { app } = await testServer(t, { access: accessOf({ users }) })
  const free = await testServer(t, { access: accessOf({ users }, { anonymous: ['pull'] }) })
  for (const [method, url, needs] of routes) {
    const status = async (server: typeof app, authorization?: string): Promise<number> => (await server.inject({ method, url, ...(authorization !== undefined && { headers: { authorization } }) })).statusCode
    const title = `${method} ${url}`
    t.equal(await status(app) === 401, needs !== 'none', `${title}: nobody`)
    t.equal(await status(app, basic('reader', 'r')) === 401, needs === 'push', `${title}: a reader`)
    t.not(await status(app, basic('writer', 'w')), 401, `${title}: a writer`)
    t.equal(await status(app, basic('writer', 'x')) === 401, needs !== 'none', `${title}: a wrong password`)
    t.equal(await status(free.app) === 401, needs === 'push', `${title}: nobody, reading being free`)
  }
})

t.test("the answer is ChartMuseum's", async t => {
  const byPassword = await (await testServer(t, { access: accessOf({ users }) })).app.inject('/index.yaml')
  t.equal(byPassword.statusCode, 401)
  t.equal(byPassword.body, '{"error":"unauthorized"}')
  t.equal(byPassword.headers['content-type'], 'application/json; charset=utf-8')
  t.equal(byPassword.headers['www-authenticate'], 'Basic realm="ChartMuseum"')
  t.equal(byPassword.headers['x-request-id'], 'fresh-id')
  const byToken = await (await testServer(t, { access: accessOf({ tokens }), paths: { contextPath: '', depth: 2, dynamic: false } })).app.inject({ method: 'POST', url: '/api/org1/repo1/charts' })
  t.equal(byToken.body, '{"error":"unauthorized"}')
  t.equal(byToken.headers['www-authenticate'], 'Bearer realm="https://tokens.example.com",service="charts",scope="artifact-repository:org1/repo1:push"')
  const both = await (await testServer(t, { access: accessOf({ tokens, users }) })).app.inject('/index.yaml')
  t.strictSame(both.headers['www-authenticate'], ['Bearer realm="https://tokens.example.com",service="charts",scope="artifact-repository:repo:pull"', 'Basic realm="ChartMuseum"'])
})

t.test('what is not there is not found for everybody, and what is malformed is malformed', async t => {
  const { app } = await testServer(t, { access: accessOf({ users }) })
  for (const [method, url, status] of [['GET', '/nothing', 404], ['PUT', '/index.yaml', 404], ['OPTIONS', '/api/charts', 404], ['GET', '/a/b/index.yaml', 404], ['GET', '/charts/%00.tgz', 400], ['GET', '//', 404]] as const) {
    t.equal((await app.inject({ method, url })).statusCode, status, `${method} ${url}`)
  }
})

t.test('a token for one tenant never reaches another, whichever way its path is written', async t => {
  const { app } = await testServer(t, { access: accessOf({ tokens }), paths: { contextPath: '', depth: 0, dynamic: true } })
  const authorization = await token('org1/repo1', 'pull', 'push')
  const own = await app.inject({ method: 'POST', url: '/api/org1/repo1/charts', headers: { authorization }, payload: Buffer.from(await chartArchive('boat', '0.1.0')) })
  t.equal(own.statusCode, 201)
  for (const url of ['/org1/repo1/index.yaml', '/org1/repo1/charts/boat-0.1.0.tgz', '/api/org1/repo1/charts/boat/0.1.0', '/%6frg1/repo1/index.yaml']) {
    t.equal((await app.inject({ url, headers: { authorization } })).statusCode, 200, url)
  }
  const foreign = [
    '/index.yaml', '/org1/index.yaml', '/org1/repo2/index.yaml', '/org1/repo1/sub/index.yaml', '/ORG1/repo1/index.yaml', '/org1/repo1x/index.yaml', '/org1/repo1/../repo2/index.yaml', '/org1/repo1/%2e%2e/repo2/index.yaml',
    '/org1%2frepo1/index.yaml', '/org1/repo1%00/index.yaml', '/org1//repo1/index.yaml', '//org1/repo1/index.yaml', '/org1/repo1%2f..%2frepo2/index.yaml', '/api/charts', '/api/org1/charts', '/api/org1/repo2/charts/boat/0.1.0',
    '/charts/boat-0.1.0.tgz', '/org2/repo1/charts/boat-0.1.0.tgz', "/org1'||'/repo1/index.yaml", '/org1/repo1/index.yaml/../../repo2/index.yaml', 'http://example.com/org1/repo2/index.yaml'
  ]
  for (const url of foreign) {
    const answer = await app.inject({ url, headers: { authorization } })
    t.ok([400, 401, 404].includes(answer.statusCode), `${url}: ${answer.statusCode}`)
    t.notMatch(answer.body, /boat|entries/, url)
  }
  t.equal((await app.inject({ method: 'DELETE', url: '/api/org1/repo2/charts/boat/0.1.0', headers: { authorization } })).statusCode, 401)
})

t.test('the list of repositories has those that a token may read', async t => {
  const { app } = await testServer(t, { access: accessOf({ tokens, users }), paths: { contextPath: '', depth: 1, dynamic: false } })
  const payload = Buffer.from(await chartArchive('boat', '0.1.0'))
  for (const name of ['a', 'b', 'repo']) t.equal((await app.inject({ method: 'POST', url: `/api/${name}/charts`, payload, headers: { authorization: basic('writer', 'w') } })).statusCode, 201)
  const names = async (authorization: string): Promise<unknown> => (await app.inject({ url: '/api/tenants', headers: { authorization } })).json<Array<{ name: string }>>().map(({ name }) => name)
  t.strictSame(await names(basic('reader', 'r')), ['a', 'b', 'repo'])
  t.strictSame(await names(await token('repo', 'pull')), ['repo'])
  t.equal((await app.inject({ url: '/api/tenants', headers: { authorization: await token('a', 'pull') } })).statusCode, 401)
  const foreign = await app.inject({ method: 'DELETE', url: '/api/tenants?name=b', headers: { authorization: await token('a', 'pull', 'push') } })
  t.equal(foreign.statusCode, 401)
  t.equal((await app.inject({ method: 'DELETE', url: '/api/tenants?name=a&name=b', headers: { authorization: await token('a', 'pull', 'push') } })).statusCode, 400)
  t.equal((await app.inject({ method: 'DELETE', url: '/api/tenants?name=a', headers: { authorization: await token('a', 'push') } })).statusCode, 200)
  t.strictSame(await names(basic('reader', 'r')), ['b', 'repo'])
})

t.test('nothing is read of a body that may not be sent', async t => {
  const { app, catalog } = await testServer(t, { access: accessOf({ users }) })
  const payload = Buffer.from(await chartArchive('boat', '0.1.0'))
  t.equal((await app.inject({ method: 'POST', url: '/api/charts', payload, headers: { authorization: basic('reader', 'r') } })).statusCode, 401)
  t.strictSame(await catalog.counts(''), { charts: 0, versions: 0 })
})

t.test('the log has the name of who proved it, and no name, password or token beside', async t => {
  const lines: string[] = []
  const answers: Answer[] = []
  const { app } = await testServer(t, { access: accessOf({ users, tokens }), logger: pino({ level: 'debug' }, { write: line => { lines.push(line) } }), logAnswer: (_level, answer) => answers.push(answer) })
  const robot = await token('repo', 'pull')
  for (const authorization of [basic('writer', 'w'), basic('writer', 'wrong-password'), basic('somebody-else', 'guess'), robot, 'Bearer not-a-token']) await app.inject({ url: '/index.yaml?x=1', headers: { authorization } })
  const log = lines.join('') + JSON.stringify(answers)
  t.strictSame(answers.map(({ statusCode, subject }) => [statusCode, subject]), [[200, 'writer'], [401, ''], [401, ''], [200, 'robot'], [401, '']])
  for (const secret of ['wrong-password', 'somebody-else', 'guess', robot.slice(7), 'not-a-token', 'authorization', basic('writer', 'w').slice(6)]) t.notOk(log.includes(secret), secret)
})

t.test('when it cannot be decided, nobody is let in, and the client may try again', async t => {
  const broken = new Users({ files, check: new PasswordCheck(async () => { throw new Error('the thread ended') }, clock) })
  const answer = await (await testServer(t, { access: accessOf({ users: broken }) })).app.inject({ url: '/index.yaml', headers: { authorization: basic('writer', 'w') } })
  t.equal(answer.statusCode, 500)
  t.equal(answer.body, '{"error":"internal server error"}')

  const waiting = new Users({ files, check: new PasswordCheck(() => new Promise(() => undefined), clock) })
  const { app } = await testServer(t, { access: accessOf({ users: waiting }) })
  const guess = async (password: string): Promise<LightMyRequestResponse> => await app.inject({ url: '/index.yaml', headers: { authorization: basic('writer', password) } })
  for (let at = 0; at < 64; at++) guess(`guess-${at}`).catch(() => undefined)
  const refused = await guess('one more')
  t.equal(refused.statusCode, 503)
  t.match(refused.json(), { error: /try again/ })
  t.equal((await app.inject('/health')).statusCode, 200)
})
