import { readdirSync } from 'node:fs'
import t from 'tap'
import { startWeb } from '../../remote/web.js'
import { call } from './program.js'

// All that Helm does too is compared with it in repo-compat.test.ts.
t.test('a user name without a password needs somebody to ask', async t => {
  const web = await startWeb(t, new Map([['/index.yaml', 'apiVersion: v1\nentries: {}\n']]))
  const home = t.testdir()
  t.match(await call(`repo add stable ${web.url} --username me`, home, { stdin: 'secret\n' }), { code: 1, stdout: '', stderr: /^Error: .*--password-stdin\n$/ })
  t.equal(web.seen.length, 0)
  t.match(await call(`repo add stable ${web.url} --username me --password-stdin`, home, { stdin: 'secret\n' }), { code: 0 })
  t.equal(web.seen[0]?.headers.authorization, `Basic ${Buffer.from('me:secret').toString('base64')}`)
})

t.test('registries are no repositories', async t => {
  const home = t.testdir()
  t.strictSame(await call('repo add bad oci://example.com/charts', home), {
    code: 1, stdout: '', stderr: 'Error: scheme "oci" is not supported yet: oci://example.com/charts cannot be a chart repository\n'
  })
  t.strictSame(readdirSync(home), [])
})

t.test('says how long it waited', async t => {
  const web = await startWeb(t, new Map([['/index.yaml', () => { /* never answers */ }]]))
  const { code, stderr } = await call(`repo add slow ${web.url} --timeout 50ms`, t.testdir())
  t.equal(code, 1)
  t.equal(stderr, `Error: looks like "${web.url}" is not a valid chart repository or cannot be reached: Get "${web.url}/index.yaml": no complete answer within 0.05s\n`)
})

t.test('flags of Helm 3 that have no effect are taken, with a word about them', async t => {
  const web = await startWeb(t, new Map([['/index.yaml', 'apiVersion: v1\nentries: {}\n']]))
  const home = t.testdir()
  t.match(await call(`repo add stable ${web.url} --no-update`, home), { code: 0, stderr: /^Flag --no-update has been deprecated, / })
  t.match(await call('repo update --fail-on-repo-update-fail', home), { code: 0, stderr: /^Flag --fail-on-repo-update-fail has been deprecated, / })
})
