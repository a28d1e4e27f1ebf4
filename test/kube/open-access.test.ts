import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import t from 'tap'
import type { Access, AccessOptions } from '../../src/kube/access.js'
import { openAccess } from '../../src/kube/open-access.js'
import { ManualClock } from '../helpers/manual-clock.js'

interface Parts {
  readonly cluster?: Record<string, unknown>
  readonly user?: Record<string, unknown>
  readonly context?: Record<string, unknown>
}

function kubeconfig ({ cluster = {}, user = {}, context = {} }: Parts): string {
  return JSON.stringify({
    'current-context': 'c',
    clusters: [{ name: 'k', cluster: { server: 'https://k.example.com:6443', ...cluster } }],
    users: [{ name: 'u', user }],
    contexts: [{ name: 'c', context: { cluster: 'k', user: 'u', ...context } }]
  })
}

async function access (directory: string, parts: Parts, options: Partial<AccessOptions> = {}): Promise<Access> {
  await writeFile(join(directory, 'config'), kubeconfig(parts))
  return await openAccess({ kubeconfig: join(directory, 'config'), env: {}, clock: new ManualClock(), ...options })
}

const pem = (name: string): string => Buffer.from(`PEM of ${name}`).toString('base64')

t.test('server, namespace, authority and name of the context\'s cluster', async t => {
  const directory = t.testdir({ 'ca.pem': 'CA FILE' })
  const inline = await access(directory, { cluster: { 'certificate-authority-data': pem('ca'), 'tls-server-name': 'inner' }, context: { namespace: 'team-a' } })
  t.equal(inline.server.href, 'https://k.example.com:6443/')
  t.equal(inline.namespace, 'team-a')
  t.strictSame(inline.trust, { insecure: false, ca: 'PEM of ca', serverName: 'inner' })
  const byPath = await access(directory, { cluster: { 'certificate-authority': 'ca.pem', 'proxy-url': 'http://proxy.example.com:3128' } })
  t.strictSame(byPath.trust, { insecure: false, ca: 'CA FILE' })
  t.equal(byPath.namespace, 'default')
  t.equal(byPath.proxy, 'http://proxy.example.com:3128')
})

t.test('flags go before the kubeconfig', async t => {
  const directory = t.testdir({ 'ca.pem': 'CA FILE' })
  const parts = { cluster: { 'certificate-authority-data': pem('ca'), 'tls-server-name': 'inner' }, user: { token: 'from-file' } }
  const flags = await access(directory, parts, { apiServer: 'https://flag.example.com', token: 'from-flag', tlsServerName: 'outer' })
  t.equal(flags.server.href, 'https://flag.example.com/')
  t.equal(flags.trust.serverName, 'outer')
  t.equal(await flags.credential.authorization(), 'Bearer from-flag')
  t.strictSame((await access(directory, parts, { apiServer: 'flag.example.com' })).trust, { insecure: false, ca: 'PEM of ca' }, 'another server has another name')
  t.equal((await access(directory, parts, { apiServer: 'flag.example.com' })).server.href, 'http://flag.example.com/')
  t.strictSame((await access(directory, parts, { insecureSkipTlsVerify: true })).trust, { insecure: true, serverName: 'inner' })
  t.equal((await access(directory, parts, { caFile: join(directory, 'ca.pem') })).trust.ca, 'CA FILE')
})

t.test('ways to sign in', async t => {
  const directory = t.testdir({ token: 'file-token\n', 'cert.pem': 'CERT', 'key.pem': 'KEY' })
  const token = await access(directory, { user: { token: 'abc' } })
  t.equal(await token.credential.authorization(), 'Bearer abc')
  t.equal(await token.credential.keyPair(), undefined)
  t.equal(await token.credential.renew(), false)
  const basic = await access(directory, { user: { username: 'ann', password: 'p:w' } })
  t.equal(await basic.credential.authorization(), `Basic ${Buffer.from('ann:p:w').toString('base64')}`)
  const data = await access(directory, { user: { 'client-certificate-data': pem('cert'), 'client-key-data': pem('key') } })
  t.strictSame(await data.credential.keyPair(), { cert: 'PEM of cert', key: 'PEM of key' })
  t.equal(await data.credential.authorization(), undefined)
  const paths = await access(directory, { user: { 'client-certificate': 'cert.pem', 'client-key': join(directory, 'key.pem'), token: 'both' } })
  t.strictSame(await paths.credential.keyPair(), { cert: 'CERT', key: 'KEY' })
  t.equal(await paths.credential.authorization(), 'Bearer both')
})

