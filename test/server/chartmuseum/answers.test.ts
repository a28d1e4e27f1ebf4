import type { InjectOptions } from 'fastify'
import t from 'tap'
import type { ServerOptions } from '../../../src/server/options.js'
import { chartArchive, rawArchive } from '../../helpers/chart-archive.js'
import { form, provenance, testServer } from '../../helpers/test-server.js'
import type { Scope } from '../../helpers/test-server.js'

// ChartMuseum's endpoints, row by row: what is asked, and the status, type and body of the answer.

const json = 'application/json; charset=utf-8'

interface Row {
  readonly what: string
  readonly ask: InjectOptions & { readonly method: 'GET' | 'HEAD' | 'POST' | 'DELETE', readonly url: string }
  readonly status: number
  readonly body: string | RegExp
  readonly type?: string
}

const get = (url: string): Row['ask'] => ({ method: 'GET', url })
const raw = (payload: Buffer | string, query = ''): Row['ask'] => ({ method: 'POST', url: `/api/charts${query}`, payload })
const posted = (files: Parameters<typeof form>[0], query = ''): Row['ask'] => ({ method: 'POST', url: `/api/charts${query}`, ...form(files) })
const prov = (payload: string, query = ''): Row['ask'] => ({ method: 'POST', url: `/api/prov${query}`, payload })
const remove = (path: string): Row['ask'] => ({ method: 'DELETE', url: `/api/charts/${path}` })

const boat = await chartArchive('boat', '0.1.0')
const boat2 = await chartArchive('boat', '0.2.0')
const boat3 = await chartArchive('boat', '0.3.0')
const other = await chartArchive('boat', '0.1.0', { 'values.yaml': 'other: true\n' })
const saved = '{"saved":true}'
const exists = '{"error":"file already exists"}'
const formExists = '{"error":"chart already exists"}'
const noProv = '{"error":"invalid provenance file"}'
const full = '{"error":"repo has reached storage limit"}'
const tooLarge = '{"error":"request too large"}'

type Checks = Scope & Pick<typeof t, 'equal' | 'match'>

async function check (t: Checks, options: Partial<ServerOptions>, rows: readonly Row[]): Promise<void> {
  const { app } = await testServer(t, options)
  for (const { what, ask, status, body, type = json } of rows) {
    const answer = await app.inject(ask)
    t.equal(answer.statusCode, status, `${what}: ${answer.body.slice(0, 200)}`)
    t.match(answer.body, body, what)
    t.equal(answer.headers['content-type'], type, what)
  }
}

t.test('an archive as body', t => check(t, {}, [
  { what: 'new', ask: raw(boat), status: 201, body: saved },
  { what: 'a form\'s type, as curl claims', ask: { ...raw(boat2), headers: { 'content-type': 'application/x-www-form-urlencoded' } }, status: 201, body: saved },
  { what: 'there already', ask: raw(boat), status: 409, body: exists },
  { what: 'forced', ask: raw(other, '?force'), status: 201, body: saved },
  { what: 'forced, with nothing after the equals sign', ask: raw(boat, '?force='), status: 201, body: saved },
  { what: 'forced, with false after it', ask: raw(other, '?force=false'), status: 201, body: saved },
  { what: 'no body', ask: { method: 'POST', url: '/api/charts' }, status: 400, body: '{"error":"EOF"}' },
  { what: 'no chart', ask: raw('garbage'), status: 400, body: '{"error":"unexpected EOF"}' },
  { what: 'a name that is a path', ask: raw(rawArchive([{ name: 'x/Chart.yaml', data: 'apiVersion: v2\nname: a/b\nversion: 1.0.0\n' }])), status: 400, body: '{"error":"validation: chart.metadata.name \\"a/b\\" is invalid"}' }
]))

