import { createHash, generateKeyPairSync } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { hashSync } from 'bcryptjs'
import { SignJWT } from 'jose'
import t from 'tap'
import type { Test } from 'tap'
import { repositoryRoot } from '../cluster/repository-root.js'
import { helmEnvironment, peer, runProgram, type Ran } from './run-program.js'
import { program, startServerProcess, type ServerProcess } from './server-process.js'

// Real Helm, 3 and 4, and portolan, with a server that speaks TLS and asks who is there.

const root = repositoryRoot(import.meta.dirname)
const tls = (name: string): string => join(root, 'test', 'fixtures', 'tls', name)
const authority = ['--ca-file', tls('authority.pem')]
const clientCertificate = ['--cert-file', tls('client.pem'), '--key-file', tls('client-key.pem')]
const clients = [['Helm 3.22.0', 'PORTOLAN_HELM3'], ['Helm 4.3.1', 'PORTOLAN_HELM4'], ['portolan', undefined]] as const

type Run = (...args: string[]) => Promise<Ran>

/** Runs a client with its own folders. */
function clientIn (directory: string, variable: string | undefined): Run {
  const [file, before] = variable === undefined ? [process.execPath, [program]] : [peer(variable), []]
  return async (...args) => await runProgram(file, [...before, ...args], { env: helmEnvironment(join(directory, `home-${variable ?? 'portolan'}`)) })
}

async function works (t: Test, ran: Promise<Ran>): Promise<string> {
  const { code, stdout, stderr } = await ran
  t.equal(code, 0, stderr)
  return stdout
}

async function fails (t: Test, ran: Promise<Ran>, why: RegExp): Promise<void> {
  const { code, stderr } = await ran
  t.not(code, 0)
  t.match(stderr, why)
}

/** Packs a chart, starts a server with TLS, and uploads the chart by curl. */
async function prepare (t: Test, { args, credentials }: { args: readonly string[], credentials: readonly string[] }): Promise<{ directory: string, archive: string, server: ServerProcess }> {
  const directory = t.testdir({ server: {}, chart: { 'Chart.yaml': 'apiVersion: v2\nname: boat\nversion: 0.1.0\n', 'values.yaml': 'a: 1\n' } })
  await works(t, runProgram(peer('PORTOLAN_HELM4'), ['package', join(directory, 'chart'), '-d', directory]))
  const server = await startServerProcess({ directory: join(directory, 'server'), args: ['--tls-cert', tls('server.pem'), '--tls-key', tls('server-key.pem'), ...args] })
  t.teardown(() => server.stop())
  const archive = join(directory, 'boat-0.1.0.tgz')
  t.match(server.url, /^https:/)
  t.equal(await works(t, runProgram('curl', ['-sS', '--cacert', tls('authority.pem'), ...credentials, '--data-binary', `@${archive}`, `${server.url}/api/charts`])), '{"saved":true}')
  return { directory, archive, server }
}

/** Adds the repository, finds the chart, and pulls it, by name and by address. */
async function fetchChart (t: Test, run: Run, { directory, archive, url, flags }: { directory: string, archive: string, url: string, flags: readonly string[] }): Promise<void> {
  const folders = { byName: join(directory, `${t.name}-name`), byAddress: join(directory, `${t.name}-address`) }
  for (const folder of Object.values(folders)) await mkdir(folder)
  await works(t, run('repo', 'add', 'mine', url, ...flags))
  await works(t, run('repo', 'update'))
  t.match(await works(t, run('search', 'repo', 'boat')), /mine\/boat\s+0\.1\.0/)
  await works(t, run('pull', 'mine/boat', '-d', folders.byName))
  await works(t, run('pull', 'boat', '--repo', url, '-d', folders.byAddress, ...flags))
  for (const folder of Object.values(folders)) t.equal(sha256(join(folder, 'boat-0.1.0.tgz')), sha256(archive))
}

function sha256 (path: string): string {
  return createHash('sha256').update(readFileSync(path)).digest('hex')
}

t.test('users and passwords over TLS', { timeout: 120_000 }, async t => {
  const files = t.testdir({ users: `ci:${hashSync('write it', 10)}\n`, readers: `helm:${hashSync('read it', 10)}\n` })
  await t.test('one server', async t => {
    const { directory, archive, server } = await prepare(t, {
      args: ['--basic-auth-htpasswd', join(files, 'users'), '--basic-auth-htpasswd-read', join(files, 'readers')],
      credentials: ['-u', 'ci:write it']
    })
    for (const [title, variable] of clients) {
      await t.test(title, async t => {
        const run = clientIn(directory, variable)
        const signIn = (name: string, password: string): string[] => ['--username', name, '--password', password]
        await fails(t, run('repo', 'add', 'mine', server.url, ...signIn('helm', 'read it')), /certificate|unknown authority/i)
        await fails(t, run('repo', 'add', 'mine', server.url, ...authority), /401 Unauthorized/)
        await fails(t, run('repo', 'add', 'mine', server.url, ...authority, ...signIn('helm', 'wrong')), /401 Unauthorized/)
        await fetchChart(t, run, { directory, archive, url: server.url, flags: [...authority, ...signIn('helm', 'read it')] })
      })
    }
    t.equal(await works(t, runProgram('curl', ['-sS', '--cacert', tls('authority.pem'), '-u', 'helm:read it', '-X', 'DELETE', `${server.url}/api/charts/boat/0.1.0`])), '{"error":"unauthorized"}')
    t.notMatch(server.log(), /read it|write it|wrong/)
    t.match(server.log(), /"subject":"helm"/)
  })
})

t.test("tokens, where Helm has a password's place for them, and certificates of clients", { timeout: 120_000 }, async t => {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const keys = t.testdir()
  await writeFile(join(keys, 'key.pem'), publicKey.export({ type: 'spki', format: 'pem' }))
  const token = async (...actions: string[]): Promise<string> =>
    await new SignJWT({ sub: 'robot', access: [{ type: 'artifact-repository', name: 'repo', actions }] }).setProtectedHeader({ alg: 'RS256' }).setExpirationTime('5m').sign(privateKey)
  await t.test('one server', async t => {
    const { directory, archive, server } = await prepare(t, {
      args: ['--bearer-auth', '--auth-realm', 'https://tokens.example.com', '--auth-service', 'charts', '--auth-cert-path', join(keys, 'key.pem'), '--tls-ca-cert', tls('authority.pem')],
      credentials: ['--cert', tls('client.pem'), '--key', tls('client-key.pem'), '-H', `Authorization: Bearer ${await token('push')}`]
    })
    for (const [title, variable] of clients) {
      await t.test(title, async t => {
        const run = clientIn(directory, variable)
        const signIn = async (...actions: string[]): Promise<string[]> => ['--username', 'token', '--password', await token(...actions)]
        await fails(t, run('repo', 'add', 'mine', server.url, ...authority, ...await signIn('pull')), /certificate|alert|handshake|reset|EOF|closed/i)
        await fails(t, run('repo', 'add', 'mine', server.url, ...authority, ...clientCertificate, ...await signIn('push')), /401 Unauthorized/)
        await fetchChart(t, run, { directory, archive, url: server.url, flags: [...authority, ...clientCertificate, ...await signIn('pull')] })
      })
    }
  })
})
