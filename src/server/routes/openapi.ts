import type { FastifyInstance } from 'fastify'
import { openApiDocument } from '../openapi/document.js'
import { operations } from '../openapi/operations.js'
import type { ServerOptions } from '../options.js'

/** GET and HEAD /api/openapi.json: what the server answers to, as an OpenAPI document of the routes that it has. */
export function openApiRoutes (app: FastifyInstance, { version, paths }: ServerOptions): void {
  let text: string | undefined
  app.route({
    method: ['GET', 'HEAD'],
    url: '/api/openapi.json',
    config: { action: 'pull', tenantless: true },
    handler: async (_request, reply) => {
      text ??= JSON.stringify(openApiDocument(operations.filter(({ method, path: url }) => app.hasRoute({ method, url })), { version, paths }))
      return reply.type('application/json; charset=utf-8').send(text)
    }
  })
}
