import type { FastifyInstance, LightMyRequestResponse } from 'fastify'
import t from 'tap'
import { unmarshalYaml } from '../../../src/go/yaml.js'
import { chartArchive } from '../../helpers/chart-archive.js'
import { form, testServer } from '../../helpers/test-server.js'

// What ChartMuseum's plugin for Helm (`helm cm-push`) asks, in its order: the index for the context path, then the upload as a form.

interface Push {
  readonly app: FastifyInstance
  /** The path of the repository's URL. */
  readonly repository: string
  readonly archive: Buffer
  readonly force?: boolean
}

/** Pushes as the plugin does, which takes the repository's URL apart with what the index says of the server. */
async function push ({ app, repository, archive, force = false }: Push): Promise<LightMyRequestResponse> {
  const index = unmarshalYaml((await app.inject({ url: `${repository}/index.yaml`, headers: { 'user-agent': 'Go-http-client/1.1' } })).body)
  const serverInfo = index instanceof Map ? index.get('serverInfo') : undefined
  const given = serverInfo instanceof Map ? serverInfo.get('contextPath') : undefined
  const contextPath = typeof given === 'string' ? given : ''
  const rest = repository.slice(contextPath.length)
  return await app.inject({ method: 'POST', url: `${contextPath}/api${rest}/charts${force ? '?force' : ''}`, ...form([['chart', archive]]) })
}

for (const [repository, paths] of [
  ['', { contextPath: '', depth: 0, dynamic: false }],
  ['/org1/repoa', { contextPath: '', depth: 2, dynamic: false }],
  ['/museum', { contextPath: '/museum', depth: 0, dynamic: false }],
  ['/museum/org1', { contextPath: '/museum', depth: 0, dynamic: true }]
] as const) {
  t.test(`a repository at ${repository === '' ? '/' : repository}`, async t => {
    const { app } = await testServer(t, { paths }, { contextPath: paths.contextPath })
    const archive = await chartArchive('boat', '0.1.0')
    t.match(await push({ app, repository, archive }), { statusCode: 201, body: '{"saved":true}' })
    t.match(await push({ app, repository, archive }), { statusCode: 409, body: '{"error":"chart already exists"}' }, 'the plugin shows what `error` says')
    t.match(await push({ app, repository, archive, force: true }), { statusCode: 201 })
    const { urls } = (await app.inject({ url: `${repository}/index.yaml`, headers: { accept: 'application/json' } })).json<{ entries: { boat: [{ urls: [string] }] } }>().entries.boat[0]
    t.strictSame((await app.inject(`${repository}/${urls[0]}`)).rawPayload, archive, 'and what the index says can be fetched')
  })
}
