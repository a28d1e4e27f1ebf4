import t from 'tap'
import { checkTenant } from '../../src/catalog/names.js'
import { normalizeContextPath, resolvePath } from '../../src/server/path.js'
import type { PathOptions } from '../../src/server/path.js'

const dynamic = { depth: 0, dynamic: true }

/** The options that a case is about, in place of depth 0 without a context path. */
function paths (options: Partial<PathOptions> | number): PathOptions {
  return { contextPath: '', depth: 0, dynamic: false, ...(typeof options === 'number' ? { depth: options } : options) }
}

t.test('which tenant a path is for, and which path it is then', async t => {
  const cases: Array<[Partial<PathOptions> | number, string, string, string]> = [
    [0, '/', '', '/'],
    [0, '/index.yaml', '', '/index.yaml'],
    [0, '/index.yaml?x=1', '', '/index.yaml?x=1'],
    [0, '/charts/a-1.tgz', '', '/charts/a-1.tgz'],
    [0, '/api/charts', '', '/api/charts'],
    [0, '/api/charts/a/1.0.0/values', '', '/api/charts/a/1.0.0/values'],
    [0, '/api/charts/', '', '/api/charts/'],
    [0, '/charts/a-1%2B2.tgz', '', '/charts/a-1%2B2.tgz'],
    [0, '/charts/a-1+2.tgz', '', '/charts/a-1%2B2.tgz'],
    [0, '/%69ndex.yaml', '', '/index.yaml'],
    [0, 'http://charts.example.com/index.yaml', '', '/index.yaml'],
    [0, '/static/app.js', '', '/static/app.js'],
    [1, '/', '', '/'],
    [1, '/health', '', '/health'],
    [1, '/metrics', '', '/metrics'],
    [1, '/api/openapi.json', '', '/api/openapi.json'],
    [1, '/api/tenants', '', '/api/tenants'],
    [1, '/api/tenants?name=x', 'x', '/api/tenants?name=x'],
    [2, '/api/tenants?name=x%2Fy', 'x/y', '/api/tenants?name=x%2Fy'],
    [1, '/api/tenants/charts', 'tenants', '/api/charts'],
    [dynamic, '/api/tenants?name=a/b/c', 'a/b/c', '/api/tenants?name=a/b/c'],
    [1, '/org1/index.yaml', 'org1', '/index.yaml'],
    [1, '/org1/charts/a-1.tgz', 'org1', '/charts/a-1.tgz'],
    [1, '/org1/artifacthub-repo.yml', 'org1', '/artifacthub-repo.yml'],
    [1, '/api/org1/charts/a', 'org1', '/api/charts/a'],
    [1, '/api/org1/prov', 'org1', '/api/prov'],
    [1, '/api/index.yaml', 'api', '/index.yaml'],
    [1, '/api/charts/a-1.tgz', 'api', '/charts/a-1.tgz'],
    [1, '/api/charts/a-1.tgz.prov', 'api', '/charts/a-1.tgz.prov'],
    [1, '/api/api/charts', 'api', '/api/charts'],
    [1, '/apix/index.yaml', 'apix', '/index.yaml'],
    [1, '/health/index.yaml', 'health', '/index.yaml'],
    [1, '/static/index.yaml', 'static', '/index.yaml'],
    [1, '/static/app.js', '', '/static/app.js'],
    [1, '/api/charts/charts', 'charts', '/api/charts'],
    [1, '/caf%C3%A9/index.yaml', 'café', '/index.yaml'],
    [2, '/org1/repo%20a/index.yaml', 'org1/repo a', '/index.yaml'],
    [2, '/api/org1/repoa/charts/a/1.0.0/templates', 'org1/repoa', '/api/charts/a/1.0.0/templates'],
    [3, '/o/t/r/index.yaml', 'o/t/r', '/index.yaml'],
    [dynamic, '/index.yaml', '', '/index.yaml'],
    [dynamic, '/a/b/c/d/index.yaml', 'a/b/c/d', '/index.yaml'],
    [dynamic, '/info', '', '/info'],
    [dynamic, '/charts/index.yaml', 'charts', '/index.yaml'],
    [dynamic, '/charts/charts/a-1.tgz', 'charts', '/charts/a-1.tgz'],
    [dynamic, '/api/charts', '', '/api/charts'],
    [dynamic, '/api/charts/charts', 'charts', '/api/charts'],
    [dynamic, '/api/charts/a', '', '/api/charts/a'],
    [dynamic, '/api/a/b/charts/c', 'a/b', '/api/charts/c'],
    [dynamic, '/api/a/charts/c/1.0.0', 'a', '/api/charts/c/1.0.0'],
    [dynamic, '/api/a/charts/c/1.0.0/values', 'a', '/api/charts/c/1.0.0/values'],
    [dynamic, '/api/a/b/prov', 'a/b', '/api/prov'],
    [{ contextPath: '/ctx' }, '/ctx', '', '/'],
    [{ contextPath: '/ctx' }, '/ctx/', '', '/'],
    [{ contextPath: '/ctx' }, '/ctx/index.yaml', '', '/index.yaml'],
    [{ contextPath: '/ctx' }, '/ctx/health', '', '/health'],
    [{ contextPath: '/ctx' }, '/metrics', '', '/metrics'],
    [{ contextPath: '/a/b', depth: 1 }, '/a/b/org1/index.yaml', 'org1', '/index.yaml'],
    [{ contextPath: '/a/b', depth: 1 }, '/a/b/api/org1/charts', 'org1', '/api/charts']
  ]
  for (const [options, url, tenant, rest] of cases) t.strictSame(resolvePath(url, paths(options)), { tenant, url: rest }, `${JSON.stringify(options)} ${url}`)
})

