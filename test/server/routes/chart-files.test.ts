import type { LightMyRequestResponse } from 'fastify'
import t from 'tap'
import { Access } from '../../../src/access/access.js'
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

t.test('a part of it, when that is asked for', async t => {
  const { app } = await testServer(t)
  const archive = await chartArchive('boat', '0.1.0')
  const other = await chartArchive('boat', '0.1.0', { 'values.yaml': 'longer: than it was before\n' })
  await upload(app, archive)
  const size = archive.length
  const get = (headers: Record<string, string>, method: 'GET' | 'HEAD' = 'GET'): Promise<LightMyRequestResponse> => app.inject({ method, url: '/charts/boat-0.1.0.tgz', headers })
  for (const [range, start, end] of [['bytes=0-0', 0, 0], ['bytes=10-', 10, size - 1], ['bytes=-5', size - 5, size - 1], [`bytes=5-${size + 9}`, 5, size - 1], [`bytes=-${size + 9}`, 0, size - 1]] as const) {
    const answer = await get({ range })
    t.match(answer, { statusCode: 206, headers: { 'content-range': `bytes ${start}-${end}/${size}`, 'content-length': String(end - start + 1), 'accept-ranges': 'bytes', 'content-type': 'application/x-tar' } }, range)
    t.same(answer.rawPayload, archive.subarray(start, end + 1), range)
  }
  for (const range of [`bytes=${size}-`, 'bytes=-0']) t.match(await get({ range }), { statusCode: 416, headers: { 'content-range': `bytes */${size}`, 'content-type': 'application/json; charset=utf-8' } }, range)
  for (const range of ['bytes=5-1', 'bytes=0-1,3-4', 'lines=1-2', 'bytes=-', 'bytes=a-b']) t.match(await get({ range }), { statusCode: 200, headers: { 'content-length': String(size) } }, range)
  t.match(await get({ range: 'bytes=0-1' }, 'HEAD'), { statusCode: 200, headers: { 'content-length': String(size) } })
  t.equal((await get({ range: 'bytes=0-1', 'if-range': `"${sha256(archive)}"` })).statusCode, 206)
  t.equal((await get({ range: 'bytes=0-1', 'if-range': `"${sha256(other)}"` })).statusCode, 200)
  await upload(app, other, '?force')
  t.match(await get({ range: 'bytes=0-1', 'if-range': `"${sha256(archive)}"` }), { statusCode: 200, headers: { 'content-length': String(other.length) } }, 'a part of another file is of no use')
})

t.test('what not everybody may read is kept by no cache that several share', async t => {
  const who = new Access({ policy: { anonymous: ['push'], rule: () => false, dynamicDepth: false } })
  const free = new Access({ policy: { anonymous: ['pull', 'push'], rule: () => false, dynamicDepth: false } })
  const { app, catalog } = await testServer(t, { allowForce: false, access: free })
  await upload(app, await chartArchive('boat', '0.1.0'))
  t.match((await app.inject('/charts/boat-0.1.0.tgz')).headers['cache-control'], /^public/)
  class Reader extends Access {
    override async decide (): ReturnType<Access['decide']> {
      return { allowed: true, subject: { kind: 'user', name: 'reader', actions: ['pull'] } }
    }
  }
  t.not((await (await testServer(t, { allowForce: false, access: who, catalog })).app.inject('/charts/boat-0.1.0.tgz')).statusCode, 200)
  const reader = await testServer(t, { allowForce: false, access: new Reader({ policy: { anonymous: [], rule: () => false, dynamicDepth: false } }), catalog })
  t.match((await reader.app.inject('/charts/boat-0.1.0.tgz')).headers['cache-control'], /^private/)
})
