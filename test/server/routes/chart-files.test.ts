import t from 'tap'
import { chartArchive } from '../../helpers/chart-archive.js'
import { sha256, testServer, upload } from '../../helpers/test-server.js'

t.test('an archive comes back as it went', async t => {
  const { app } = await testServer(t)
  const archive = await chartArchive('boat', '0.1.0+build.7')
  await upload(app, archive)
  for (const url of ['/charts/boat-0.1.0+build.7.tgz', '/charts/boat-0.1.0%2Bbuild.7.tgz']) {
    const answer = await app.inject(url)
    t.equal(answer.statusCode, 200)
    t.same(answer.rawPayload, archive)
    t.equal(answer.headers['content-type'], 'application/x-tar')
    t.equal(answer.headers['content-length'], String(archive.length))
    t.equal(answer.headers.etag, `"${sha256(archive)}"`)
  }
})

t.test('a client that has it is told so', async t => {
  const { app } = await testServer(t)
  const archive = await chartArchive('boat', '0.1.0')
  await upload(app, archive)
  const answer = await app.inject({ url: '/charts/boat-0.1.0.tgz', headers: { 'if-none-match': `"${sha256(archive)}"` } })
  t.equal(answer.statusCode, 304)
})

t.test('it may be kept for ever only where nobody may overwrite it', async t => {
  for (const [allowForce, caching] of [[true, 'no-cache'], [false, 'public, max-age=31536000, immutable']] as const) {
    const { app } = await testServer(t, { allowForce })
    await upload(app, await chartArchive('boat', '0.1.0'))
    t.equal((await app.inject('/charts/boat-0.1.0.tgz')).headers['cache-control'], caching)
  }
})

t.test('what is not there, or is none of ours, is 404', async t => {
  const { app } = await testServer(t)
  for (const url of ['/charts/boat-0.1.0.tgz', '/charts/boat-0.1.0.tgz.prov', '/charts/index-cache.yaml', '/charts/..%2f..%2fetc%2fpasswd.tgz', '/charts/a%00b.tgz']) {
    const answer = await app.inject(url)
    t.ok([400, 404].includes(answer.statusCode), `${url}: ${answer.statusCode}`)
    t.type(answer.json<{ error: string }>().error, 'string')
  }
})
