import t from 'tap'
import { loadOwnPage } from '../../src/server/own-page.js'
import { testServer } from '../helpers/test-server.js'

t.test('a page of one\'s own: Go templates without data, and files beside them', async t => {
  const directory = t.testdir({
    'index.html': '<h1>{{ template "name.html" }}</h1>{{ . }}',
    'name.html': '{{ printf "%s %s" "Our" "charts" }}',
    static: { 'main.css': 'h1 {}', '.secret': 'no', deep: { 'a.js': '1' } }
  })
  const ownPage = await loadOwnPage(directory)
  t.strictSame(ownPage, { html: '<h1>Our charts</h1>', staticDirectory: `${directory}/static` })
  await t.test('and how it is served', async t => {
    if (ownPage === undefined) throw new Error('there is no page')
    const { app } = await testServer(t, { ownPage, paths: { contextPath: '/ctx', depth: 1, dynamic: false } })
    for (const url of ['/ctx/', '/ctx']) t.match(await app.inject(url), { statusCode: 200, headers: { 'content-type': 'text/html; charset=utf-8' }, body: '<h1>Our charts</h1>' })
    t.match(await app.inject('/ctx/static/main.css'), { statusCode: 200, headers: { 'content-type': 'text/css; charset=utf-8', 'last-modified': String }, body: 'h1 {}' })
    t.match(await app.inject({ url: '/ctx/static/main.css', headers: { range: 'bytes=0-1' } }), { statusCode: 206, body: 'h1' })
    t.equal((await app.inject('/ctx/static/deep/a.js')).body, '1')
    t.match(await app.inject('/ctx/static/other.css'), { statusCode: 404, body: '{"error":"not found"}' })
    t.equal((await app.inject('/ctx/static/..%2findex.html')).statusCode, 400)
    t.not((await app.inject('/ctx/static/.secret')).statusCode, 200)
  })
})

t.test('a folder without a page, and one whose page is no template', async t => {
  t.equal(await loadOwnPage(t.testdir({ 'other.html': '' })), undefined)
  await t.rejects(loadOwnPage(t.testdir({ 'index.html': '{{ if }}' })), { code: 'parse', message: /index\.html/ })
  await t.rejects(loadOwnPage(t.testdir({ 'index.html': '{{ template "none.html" }}' })), { message: /none\.html/ })
  await t.rejects(loadOwnPage(`${t.testdir()}/nowhere`), { code: 'ENOENT' })
})