t.test('what leads nowhere', async t => {
  const cases: Array<[Partial<PathOptions> | number, string, 400 | 404]> = [
    [0, '/org1/index.yaml', 404],
    [0, '/index.yaml/', 404],
    [0, '//index.yaml', 404],
    [0, '/nowhere', 404],
    [0, '/static', 404],
    [0, '/api', 404],
    [0, '/api/charts/a/1.0.tgz', 404],
    [0, '/api/charts/a.yaml', 404],
    [0, '*', 404],
    [0, '', 404],
    [0, '/%2e%2e/index.yaml', 400],
    [0, '/../index.yaml', 400],
    [0, '/charts/./a.tgz', 400],
    [0, '/charts/%00.tgz', 400],
    [0, '/charts/a%0a.tgz', 400],
    [0, '/charts/%ff.tgz', 400],
    [0, '/charts/%c0%af.tgz', 400],
    [0, '/charts%2fa.tgz', 400],
    [0, '/charts%2Fa.tgz', 400],
    [0, '/%', 400],
    [0, '/charts/a\u00e9.tgz', 400],
    [0, '/index.yaml#x', 400],
    [1, '/index.yaml', 404],
    [1, '/org1', 404],
    [0, '/api/tenants?name=x', 404],
    [1, '/api/tenants?name=x/y', 404],
    [1, '/api/tenants?name=..', 400],
    [dynamic, '/api/tenants?name=a//b', 404],
    [dynamic, '/api/tenants?name=a/../b', 400],
    [1, '/org1/', 404],
    [1, '/org1/health', 404],
    [1, '/org1/metrics', 404],
    [1, '//index.yaml', 404],
    [1, '/api//charts', 404],
    [1, '/a/b/index.yaml', 404],
    [1, '/a%5Cb/index.yaml', 400],
    [1, '/.portolan/index.yaml', 400],
    [1, '/_oci/charts/a.tgz', 400],
    [1, `/${'x'.repeat(2000)}/index.yaml`, 400],
    [2, '/org1/index.yaml', 404],
    [2, '/org1/../index.yaml', 400],
    [2, '/org1/%2e%2e/index.yaml', 400],
    [dynamic, '/a//b/index.yaml', 404],
    [dynamic, '/a/info', 404],
    [dynamic, '/a/../b/index.yaml', 400],
    [dynamic, '/api/a/%2E/charts', 400],
    [{ contextPath: '/ctx' }, '/', 404],
    [{ contextPath: '/ctx' }, '/health', 404],
    [{ contextPath: '/ctx' }, '/ctxfoo/index.yaml', 404],
    [{ contextPath: '/ctx' }, '/ctx/metrics', 404],
    [{ contextPath: '/ctx' }, '/ctx/../index.yaml', 400]
  ]
  for (const [options, url, status] of cases) t.match(resolvePath(url, paths(options)), { status, error: String }, `${JSON.stringify(options)} ${url}`)
})

t.test('a context path has one form', async t => {
  for (const [text, path] of [['', ''], ['/', ''], ['ctx', '/ctx'], ['/ctx/', '/ctx'], ['a/b', '/a/b'], ['/a//b/', '/a/b']] as const) t.equal(normalizeContextPath(text), path, text)
})

t.test('whatever comes, it is taken apart or refused, and no tenant is one that cannot be stored', async t => {
  const pieces = ['/', '//', 'a', 'api', 'charts', 'index.yaml', 'prov', 'x-1.tgz', '.', '..', '%2e', '%2E%2e', '%2f', '%5c', '\\', '%00', '%c3%a9', '%ff', '%', '%zz', '?', '#', ' ', 'é', '\u0000', '_oci', '.portolan', 'static', 'ctx', 'values', ';', '@', ':', '+']
  let seed = 20_261_121
  const next = (limit: number): number => {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648
    return Math.floor(seed / 65_536) % limit
  }
  const layouts = [paths(0), paths(1), paths(2), paths(dynamic), paths({ contextPath: '/ctx', depth: 1 })]
  let resolved = 0
  for (let i = 0; i < 20_000; i++) {
    const url = `/${Array.from({ length: 1 + next(8) }, () => `${pieces[next(pieces.length)] ?? ''}${next(2) === 0 ? '/' : ''}`).join('')}`
    for (const layout of layouts) {
      const answer = resolvePath(url, layout)
      if ('status' in answer) continue
      resolved++
      checkTenant(answer.tenant)
      const segments = answer.tenant === '' ? [] : answer.tenant.split('/')
      if (!layout.dynamic && ![0, layout.depth].includes(segments.length)) t.fail(`${url} has the tenant ${answer.tenant}`)
      const path = answer.url.split('?', 1)[0] ?? ''
      if (/%2f|%00|\/\.\.?(\/|$)|[^\x21-\x7e]/i.test(path)) t.fail(`${url} becomes ${answer.url}`)
    }
  }
  t.ok(resolved > 1000, `${resolved} lead somewhere`)
})
