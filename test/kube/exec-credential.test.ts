import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import type { Test } from 'tap'
import type { Credential } from '../../src/kube/access.js'
import { ExecCredential } from '../../src/kube/exec-credential.js'
import { parseObject } from '../../src/kube/json.js'
import { textAt, textsAt } from '../../src/kube/objects.js'
import { ManualClock } from '../helpers/manual-clock.js'

const v1 = 'client.authentication.k8s.io/v1'

/** A plugin that is a Node program: what it prints is in a file beside it, and it notes each call. */
const program = `
const { appendFileSync, readFileSync } = require('node:fs')
const { dirname, join } = require('node:path')
const here = dirname(process.argv[1])
appendFileSync(join(here, 'calls'), JSON.stringify({ info: process.env.KUBERNETES_EXEC_INFO, extra: process.env.EXTRA, args: process.argv.slice(2).join(' ') }) + '\\n')
process.stdout.write(readFileSync(join(here, 'answer'), 'utf8'))
process.exitCode = Number(process.env.EXIT ?? '0')
`

interface Plugin {
  readonly credential: Credential
  readonly clock: ManualClock
  readonly calls: () => string[]
}

function plugin (t: Test, answer: string, options: { exec?: Record<string, unknown>, interactive?: boolean } = {}): Plugin {
  const directory = t.testdir({ 'plugin.cjs': program, answer, calls: '' })
  const exec = parseObject(JSON.stringify({
    apiVersion: v1,
    command: process.execPath,
    args: [join(directory, 'plugin.cjs'), 'get-token'],
    env: [{ name: 'EXTRA', value: 'more' }],
    interactiveMode: 'Never',
    ...options.exec
  }))
  const clock = new ManualClock()
  const cluster = parseObject('{"server":"https://k.example.com","certificate-authority-data":"Q0E=","extensions":[{"name":"client.authentication.k8s.io/exec","extension":{"audience":"x"}}]}')
  const credential = new ExecCredential(exec, {
    user: { fields: new Map(), directory },
    cluster: { fields: cluster, directory },
    options: { env: process.env, clock, ...options.interactive === undefined ? {} : { interactive: options.interactive } }
  })
  return { credential, clock, calls: () => readFileSync(join(directory, 'calls'), 'utf8').split('\n').filter(line => line !== '') }
}

function answerOf (status: Record<string, string>, apiVersion = v1): string {
  return JSON.stringify({ apiVersion, kind: 'ExecCredential', status })
}

t.test('a token is asked for once, until it expires or is refused', async t => {
  const { credential, clock, calls } = plugin(t, answerOf({ token: 'abc', expirationTimestamp: '2026-01-02T03:14:05Z' }))
  t.equal(await credential.authorization(), 'Bearer abc')
  t.equal(await credential.authorization(), 'Bearer abc')
  t.equal(await credential.keyPair(), undefined)
  t.equal(calls().length, 1)
  await clock.sleep(600_001)
  t.equal(await credential.authorization(), 'Bearer abc')
  t.equal(calls().length, 2)
  t.equal(await credential.renew(), true)
  await credential.authorization()
  t.equal(calls().length, 3)
})

t.test('the plugin is told its version, and of the cluster when it wants that', async t => {
  const { credential, calls } = plugin(t, answerOf({ token: 'abc' }), { exec: { provideClusterInfo: true } })
  await credential.authorization()
  const call = parseObject(calls()[0] ?? '')
  t.equal(textAt(call, ['args']), 'get-token')
  t.equal(textAt(call, ['extra']), 'more')
  const info = parseObject(textAt(call, ['info']))
  t.equal(textAt(info, ['apiVersion']), v1)
  t.equal(textAt(info, ['kind']), 'ExecCredential')
  t.strictSame(textsAt(info, 'spec', 'cluster'), new Map([['certificate-authority-data', 'Q0E='], ['server', 'https://k.example.com']]))
  t.equal(textAt(info, ['spec', 'cluster', 'config', 'audience']), 'x')
})

t.test('a certificate, and v1beta1', async t => {
  const version = 'client.authentication.k8s.io/v1beta1'
  const { credential } = plugin(t, answerOf({ clientCertificateData: 'CERT', clientKeyData: 'KEY' }, version), { exec: { apiVersion: version } })
  t.strictSame(await credential.keyPair(), { cert: 'CERT', key: 'KEY' })
  t.equal(await credential.authorization(), undefined)
})

t.test('answers that are none', async t => {
  const refused = async (answer: string, message: RegExp): Promise<void> => {
    await t.rejects(plugin(t, answer).credential.authorization(), { code: 'credentials', message })
  }
  await refused('nonsense', /^getting credentials: invalid JSON/)
  await refused(answerOf({ token: 'a' }, 'client.authentication.k8s.io/v1beta1'), /plugin returned version client\.authentication\.k8s\.io\/v1beta1/)
  await refused(JSON.stringify({ apiVersion: v1 }), /didn't return a status field/)
  await refused(answerOf({}), /didn't return a token or cert\/key pair/)
  await refused(answerOf({ clientKeyData: 'a' }), /only certificate or key, not both/)
})

t.test('programs that fail, or are not there, with a hint for the user', async t => {
  const failing = plugin(t, '', { exec: { env: [{ name: 'EXIT', value: '3' }] } })
  await t.rejects(failing.credential.authorization(), { code: 'credentials', message: /failed with exit code 3/ })
  const absent = plugin(t, '', { exec: { command: '/nowhere/none', installHint: 'get it at \u001b[1mexample.com\nsoon' } })
  await t.rejects(absent.credential.authorization(), { code: 'credentials', message: /ENOENT[^]*get it at \[1mexample\.com\nsoon$/ })
})

t.test('a plugin that must ask the user needs a terminal', async t => {
  const { credential } = plugin(t, answerOf({ token: 'a' }), { exec: { interactiveMode: 'Always' } })
  await t.rejects(credential.authorization(), { code: 'credentials', message: 'exec plugin cannot support interactive mode: standard input is not a terminal' })
})