t.test('overwriting, as flags have it', async t => {
  const matrix: Array<[allowOverwrite: boolean, allowForce: boolean, query: string, status: number]> = [
    [false, true, '', 409], [false, true, '?force', 201], [false, false, '', 409], [false, false, '?force', 409],
    [true, true, '', 201], [true, true, '?force', 201], [true, false, '', 201], [true, false, '?force', 201]
  ]
  for (const [allowOverwrite, allowForce, query, status] of matrix) {
    const { app } = await testServer(t, { allowOverwrite, allowForce })
    await app.inject(raw(boat))
    await app.inject(prov(provenance('boat', '0.1.0')))
    const what = `${JSON.stringify({ allowOverwrite, allowForce })} ${query}`
    t.equal((await app.inject(raw(other, query))).statusCode, status, what)
    t.equal((await app.inject(posted([['chart', boat]], query))).statusCode, status, `${what} in a form`)
    t.equal((await app.inject(prov(provenance('boat', '0.1.0'), query))).statusCode, status, `${what} of a provenance file`)
  }
})

t.test('a form', t => check(t, { chartFields: ['chart', 'package'], provenanceFields: ['prov', 'signature'] }, [
  { what: 'a chart', ask: posted([['chart', boat]]), status: 201, body: saved },
  { what: 'a provenance file', ask: posted([['prov', provenance('boat', '0.1.0')]]), status: 201, body: saved },
  { what: 'both, that do not belong together', ask: posted([['chart', boat2], ['prov', provenance('raft', '3.0.0')]]), status: 201, body: saved },
  { what: 'fields of other names', ask: posted([['package', boat3], ['signature', provenance('boat', '0.3.0')]]), status: 201, body: saved },
  { what: 'a chart that is there', ask: posted([['chart', boat]]), status: 409, body: formExists },
  { what: 'a chart that is there with a new provenance file', ask: posted([['chart', boat2], ['prov', provenance('boat', '0.2.0')]]), status: 409, body: formExists },
  { what: 'forced', ask: posted([['chart', other], ['prov', provenance('boat', '0.1.0')]], '?force'), status: 201, body: saved },
  { what: 'nothing', ask: posted([]), status: 400, body: '{"error":"no package or provenance file found in form fields package and signature"}' },
  { what: 'other fields', ask: posted([['file', boat]]), status: 400, body: '{"error":"no package or provenance file found in form fields package and signature"}' },
  { what: 'a form that is cut', ask: { ...posted([['chart', boat]]), payload: '--a-bound' }, status: 400, body: /^\{"error":"no package or provenance file found/ },
  { what: 'no chart', ask: posted([['chart', 'garbage']]), status: 400, body: '{"error":"unexpected EOF"}' },
  { what: 'no provenance file', ask: posted([['prov', 'garbage']]), status: 400, body: noProv }
]))

t.test('a provenance file as body', t => check(t, {}, [
  { what: 'new, without its chart', ask: prov(provenance('boat', '0.1.0')), status: 201, body: saved },
  { what: 'there already', ask: prov(provenance('boat', '0.1.0')), status: 409, body: exists },
  { what: 'forced', ask: prov(provenance('boat', '0.1.0'), '?force'), status: 201, body: saved },
  { what: 'none (500 in ChartMuseum)', ask: prov('garbage'), status: 400, body: noProv },
  { what: 'empty (500 in ChartMuseum)', ask: prov(''), status: 400, body: noProv },
  { what: 'of a path', ask: prov(provenance('../boat', '0.1.0')), status: 400, body: '{"error":"../boat-0.1.0.tgz is improperly formatted"}' },
  { what: 'in a form, which is read as a body', ask: { ...prov(''), ...form([['prov', provenance('boat', '0.2.0')]]) }, status: 400, body: noProv }
]))

t.test('the limit of objects', t => check(t, { maxObjects: 2 }, [
  { what: 'one', ask: raw(boat), status: 201, body: saved },
  { what: 'two', ask: prov(provenance('boat', '0.1.0')), status: 201, body: saved },
  { what: 'an archive too many', ask: raw(boat2), status: 507, body: full },
  { what: 'a provenance file too many', ask: prov(provenance('boat', '0.2.0')), status: 507, body: full },
  { what: 'a form too many (which ChartMuseum lets pass)', ask: posted([['chart', boat2]]), status: 507, body: full },
  { what: 'what is there is a conflict first', ask: raw(boat), status: 409, body: exists },
  { what: 'and may be overwritten', ask: raw(other, '?force'), status: 201, body: saved },
  { what: 'in a form too', ask: posted([['chart', boat], ['prov', provenance('boat', '0.1.0')]], '?force'), status: 201, body: saved },
  { what: 'what is removed makes room', ask: remove('boat/0.1.0'), status: 200, body: '{"deleted":true}' },
  { what: 'for as much', ask: posted([['chart', boat2], ['prov', provenance('boat', '0.2.0')]]), status: 201, body: saved },
  { what: 'and no more', ask: raw(boat), status: 507, body: full }
]))

t.test('a body over the limit is 413, as JSON (text in ChartMuseum); one at the limit is taken', async t => {
  const whole = form([['chart', boat]])
  await check(t, { maxUploadSize: boat.length }, [
    { what: 'at the limit', ask: raw(boat), status: 201, body: saved },
    { what: 'over it', ask: raw(Buffer.concat([boat, Buffer.alloc(1)])), status: 413, body: tooLarge },
    { what: 'a provenance file', ask: prov('x'.repeat(boat.length + 1)), status: 413, body: tooLarge },
    { what: 'a form, whose own lines count', ask: posted([['chart', boat]]), status: 413, body: tooLarge }
  ])
  await check(t, { maxUploadSize: whole.payload.length }, [{ what: 'a form at the limit', ask: posted([['chart', boat]]), status: 201, body: saved }])
})

t.test('what is asked for', async t => {
  const bare = rawArchive([{ name: 'bare/Chart.yaml', data: 'name: bare\nversion: 1.0.0\n' }])
  await check(t, {}, [
    ...[boat, boat2, await chartArchive('boat', '1.0.0-rc.1'), await chartArchive('my-chart', '1.0.0-SNAPSHOT-1'), await chartArchive('plus', '1.0.0+b.1'), bare].map(archive => ({ what: 'an upload', ask: raw(archive), status: 201, body: saved })),
    { what: 'latest is the highest that is stable', ask: get('/api/charts/boat/latest'), status: 200, body: '"version":"0.2.0"' },
    { what: 'by name', ask: get('/api/charts/boat/0.1.0'), status: 200, body: '"version":"0.1.0"' },
    { what: 'by a part of a version', ask: get('/api/charts/boat/0.1'), status: 200, body: '"version":"0.1.0"' },
    { what: 'by a constraint', ask: get('/api/charts/boat/%5E0.1'), status: 200, body: '"version":"0.1.0"' },
    { what: 'by a comparison', ask: get('/api/charts/boat/%3E0.1'), status: 200, body: '"version":"0.2.0"' },
    { what: 'with a v', ask: get('/api/charts/boat/v0.1.0'), status: 200, body: '"version":"0.1.0"' },
    { what: 'with an x', ask: get('/api/charts/boat/0.x'), status: 200, body: '"version":"0.2.0"' },
    { what: 'a plus sign', ask: get('/api/charts/plus/1.0.0+b.1'), status: 200, body: '"version":"1.0.0+b.1"' },
    { what: 'a plus sign, escaped', ask: get('/api/charts/plus/1.0.0%2Bb.1'), status: 200, body: '"version":"1.0.0+b.1"' },
    { what: 'a file with a plus sign', ask: get('/charts/plus-1.0.0+b.1.tgz'), status: 200, body: /^/, type: 'application/x-tar' },
    { what: 'no constraint', ask: get('/api/charts/boat/nonsense'), status: 404, body: '{"error":"improper constraint: nonsense"}' },
    { what: 'no such version', ask: get('/api/charts/boat/9'), status: 404, body: '{"error":"no chart version found for boat-9"}' },
    { what: 'no stable version', ask: get('/api/charts/my-chart/latest'), status: 404, body: '{"error":"no chart version found for my-chart-"}' },
    { what: 'no such chart', ask: get('/api/charts/raft/1.0.0'), status: 404, body: '{"error":"no chart name found"}' },
    { what: 'no versions', ask: get('/api/charts/raft'), status: 404, body: '{"error":"chart not found"}' },
    { what: 'no name', ask: get('/api/charts/'), status: 404, body: '{"error":"chart not found"}' },
    { what: 'values of a chart without', ask: get('/api/charts/bare/1.0.0/values'), status: 404, body: '{"error":"values.yaml not found"}' },
    { what: 'values of no chart', ask: get('/api/charts/raft/1.0.0/values'), status: 404, body: '{"error":"no chart name found"}' },
    { what: 'templates of a chart without', ask: get('/api/charts/bare/1.0.0/templates'), status: 200, body: '{"templates":null,"values":null}' },
    { what: 'templates of no version', ask: get('/api/charts/boat/9/templates'), status: 404, body: '{"error":"no chart version found for boat-9"}' },
    { what: 'no such file', ask: get('/charts/raft-1.0.0.tgz'), status: 404, body: '{"error":"object not found"}' },
    { what: 'a file of another kind (500 in ChartMuseum)', ask: get('/charts/index-cache.yaml'), status: 404, body: '{"error":"unsupported file extension"}' },
    { what: 'a wrong offset', ask: get('/api/charts?offset=-1'), status: 400, body: '{"error":"offset is not a valid non-negative integer"}' },
    { what: 'a wrong limit', ask: get('/api/charts?limit=0'), status: 400, body: '{"error":"limit is not a valid positive integer"}' },
    { what: 'an empty limit', ask: get('/api/charts?limit='), status: 400, body: '{"error":"limit is not a valid positive integer"}' },
    { what: 'a page', ask: get('/api/charts?offset=1&limit=1'), status: 200, body: /^\{"boat":\[.*\]\}$/ },
    { what: 'a page behind the end', ask: get('/api/charts?offset=9'), status: 200, body: '{}' },
    { what: 'a deletion by the file name cut elsewhere', ask: remove('my-chart-1.0.0-SNAPSHOT/1'), status: 200, body: '{"deleted":true}' },
    { what: 'which is gone from the index too', ask: get('/api/charts/my-chart'), status: 404, body: '{"error":"chart not found"}' },
    { what: 'a deletion of nothing', ask: remove('boat/9.9.9'), status: 404, body: '{"error":"no chart version found for boat-9.9.9"}' },
    { what: 'no deletion by latest', ask: remove('boat/latest'), status: 404, body: /error/ },
    { what: 'all versions of a chart', ask: remove('boat'), status: 200, body: '{"deleted":true}' },
    { what: 'which are gone', ask: get('/api/charts/boat'), status: 404, body: '{"error":"chart not found"}' },
    { what: 'and cannot go again', ask: remove('boat'), status: 404, body: '{"error":"chart not found"}' }
  ])
})

t.test('the index', async t => {
  const { app } = await testServer(t, { jsonIndex: true })
  await app.inject(raw(boat))
  const answer = await app.inject('/index.yaml')
  t.equal(answer.headers['content-type'], 'application/x-yaml', '--json-index changes the body only')
  t.match(answer.json(), { apiVersion: 'v1', entries: { boat: [{ version: '0.1.0' }] }, serverInfo: {} })
})

t.test('values and templates with absolute URLs in the index', async t => {
  const { app } = await testServer(t, {}, { chartUrl: 'https://charts.example.com/', contextPath: '/ctx' })
  await app.inject(raw(boat))
  t.strictSame((await app.inject('/api/charts/boat/0.1.0')).json<{ urls: string[] }>().urls, ['https://charts.example.com/ctx/charts/boat-0.1.0.tgz'])
  t.equal((await app.inject('/api/charts/boat/0.1.0/values')).body, 'greeting: hello\n')
  t.equal((await app.inject('/api/charts/boat/0.1.0/templates')).statusCode, 200)
})
