import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { packageChart, type PackageContext, type PackageOptions } from '../../src/action/package.js'
import { chartSigner } from '../../src/action/sign-chart.js'
import { verifyChart } from '../../src/action/verify.js'
import { testKey } from '../helpers/test-keys.js'

const options: PackageOptions = { version: '', appVersion: '', destination: '.' }
const chartYaml = 'apiVersion: v2\nname: web\nversion: 1.0.0\n'
const clock = (): Date => new Date('2025-06-01T12:00:00Z')

function contextOf (cwd: string, warnings: string[] = []): PackageContext {
  return { cwd, clock, warn: message => { warnings.push(message) } }
}

t.test('an archive that cannot be signed is not left behind', async t => {
  const { public: ring } = await testKey()
  const folder = t.testdir({ web: { 'Chart.yaml': chartYaml }, 'public.gpg': Buffer.from(ring) })
  const signer = chartSigner({ keyring: { path: join(folder, 'public.gpg'), shown: 'public.gpg' }, key: 'Team A', passphrase: async () => '', clock, warn: () => {} })
  await t.rejects(packageChart(contextOf(folder), 'web', { ...options, signer }), { code: 'no-secret-key' })
  t.strictSame(readdirSync(folder).sort(), ['public.gpg', 'web'])
})

t.test('several charts are signed with one passphrase, and verified', async t => {
  const key = await testKey({ passphrase: 'open sesame' })
  const folder = t.testdir({ web: { 'Chart.yaml': chartYaml }, db: { 'Chart.yaml': chartYaml.replace('web', 'db') }, 'secret.gpg': Buffer.from(key.secret), 'public.gpg': Buffer.from(key.public) })
  const asked: string[] = []
  const signer = chartSigner({
    keyring: { path: join(folder, 'secret.gpg'), shown: 'secret.gpg' },
    key: 'Team',
    passphrase: async owner => {
      asked.push(owner)
      return 'open sesame'
    },
    clock,
    warn: () => {}
  })
  for (const chart of ['web', 'db']) {
    const path = await packageChart(contextOf(folder), chart, { ...options, destination: 'out', signer })
    t.equal(path, `out/${chart}-1.0.0.tgz`)
    const verification = await verifyChart({ cwd: folder, clock }, path, 'public.gpg')
    t.match(verification, { fileName: `${chart}-1.0.0.tgz`, fingerprint: key.fingerprint })
  }
  t.strictSame(asked, ['Team A <team-a@example.com>'])
  await t.rejects(verifyChart({ cwd: folder, clock, gnupgHome: join(folder, 'none') }, 'out/web-1.0.0.tgz', ''), {
    code: 'unreadable', message: `failed to load keyring: open ${folder}/none/pubring.gpg: no such file or directory`
  })
})

t.test('a key whose signatures are refused is named once', async t => {
  const key = await testKey({ lifetime: 3600 })
  const folder = t.testdir({ web: { 'Chart.yaml': chartYaml }, 'secret.gpg': Buffer.from(key.secret) })
  const warnings: string[] = []
  const signer = chartSigner({ keyring: { path: join(folder, 'secret.gpg'), shown: 'secret.gpg' }, key: 'Team A', passphrase: async () => '', clock, warn: message => { warnings.push(message) } })
  for (const version of ['1.0.0', '1.0.1']) await packageChart(contextOf(folder), 'web', { ...options, version, signer })
  t.strictSame(warnings, ['the signature will be refused: the key is expired'])
})

t.test('dependencies are updated before the chart is read', async t => {
  const folder = t.testdir({ web: { 'Chart.yaml': `${chartYaml}dependencies: [{name: base, version: 1.0.0, repository: ""}]\n`, charts: { base: {} } } })
  const base = join(folder, 'web', 'charts', 'base', 'Chart.yaml')
  const told: string[] = []
  const update = async (path: string): Promise<void> => {
    told.push(path)
    writeFileSync(base, chartYaml.replace('web', 'base'))
  }
  await t.rejects(packageChart(contextOf(folder), 'web', options), { code: 'missing-dependencies', message: 'found in Chart.yaml, but missing in charts/ directory: base' })
  t.equal(await packageChart(contextOf(folder), 'web', { ...options, update }), join(folder, 'web-1.0.0.tgz'))
  t.strictSame(told, [join(folder, 'web')])
})

t.test('with a stamp, an archive comes out the same every time', async t => {
  const folder = t.testdir({ web: { 'Chart.yaml': chartYaml, 'values.yaml': 'a: 1\n' } })
  const stamp = new Date(1_700_000_000_000)
  const packed = async (destination: string): Promise<string> => readFileSync(join(folder, await packageChart(contextOf(folder), 'web', { ...options, destination, stamp }))).toString('hex')
  const first = await packed('one')
  writeFileSync(join(folder, 'web', 'values.yaml'), 'a: 1\n')
  t.equal(await packed('two'), first)
})

t.test('values that change the chart are checked as the chart is', async t => {
  const folder = t.testdir({ web: { 'Chart.yaml': chartYaml } })
  await t.rejects(packageChart(contextOf(folder), 'web', { ...options, version: 'one' }), { code: 'invalid-option', message: 'invalid semantic version' })
  await t.rejects(packageChart(contextOf(folder), 'nope', options), { code: 'not-found', message: 'stat nope: no such file or directory' })
  t.strictSame(readdirSync(folder), ['web'])
})
