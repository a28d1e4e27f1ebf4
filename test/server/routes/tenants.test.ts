import type { LightMyRequestResponse } from 'fastify'
import t from 'tap'
import { Access } from '../../../src/access/access.js'
import type { Question } from '../../../src/access/decide.js'
import type { ServerOptions } from '../../../src/server/options.js'
import { chartArchive } from '../../helpers/chart-archive.js'
import { provenance, testServer } from '../../helpers/test-server.js'
import type { Scope, TestServer } from '../../helpers/test-server.js'

async function fleet (t: Scope, options: Partial<ServerOptions> = {}): Promise<TestServer> {
  const server = await testServer(t, { ...options, paths: { contextPath: '', depth: 0, dynamic: true } })
  for (const [tenant, name, version] of [['/b', 'boat', '0.1.0'], ['/b', 'boat', '0.2.0'], ['/a/b', 'raft', '1.0.0'], ['', 'raft', '1.0.0']] as const) {
    await server.app.inject({ method: 'POST', url: `/api${tenant}/charts`, payload: await chartArchive(name, version) })
  }
  await server.app.inject({ method: 'POST', url: '/api/b/prov', payload: provenance('boat', '0.1.0') })
  return server
}

t.test('repositories are listed with their numbers', async t => {
  const { app } = await fleet(t)
  t.strictSame((await app.inject('/api/tenants')).json(), [{ name: '', charts: 1, versions: 1 }, { name: 'a/b', charts: 1, versions: 1 }, { name: 'b', charts: 1, versions: 2 }])
  t.strictSame((await app.inject('/api/tenants?name=a/b')).json(), [{ name: 'a/b', charts: 1, versions: 1 }], 'or only one')
  t.strictSame((await app.inject('/api/tenants?name=')).json(), [{ name: '', charts: 1, versions: 1 }])
  t.strictSame((await app.inject('/api/tenants?name=nobody')).json(), [])
})

t.test('those that no path of the server leads to are not listed', async t => {
  const { catalog } = await fleet(t)
  const listed = async (depth: number): Promise<unknown> => {
    const { app } = await testServer(t, { catalog, paths: { contextPath: '', depth, dynamic: false } })
    return (await app.inject('/api/tenants')).json<Array<{ name: string }>>().map(({ name }) => name)
  }
  t.strictSame([await listed(0), await listed(1), await listed(2), await listed(3)], [[''], ['b'], ['a/b'], []])
})

t.test('one is removed with all that it has, and no other', async t => {
  const { app, backend } = await fleet(t)
  const remove = (query: string): Promise<LightMyRequestResponse> => app.inject({ method: 'DELETE', url: `/api/tenants${query}` })
  t.match(await remove('?name=b'), { statusCode: 200, body: '{"deleted":true,"charts":1,"versions":2}' })
  t.strictSame((await app.inject('/b/index.yaml')).body.includes('boat'), false)
  t.equal((await app.inject('/b/charts/boat-0.1.0.tgz.prov')).statusCode, 404)
  t.match(await remove('?name=a%2Fb'), { statusCode: 200 })
  t.match(await remove('?name=nobody'), { statusCode: 404, body: '{"error":"repository not found"}' })
  t.match(await remove(''), { statusCode: 400, body: /name is missing/ })
  t.match(await remove('?name=..'), { statusCode: 400 })
  const keys: string[] = []
  for await (const { key } of backend.list('')) keys.push(key)
  t.strictSame(keys, ['raft-1.0.0.tgz'])
  t.match(await remove('?name='), { statusCode: 200 })
  t.strictSame((await app.inject('/api/tenants')).json(), [])
})

t.test('nobody learns of a repository, or removes one, that is not theirs', async t => {
  /** Everybody may do everything with some tenants. */
  class Only extends Access {
    readonly #tenants: readonly string[]

    constructor (...tenants: string[]) {
      super({ policy: { anonymous: [], rule: () => false, dynamicDepth: true } })
      this.#tenants = tenants
    }

    override permits (_subject: unknown, { tenant }: Question): boolean {
      return this.#tenants.includes(tenant)
    }
  }
  const { catalog } = await fleet(t)
  const all = await catalog.countsByTenant()
  const names = [...all.keys()]
  t.strictSame(names, ['', 'a/b', 'b'])
  const served = async (access: Access): Promise<TestServer['app']> => (await fleet(t, { access, catalog })).app
  const root = await served(new Only('', 'b'))
  t.strictSame((await root.inject('/api/tenants')).json<Array<{ name: string }>>().map(({ name }) => name), ['', 'b'])
  const one = await served(new Only('b'))
  t.equal((await one.inject('/api/tenants')).statusCode, 401)
  t.strictSame((await one.inject('/api/tenants?name=b')).json<Array<{ name: string }>>().map(({ name }) => name), ['b'])
  t.equal((await one.inject('/api/tenants?name=a/b')).statusCode, 401)
  t.equal((await one.inject({ method: 'DELETE', url: '/api/tenants?name=a/b' })).statusCode, 401)
  t.equal((await one.inject({ method: 'DELETE', url: '/api/tenants?name=b&name=a/b' })).statusCode, 400)
  t.equal((await one.inject({ method: 'DELETE', url: '/api/tenants?name=b' })).statusCode, 200)
  t.strictSame([...(await catalog.countsByTenant()).keys()], ['', 'a/b'])
})
