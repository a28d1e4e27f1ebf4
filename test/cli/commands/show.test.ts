import t from 'tap'
import { chartSite } from '../../remote/chart-site.js'
import { startWeb } from '../../remote/web.js'
import { call } from './program.js'

// What each part prints is compared with Helm in repo-compat.test.ts.
t.test('a JSONPath that leads nowhere prints nothing, as in Helm, and says why', async t => {
  const { site } = await chartSite(() => '')
  const web = await startWeb(t, site)
  const home = t.testdir()
  const chart = `${web.url}/charts/web-1.2.3.tgz`
  t.strictSame(await call(`show values ${chart} --jsonpath {.image.nope}`, home), {
    code: 0, stdout: '', stderr: 'level=WARN msg="the JSONPath gave nothing" jsonpath={.image.nope} error="nope is not found"\n'
  })
  t.strictSame(await call(`show values ${chart} --jsonpath {.hosts[?(@.port==80)].name}`, home), { code: 0, stdout: 'a', stderr: '' }, 'numbers compare, unlike in Helm')
})

t.test('a chart without values, README and CRDs shows what it has', async t => {
  const home = t.testdir({ bare: { 'Chart.yaml': 'apiVersion: v2\nname: bare\nversion: 1.0.0\n' } })
  t.equal((await call('show all bare', home)).stdout, 'apiVersion: v2\nname: bare\nversion: 1.0.0\n\n')
  for (const part of ['values', 'readme', 'crds']) t.strictSame(await call(`show ${part} bare`, home), { code: 0, stdout: '', stderr: '' })
})

t.test('says what cannot be verified, and what is no chart', async t => {
  const home = t.testdir({ bare: { 'Chart.yaml': 'apiVersion: v2\nname: bare\nversion: 1.0.0\n' }, 'no.tgz': 'no chart' })
  t.match(await call('show chart bare --verify', home), { code: 1, stdout: '', stderr: 'Error: unpacked charts cannot be verified\n' })
  t.match(await call('show chart oci://example.com/web', home), { code: 1, stderr: 'Error: scheme "oci" is not supported yet: oci://example.com/web cannot be fetched\n' })
  t.match(await call('show chart no.tgz', home), { code: 1, stdout: '', stderr: /no\.tgz/ })
})
