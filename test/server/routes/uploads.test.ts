import type { LightMyRequestResponse } from 'fastify'
import t from 'tap'
import { chartArchive } from '../../helpers/chart-archive.js'
import { form, provenance, testServer, upload } from '../../helpers/test-server.js'

t.test('a body is an archive, whatever type the client claims', async t => {
  const { app } = await testServer(t)
  const answer = await upload(app, await chartArchive('boat', '0.1.0'))
  t.equal(answer.statusCode, 201)
  t.equal(answer.body, '{"saved":true}')
  t.equal(answer.headers['content-type'], 'application/json; charset=utf-8')
  const bare = await app.inject({ method: 'POST', url: '/api/charts', payload: Buffer.from(await chartArchive('boat', '0.2.0')) })
  t.equal(bare.statusCode, 201)
})

t.test('a version is uploaded once, unless ?force is there', async t => {
  const { app } = await testServer(t)
  const first = await chartArchive('boat', '0.1.0', { 'values.yaml': 'sails: 1\n' })
  const second = await chartArchive('boat', '0.1.0', { 'values.yaml': 'sails: 2\n' })
  t.equal((await upload(app, first)).statusCode, 201)
  const again = await upload(app, second)
  t.equal(again.statusCode, 409)
  t.equal(again.body, '{"error":"file already exists"}')
  t.same((await app.inject('/charts/boat-0.1.0.tgz')).rawPayload, first)
  for (const query of ['?force', '?force=', '?force=false']) t.equal((await upload(app, second, query)).statusCode, 201, query)
  t.same((await app.inject('/charts/boat-0.1.0.tgz')).rawPayload, second)
  t.equal((await app.inject('/api/charts/boat')).json<unknown[]>().length, 1)
})

t.test('overwriting can be allowed for all, and force be taken away', async t => {
  const archive = await chartArchive('boat', '0.1.0')
  const free = await testServer(t, { allowOverwrite: true, allowForce: false })
  t.equal((await upload(free.app, archive)).statusCode, 201)
  t.equal((await upload(free.app, archive)).statusCode, 201)
  const strict = await testServer(t, { allowForce: false })
  t.equal((await upload(strict.app, archive)).statusCode, 201)
  t.equal((await upload(strict.app, archive, '?force')).statusCode, 409)
})

t.test('a form carries the chart, the provenance file, or both', async t => {
  const { app } = await testServer(t, { chartFields: ['chart', 'package'], provenanceFields: ['prov', 'signature'] })
  const post = (files: Parameters<typeof form>[0]): Promise<LightMyRequestResponse> => app.inject({ method: 'POST', url: '/api/charts', ...form(files) })
  t.equal((await post([['chart', await chartArchive('boat', '0.1.0')], ['prov', provenance('boat', '0.1.0')]])).statusCode, 201)
  t.equal((await app.inject('/charts/boat-0.1.0.tgz.prov')).body, provenance('boat', '0.1.0'))
  t.equal((await post([['package', await chartArchive('boat', '0.2.0')]])).statusCode, 201)
  t.equal((await post([['signature', provenance('boat', '0.2.0')]])).statusCode, 201)

  const conflict = await post([['chart', await chartArchive('boat', '0.1.0')]])
  t.equal(conflict.statusCode, 409)
  t.equal(conflict.body, '{"error":"chart already exists"}')
  const half = await post([['chart', await chartArchive('boat', '0.3.0')], ['prov', provenance('boat', '0.1.0')]])
  t.equal(half.statusCode, 409, 'any part that exists refuses the whole form')
  t.equal((await app.inject('/api/charts/boat/0.3.0')).statusCode, 404, 'and nothing of it is published')
})

t.test('a form without a file, or no form at all, is told so', async t => {
  const { app } = await testServer(t, { chartFields: ['chart', 'package'], provenanceFields: ['prov', 'signature'] })
  const words = '{"error":"no package or provenance file found in form fields package and signature"}'
  for (const body of [form([['other', 'x']]), form([]), { payload: Buffer.from('--cut'), headers: { 'content-type': 'multipart/form-data; boundary=b' } }]) {
    const answer = await app.inject({ method: 'POST', url: '/api/charts', ...body })
    t.equal(answer.statusCode, 400)
    t.equal(answer.body, words)
  }
})

t.test('a provenance file alone', async t => {
  const { app } = await testServer(t)
  const post = (payload: string): Promise<LightMyRequestResponse> => app.inject({ method: 'POST', url: '/api/prov', payload })
  t.equal((await post(provenance('boat', '0.1.0'))).statusCode, 201)
  t.equal((await post(provenance('boat', '0.1.0'))).statusCode, 409)
  for (const bad of ['', 'garbage', provenance('../boat', '0.1.0')]) t.equal((await post(bad)).statusCode, 400, JSON.stringify(bad.slice(0, 20)))
  const found = await app.inject('/charts/boat-0.1.0.tgz.prov')
  t.equal(found.headers['content-type'], 'application/pgp-signature')
})

t.test('a body over the limit is 413, told in JSON, in both forms', async t => {
  const { app, backend } = await testServer(t, { maxUploadSize: 100 })
  const archive = await chartArchive('boat', '0.1.0')
  const raw = await upload(app, archive)
  t.equal(raw.statusCode, 413)
  t.equal(raw.body, '{"error":"request too large"}')
  const multipart = await app.inject({ method: 'POST', url: '/api/charts', ...form([['chart', archive]]) })
  t.equal(multipart.statusCode, 413)
  t.equal(multipart.body, '{"error":"request too large"}')
  const keys: string[] = []
  for await (const { key } of backend.list('')) keys.push(key)
  t.strictSame(keys, [])
})

t.test('a server without an API takes no uploads', async t => {
  const { app } = await testServer(t, { api: false })
  const answer = await upload(app, await chartArchive('boat', '0.1.0'))
  t.equal(answer.statusCode, 404)
  t.equal(answer.body, '{"error":"not found"}')
})
