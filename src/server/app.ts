import type { ServerResponse } from 'node:http'
import multipart from '@fastify/multipart'
import type { FastifyInstance } from 'fastify'
import fastify, { LogController } from 'fastify'
import type { ServerOptions } from './options.js'
import { Expectations } from './expectations.js'
import { createListener, refuseClient } from './listener.js'
import { Paths } from './request.js'
import { guard } from './plugins/access.js'
import { allowOrigin } from './plugins/cors.js'
import { answerErrors } from './plugins/error-answers.js'
import { requireProgress } from './plugins/body-progress.js'
import { logRequests, requestIdLabel, requestIdOf, RequestLog } from './plugins/request-log.js'
import { apiChartRoutes } from './routes/api-charts.js'
import { artifactHubRoutes } from './routes/artifact-hub.js'
import { chartFileRoutes } from './routes/chart-files.js'
import { indexRoutes } from './routes/index-file.js'
import { infoRoutes } from './routes/info.js'
import { openApiRoutes } from './routes/openapi.js'
import { ownPageRoutes, pageRoutes } from './routes/page.js'
import { tenantRoutes } from './routes/tenants.js'
import { uploadRoutes } from './routes/uploads.js'

/**
 * The server, composed and not yet listening: plugins around, routes inside, everything it needs passed in.
 *
 * @param options what it serves from, and how
 */
export async function buildApp (options: ServerOptions): Promise<FastifyInstance> {
  const paths = new Paths(options.paths)
  const expectations = new Expectations()
  const app = fastify({
    rewriteUrl: request => paths.rewrite(request),
    loggerInstance: options.logger,
    logController: new LogController({ disableRequestLogging: true, requestIdLogLabel: requestIdLabel }),
    childLoggerFactory: (logger, bindings) => new RequestLog(logger, bindings),
    exposeHeadRoutes: false,
    bodyLimit: options.maxUploadSize,
    serverFactory: handler => {
      const server = createListener(handler, options)
      expectations.attend(server, handler)
      return server
    },
    clientErrorHandler: refuseClient,
    // Connections that wait for a next request are closed at once when the server stops; those with one under way finish it.
    forceCloseConnections: 'idle',
    // Names of 250 characters and versions of 256 make file names longer than the router's own limit.
    routerOptions: { maxParamLength: 1024 },
    frameworkErrors: (_error, _request, reply) => {
      refusePath(reply.raw)
    },
    genReqId: request => requestIdOf(request.headers['x-request-id'], options.requestId)
  })
  paths.decorate(app)
  expectations.decorate(app)
  answerErrors(app)
  logRequests(app, options)
  requireProgress(app, options.readTimeout)
  guard(app, options.access)
  acceptAnyBody(app)
  // Its library takes longer to load than the rest of the server.
  if (options.metrics) (await import('./plugins/metrics.js')).measure(app, options)
  if (options.corsAllowOrigin !== '') allowOrigin(app, options.corsAllowOrigin)
  infoRoutes(app, options)
  indexRoutes(app, options)
  chartFileRoutes(app, options)
  artifactHubRoutes(app, options)
  if (options.api) {
    apiChartRoutes(app, options)
    // Only these read forms: no other request is to take a step for that.
    await app.register(async uploads => {
      await uploads.register(multipart, { limits: { fileSize: options.maxUploadSize, files: 4, fields: 16, parts: 20 }, throwFileSizeLimit: true })
      uploadRoutes(uploads, options)
    })
    tenantRoutes(app, options)
    openApiRoutes(app, options)
  }
  const { ownPage, pageDirectory } = options
  if (ownPage !== undefined) await app.register(async page => await ownPageRoutes(page, ownPage))
  else if (pageDirectory !== undefined) await app.register(async page => await pageRoutes(page, pageDirectory, options.paths))
  return app
}

/** What a path gets that the router cannot even read: it never becomes a request of ours, so it is answered by hand. */
function refusePath (response: ServerResponse): void {
  response.writeHead(400, { 'content-type': 'application/json; charset=utf-8' }).end('{"error":"the path is malformed or too long"}')
}

/** Bodies reach their routes as streams, whatever type a client claims (curl sends a form's type with an archive). */
function acceptAnyBody (app: FastifyInstance): void {
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', (_request, payload, done) => {
    done(null, payload)
  })
}
