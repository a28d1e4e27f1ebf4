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
