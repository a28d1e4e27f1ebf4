import t from 'tap'
import { openApiDocument } from '../../../src/server/openapi/document.js'
import { operations } from '../../../src/server/openapi/operations.js'
import { testServer } from '../../helpers/test-server.js'

interface Document {
  readonly openapi: string
  readonly servers: ReadonlyArray<{ url: string }>
  readonly paths: Record<string, Record<string, { parameters: ReadonlyArray<{ name: string, in: string }>, responses: Record<string, { description: string }> }>>
}

const ids = new Map([['', 'an-id']])

t.test('it has every route that the server has, and no other', async t => {
  const { app } = await testServer(t, { artifactHubIds: ids, ownPage: { html: 'hello' } })
  const registered = app.routes.flatMap(({ method, url }) => [method].flat().map(each => `${each} ${url}`)).sort()
  t.strictSame(operations.map(({ method, path }) => `${method} ${path}`).sort(), registered)
})

t.test('it tells who may ask as the routes do', async t => {
  const { app } = await testServer(t, { artifactHubIds: ids, ownPage: { html: 'hello' } })
  for (const { method, path, open, tenantless } of operations) {
    const route = app.routes.find(({ method: methods, url }) => url === path && [methods].flat().includes(method))
    t.equal(route?.config?.action === 'none', open === true, `${method} ${path} is open`)
    if (path !== '/api/tenants') t.equal(route?.config?.tenantless === true, tenantless === true, `${method} ${path} has no tenant`)
    if (method !== 'GET' && method !== 'HEAD') t.equal(route?.config?.action, 'push', `${method} ${path} writes`)
  }
})

t.test('the server gives it, with the routes that are on', async t => {
  const { app } = await testServer(t, { deletion: false, metrics: false })
  const document = (await app.inject('/api/openapi.json')).json<Document>()
  t.equal(document.openapi, '3.1.0')
  t.strictSame(Object.keys(document.paths['/api/charts/{name}/{version}'] ?? {}), ['get', 'head'])
  t.notOk('/metrics' in document.paths)
})

t.test('paths are those of the server\'s depth', async t => {
  const paths = (depth: number, dynamic: boolean): string[] => Object.keys((openApiDocument(operations, { version: '1', paths: { contextPath: '', depth, dynamic } }) as unknown as Document).paths)
  for (const path of ['/{tenant1}/{tenant2}/index.yaml', '/api/{tenant1}/{tenant2}/charts/{name}', '/api/tenants', '/health']) t.ok(paths(2, false).includes(path), path)
  for (const path of ['/{tenant}/index.yaml', '/api/{tenant}/charts/{name}']) t.ok(paths(0, true).includes(path), path)
  t.strictSame((openApiDocument([], { version: '1', paths: { contextPath: '/ctx', depth: 0, dynamic: false } }) as unknown as Document).servers, [{ url: '/ctx' }])
})

t.test('it is whole: parameters are declared, answers described, references lead somewhere', async t => {
  const document = openApiDocument(operations, { version: '1', paths: { contextPath: '', depth: 1, dynamic: false } })
  for (const [path, item] of Object.entries((document as unknown as Document).paths)) {
    const names = [...path.matchAll(/\{(\w+)\}/g)].map(match => match[1])
    for (const [method, { parameters, responses }] of Object.entries(item)) {
      t.strictSame(parameters.filter(parameter => parameter.in === 'path').map(({ name }) => name), names, `${method} ${path}`)
      for (const [status, { description }] of Object.entries(responses)) t.type(description, 'string', `${method} ${path} ${status}`)
    }
  }
  const text = JSON.stringify(document)
  const components = (document as unknown as { components: { schemas: object } }).components.schemas
  for (const [, name = ''] of text.matchAll(/"#\/components\/schemas\/(\w+)"/g)) t.ok(name in components, name)
})