t.test('a token file goes before a token, and is read again after a minute, or when it was refused', async t => {
  const directory = t.testdir({ token: 'one\n' })
  const clock = new ManualClock()
  const { credential } = await access(directory, { user: { tokenFile: 'token', token: 'stale' } }, { clock })
  t.equal(await credential.authorization(), 'Bearer one')
  await writeFile(join(directory, 'token'), 'two')
  t.equal(await credential.authorization(), 'Bearer one')
  await clock.sleep(61_000)
  t.equal(await credential.authorization(), 'Bearer two')
  await writeFile(join(directory, 'token'), 'three')
  t.equal(await credential.renew(), true)
  t.equal(await credential.authorization(), 'Bearer three')
})

t.test('impersonation', async t => {
  const directory = t.testdir()
  const user = { as: 'bob', 'as-groups': ['g1'], 'as-uid': 'u1', 'as-user-extra': { 'example.com/reason': ['x', 'y'] } }
  const { headers } = await access(directory, { user })
  t.strictSame(headers, [
    ['Impersonate-User', 'bob'], ['Impersonate-Group', 'g1'], ['Impersonate-Uid', 'u1'],
    ['Impersonate-Extra-example.com%2Freason', 'x'], ['Impersonate-Extra-example.com%2Freason', 'y']
  ])
  const flags = await access(directory, {}, { asUser: 'eve', asGroups: ['a', 'b'] })
  t.strictSame(flags.headers, [['Impersonate-User', 'eve'], ['Impersonate-Group', 'a'], ['Impersonate-Group', 'b']])
  t.strictSame((await access(directory, {})).headers, [])
  await t.rejects(access(directory, {}, { asGroups: ['a'] }), { code: 'kubeconfig', message: /without impersonating a user/ })
})

t.test('contexts', async t => {
  const directory = t.testdir()
  await t.rejects(access(directory, {}, { context: 'nope' }), { code: 'kubeconfig', message: 'context "nope" does not exist' })
  await writeFile(join(directory, 'gone'), 'current-context: gone\nclusters: [{name: k, cluster: {}}]')
  await t.rejects(openAccess({ kubeconfig: join(directory, 'gone'), env: {}, clock: new ManualClock() }), { message: 'invalid configuration: context was not found for specified context: gone' })
})

t.test('what contradicts itself or is missing is refused', async t => {
  const directory = t.testdir()
  const refused = async (parts: Parts, message: RegExp | string): Promise<void> => {
    await t.rejects(access(directory, parts), { code: 'kubeconfig', message })
  }
  await refused({ cluster: { 'insecure-skip-tls-verify': true, 'certificate-authority-data': pem('ca') } }, 'specifying a root certificates file with the insecure flag is not allowed')
  await refused({ cluster: { 'certificate-authority': 'none.pem' } }, /unable to read .*none\.pem/)
  await refused({ user: { 'client-certificate-data': pem('cert') } }, 'invalid configuration: a client-certificate without a client-key')
  await refused({ user: { 'client-key-data': pem('key') } }, 'invalid configuration: a client-key without a client-certificate')
  await refused({ user: { token: 'a', username: 'b', password: 'c' } }, /more than one authentication method/)
  await refused({ user: { 'auth-provider': { name: 'gcp' } } }, 'no Auth Provider found for name "gcp"')
  await refused({ cluster: { server: 'https://[' } }, /is no URL/)
  await refused({ user: { exec: { apiVersion: 'client.authentication.k8s.io/v1alpha1', command: 'x' } } }, /invalid apiVersion/)
  await refused({ user: { exec: { apiVersion: 'client.authentication.k8s.io/v1' } } }, /command must be specified/)
})

t.test('nothing at all is localhost, as in client-go', async t => {
  const found = await openAccess({ env: { HOME: t.testdir() }, clock: new ManualClock() })
  t.equal(found.server.href, 'http://localhost:8080/')
  t.equal(found.namespace, 'default')
})

t.test('in a pod it is the service account', async t => {
  const directory = t.testdir({ token: 'pod-token', 'ca.crt': 'POD CA', namespace: 'pod-ns\n', empty: {} })
  const env = { HOME: join(directory, 'empty'), KUBERNETES_SERVICE_HOST: '10.0.0.1', KUBERNETES_SERVICE_PORT: '443' }
  const pod = { env, clock: new ManualClock(), serviceAccountDirectory: directory }
  const found = await openAccess(pod)
  t.equal(found.server.href, 'https://10.0.0.1/')
  t.equal(found.namespace, 'pod-ns')
  t.strictSame(found.trust, { insecure: false, ca: 'POD CA' })
  t.equal(await found.credential.authorization(), 'Bearer pod-token')
  t.equal((await openAccess({ ...pod, env: { ...env, POD_NAMESPACE: 'other' } })).namespace, 'other')
  t.equal((await openAccess({ ...pod, env: { ...env, KUBERNETES_SERVICE_HOST: 'fd00::1' } })).server.host, '[fd00::1]')
  t.equal(await (await openAccess({ ...pod, token: 'flag' })).credential.authorization(), 'Bearer flag')
  t.equal((await openAccess({ ...pod, serviceAccountDirectory: join(directory, 'empty') })).server.href, 'http://localhost:8080/')
})
