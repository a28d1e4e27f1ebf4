import t from 'tap'
import { testServer } from '../../helpers/test-server.js'

t.test('the built page, below any context path', async t => {
  const pageDirectory = t.testdir({ 'index.html': '<p>charts</p>', static: { 'main-1a2b.js': '1' } })
  await t.test('served', async t => {
    const { app } = await testServer(t, { pageDirectory, paths: { contextPath: '/a/ctx', depth: 1, dynamic: false } })
    const page = await app.inject('/a/ctx/')
    t.match(page, { statusCode: 200, body: '<p>charts</p>', headers: { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-cache' } })
    t.match(page.headers['content-security-policy'], "default-src 'self'")
    t.match(await app.inject({ method: 'HEAD', url: '/a/ctx/' }), { statusCode: 200, body: '' })
    t.match(await app.inject('/a/ctx'), { statusCode: 308, headers: { location: 'ctx/' } }, 'its links are relative: they need the slash')
    t.match(await app.inject('/a/ctx/static/main-1a2b.js'), { statusCode: 200, body: '1', headers: { 'cache-control': /immutable/ } })
    t.match(await app.inject('/a/ctx/static/other.js'), { statusCode: 404, body: '{"error":"not found"}' })
    t.equal((await app.inject('/')).statusCode, 404)
    const routes = app.routes.filter(({ url }) => url === '/' || url.includes('static'))
    t.ok(routes.length >= 2)
    t.ok(routes.every(({ config }) => config?.action === 'pull'), 'whoever may not read may not see it')
  })
})

t.test('the page is told the depth, and kept by who has it', async t => {
  const pageDirectory = t.testdir({ 'index.html': '<html data-depth="0">', static: {} })
  const depths = [[0, false, '0'], [2, false, '2'], [0, true, 'any'], [2, true, 'any']] as const
  await t.test('for each depth', async t => {
    for (const [depth, dynamic, told] of depths) {
      const { app } = await testServer(t, { pageDirectory, paths: { contextPath: '', depth, dynamic } })
      const page = await app.inject('/')
      t.equal(page.body, `<html data-depth="${told}">`)
      t.equal((await app.inject('/index.html')).body, page.body)
      t.match(await app.inject({ url: '/', headers: { 'if-none-match': String(page.headers.etag) } }), { statusCode: 304, body: '' })
      t.equal((await app.inject({ url: '/', headers: { 'if-none-match': '"other"' } })).statusCode, 200)
    }
  })
})
