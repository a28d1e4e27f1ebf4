import { gunzipSync } from 'node:zlib'
import t from 'tap'
import { marshalYaml, unmarshalYaml } from '../../../src/go/yaml.js'
import { chartArchive } from '../../helpers/chart-archive.js'
import { sha256, testServer, upload } from '../../helpers/test-server.js'

interface Index { apiVersion: string, generated: string, serverInfo: object, entries: Record<string, Array<{ version: string, digest: string, created: string }>> }

t.test('the index is YAML as Helm writes it', async t => {
  const { app } = await testServer(t)
  await upload(app, await chartArchive('boat', '0.1.0'))
  await upload(app, await chartArchive('anchor', '0.1.0'))
  const answer = await app.inject('/index.yaml')
  t.equal(answer.statusCode, 200)
  t.equal(answer.headers['content-type'], 'application/x-yaml')
  t.equal(Number(answer.headers['content-length']), answer.rawPayload.length)
  t.equal(marshalYaml(unmarshalYaml(answer.body)), answer.body)
})

t.test('it is JSON for Helm, and for who asks for JSON', async t => {
  const { app } = await testServer(t)
  const archive = await chartArchive('boat', '0.1.0')
  await upload(app, archive)
  for (const headers of [{ 'user-agent': 'Helm/4.3.1' }, { accept: 'application/json' }]) {
    const answer = await app.inject({ url: '/index.yaml', headers })
    const index = answer.json<Index>()
    t.equal(answer.headers['content-type'], 'application/x-yaml')
    t.equal(index.apiVersion, 'v1')
    t.strictSame(index.serverInfo, {})
    t.equal(index.entries['boat']?.[0]?.digest, sha256(archive))
  }
  t.match((await app.inject({ url: '/index.yaml', headers: { 'user-agent': 'Helm/4.3.1', accept: 'application/yaml' } })).body, /^apiVersion: v1\n/)
})

t.test('an empty repository has an index too', async t => {
  const { app } = await testServer(t)
  t.match((await app.inject('/index.yaml')).body, /^apiVersion: v1\nentries: \{\}\ngenerated: /)
})

t.test('its tag changes with the repository, and only then', async t => {
  const { app } = await testServer(t)
  await upload(app, await chartArchive('boat', '0.1.0'))
  const first = await app.inject('/index.yaml')
  const tag = String(first.headers.etag)
  t.equal((await app.inject('/index.yaml')).headers.etag, tag)
  const same = await app.inject({ url: '/index.yaml', headers: { 'if-none-match': `"x", W/${tag}` } })
  t.equal(same.statusCode, 304)
  t.equal(same.body, '')
  t.not((await app.inject({ url: '/index.yaml', headers: { accept: 'application/json' } })).headers.etag, tag, 'YAML and JSON are two entities')
  await upload(app, await chartArchive('boat', '0.2.0'))
  t.equal((await app.inject({ url: '/index.yaml', headers: { 'if-none-match': tag } })).statusCode, 200)
})

t.test('it is compressed for who takes that, and is then another entity', async t => {
  const { app } = await testServer(t)
  for (let i = 0; i < 10; i++) await upload(app, await chartArchive('boat', `0.${i}.0`))
  for (const user of ['curl', 'Helm/4.3.1']) {
    const plain = await app.inject({ url: '/index.yaml', headers: { 'user-agent': user } })
    const answer = await app.inject({ url: '/index.yaml', headers: { 'user-agent': user, 'accept-encoding': 'gzip, br' } })
    t.equal(answer.headers['content-encoding'], 'gzip')
    t.equal(answer.headers['content-length'], undefined)
    t.match(answer.headers.vary, 'accept-encoding')
    t.equal(gunzipSync(answer.rawPayload).toString(), plain.body)
    t.not(answer.headers.etag, plain.headers.etag)
    const headers = { 'user-agent': user, 'accept-encoding': 'gzip', 'if-none-match': String(answer.headers.etag) }
    t.equal((await app.inject({ url: '/index.yaml', headers })).statusCode, 304)
    const head = await app.inject({ method: 'HEAD', url: '/index.yaml', headers: { 'accept-encoding': 'gzip' } })
    t.equal(head.headers['content-encoding'], 'gzip')
    t.equal(head.body, '')
  }
})

t.test('a few bytes are not compressed', async t => {
  const { app } = await testServer(t)
  const answer = await app.inject({ url: '/index.yaml', headers: { 'accept-encoding': 'gzip' } })
  t.equal(answer.headers['content-encoding'], undefined)
  t.match(answer.body, /^apiVersion/)
})

t.test('a part of it can be asked for', async t => {
  const { app } = await testServer(t)
  await upload(app, await chartArchive('boat', '0.1.0'))
  const whole = await app.inject('/index.yaml')
  t.equal(whole.headers['accept-ranges'], 'bytes')
  const part = await app.inject({ url: '/index.yaml', headers: { range: 'bytes=5-14', 'accept-encoding': 'gzip' } })
  t.equal(part.statusCode, 206)
  t.equal(part.body, whole.body.slice(5, 15))
  t.equal(part.headers['content-range'], `bytes 5-14/${whole.rawPayload.length}`)
  t.equal(part.headers['content-length'], '10')
  t.equal(part.headers.etag, whole.headers.etag)
  const rest = await app.inject({ url: '/index.yaml', headers: { range: 'bytes=-7', 'if-range': String(whole.headers.etag) } })
  t.equal(rest.body, whole.body.slice(-7))
  await upload(app, await chartArchive('boat', '0.2.0'))
  const other = await app.inject({ url: '/index.yaml', headers: { range: 'bytes=-7', 'if-range': String(whole.headers.etag) } })
  t.equal(other.statusCode, 200, 'the rest of another index is of no use')
  const beyond = await app.inject({ url: '/index.yaml', headers: { range: 'bytes=99999-' } })
  t.equal(beyond.statusCode, 416)
  t.equal(beyond.headers['content-range'], `bytes */${other.rawPayload.length}`)
})

t.test('a large one comes in parts, whole and of any range', async t => {
  const { app } = await testServer(t)
  for (const name of ['a', 'b', 'c', 'd']) await upload(app, await chartArchive(name, '1.0.0', { 'Chart.yaml': `name: ${name}\nversion: 1.0.0\ndescription: ${name.repeat(300_000)}\n` }))
  for (const user of ['curl', 'Helm/4.3.1']) {
    const whole = await app.inject({ url: '/index.yaml', headers: { 'user-agent': user } })
    t.ok(whole.rawPayload.length > 1_200_000)
    t.equal(Number(whole.headers['content-length']), whole.rawPayload.length)
    t.equal(gunzipSync((await app.inject({ url: '/index.yaml', headers: { 'user-agent': user, 'accept-encoding': 'gzip' } })).rawPayload).toString(), whole.body)
    for (const [start, end] of [[0, 0], [0, 700_000], [1, 299_999], [300_000, 300_200], [299_000, 900_500], [1_200_000, whole.rawPayload.length - 1]] as const) {
      const part = await app.inject({ url: '/index.yaml', headers: { 'user-agent': user, range: `bytes=${start}-${end}` } })
      t.equal(part.statusCode, 206)
      t.ok(part.rawPayload.equals(whole.rawPayload.subarray(start, end + 1)), `${start} to ${end}`)
    }
  }
})
