import { randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { FastifyInstance } from 'fastify'
import type { Logger } from 'pino'
import type { ServerSettings } from '../config/definitions.js'
import { ConfigError } from '../config/errors.js'
import { packageRoot, packageVersion } from '../db/package-root.js'
import { messageOf } from '../errors.js'
import { buildApp } from '../server/app.js'
import { localFiles } from '../server/local-files.js'
import type { ServerOptions } from '../server/options.js'
import { loadOwnPage } from '../server/own-page.js'
import { normalizeContextPath } from '../server/path.js'
import { watch } from '../server/watch.js'
import type { Protection } from './access-from-settings.js'
import { openProtection } from './access-from-settings.js'
import { accessWarnings } from './check-access-settings.js'
import type { CliContext } from './command.js'
import { openStore } from './open-store.js'
import { scanStore } from './scan-store.js'
import type { ServerLog } from './server-log.js'

/** A server that listens. */
export interface RunningServer {
  /** Where it is reached, such as `http://127.0.0.1:8080`. */
  readonly url: string
  /** Finishes the requests under way (within the shutdown timeout) and closes what was opened. */
  readonly stop: () => Promise<void>
}

interface Surroundings extends ServerLog {
  readonly context: CliContext
  /** Puts together who may do what, in place of `openProtection`. */
  readonly protect?: typeof openProtection
}

/**
 * Opens database and storage, repairs what a killed process left, and listens. What was opened is closed again when a later step fails.
 *
 * @throws {ConfigError} for settings that would lose data
 * @throws any error of the database, the storage or the network, naming the file or address
 */
export async function startServer (settings: ServerSettings, { protect = openProtection, ...surroundings }: Surroundings): Promise<RunningServer> {
  const { context, logger } = surroundings
  const protection = await protect(settings, {
    files: localFiles,
    clock: context.clock,
    local: localTo(context),
    onFault: fault => logger.error({ reason: messageOf(fault) }, 'What has changed cannot be used: what was there stays in use')
  })
  return await orClose(() => startProtected(settings, surroundings, protection), () => protection.stop())
}

async function startProtected (settings: ServerSettings, { context, logger, logAnswer }: Surroundings, protection: Protection): Promise<RunningServer> {
  for (const warning of accessWarnings(settings)) logger.warn(warning)
  const storeMetrics = settings.enableMetrics ? new (await import('../server/store-metrics.js')).StoreMetrics() : undefined
  const store = await openStore(settings, context, {
    onFault: fault => logger.warn({ err: fault }, 'Something is left to be mended at the next start'),
    onOperation: storeMetrics && (operation => storeMetrics.operation(operation)),
    onTrimmed: storeMetrics && (versions => storeMetrics.trimmed(versions))
  })
  return await orClose(async () => {
    const { catalog } = store
    await catalog.recover()
    const { access, tls } = protection
    const page = await ownPageOf(settings.webTemplatePath, { local: localTo(context), logger })
    const app = await buildApp({ ...appOptions(settings, join(packageRoot(), 'dist', 'web')), ...page, catalog, logger, logAnswer, access, tls, storeMetrics, version: packageVersion() })
    const url = await orClose(() => listen(app, settings), async () => { await app.close() })
    const scans = scanStore(store, { interval: settings.cacheInterval, logger, onScan: storeMetrics && (scan => storeMetrics.scan(scan)) })
    const endWatch = watch(protection.looks, lookEvery)
    const close = async (): Promise<void> => {
      endWatch()
      await scans.stop()
      await protection.stop()
      await store.close()
    }
    return { url, stop: () => stop(app, settings.shutdownTimeout, close) }
  }, () => store.close())
}

/** Does the next step, and closes what was opened before it when it fails. */
async function orClose<Result> (step: () => Promise<Result>, close: () => Promise<void>): Promise<Result> {
  try {
    return await step()
  } catch (error) {
    await close()
    throw error
  }
}

function localTo ({ cwd }: CliContext): (path: string) => string {
  return path => resolve(cwd, path)
}

/** Milliseconds between two looks at the files of access and TLS. */
const lookEvery = 2000

/** The operator's page, if there is to be one. */
async function ownPageOf (path: string, { local, logger }: { local: (path: string) => string, logger: Logger }): Promise<Pick<ServerOptions, 'ownPage'>> {
  if (path === '') return {}
  const ownPage = await loadOwnPage(local(path)).catch((error: unknown) => {
    throw new ConfigError('invalid-value', `--web-template-path ${path} cannot be used: ${messageOf(error)}`, { cause: error })
  })
  if (ownPage === undefined) logger.warn(`${path} has no index.html: the built-in page is served`)
  return ownPage === undefined ? {} : { ownPage }
}

function appOptions (settings: ServerSettings, pageDirectory: string): Omit<ServerOptions, 'catalog' | 'logger' | 'logAnswer' | 'access' | 'tls' | 'version'> {
  return {
    paths: { contextPath: normalizeContextPath(settings.contextPath), depth: settings.depth, dynamic: settings.depthDynamic },
    maxUploadSize: settings.maxUploadSize,
    allowOverwrite: settings.allowOverwrite,
    allowForce: !settings.disableForceOverwrite,
    api: !settings.disableApi,
    deletion: !settings.disableDelete,
    metrics: settings.enableMetrics,
    chartFields: ['chart', settings.chartPostFormFieldName],
    provenanceFields: ['prov', settings.provPostFormFieldName],
    logHealth: settings.logHealth,
    logLatencyInteger: settings.logLatencyInteger,
    jsonIndex: settings.jsonIndex,
    maxObjects: settings.maxStorageObjects,
    corsAllowOrigin: settings.corsAllowOrigin,
    artifactHubIds: settings.artifactHubRepoId,
    readTimeout: settings.readTimeout,
    writeTimeout: settings.writeTimeout,
    requestId: () => randomUUID(),
    // A checkout whose page was not built serves everything else.
    ...(existsSync(join(pageDirectory, 'index.html')) && { pageDirectory })
  }
}

async function listen (app: FastifyInstance, { listenHost, port, tlsCert }: ServerSettings): Promise<string> {
  const scheme = tlsCert === '' ? 'http' : 'https'
  try {
    return shownUrl(await app.listen({ host: listenHost, port, listenTextResolver: url => `Listening at ${url.replace(/^http:/, `${scheme}:`)}` }), { listenHost, scheme })
  } catch (error) {
    const reason = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE' ? 'another program listens there (--port chooses another port)' : messageOf(error)
    throw new Error(`cannot listen on ${listenHost}:${port}: ${reason}`, { cause: error })
  }
}

/** An address that can be typed: a server that listens everywhere is reached at this machine's own. Fastify does not know which scheme its listener speaks. */
function shownUrl (url: string, { listenHost, scheme }: { readonly listenHost: string, readonly scheme: string }): string {
  const { host, port } = new URL(url)
  return `${scheme}://${['0.0.0.0', '::'].includes(listenHost) ? `127.0.0.1:${port}` : host}`
}

/** Closes the app; connections that are still busy when the time is over are cut. */
async function stop (app: FastifyInstance, timeout: number, closeRest: () => Promise<void>): Promise<void> {
  const cut = setTimeout(() => app.server.closeAllConnections(), timeout)
  try {
    await app.close()
  } finally {
    clearTimeout(cut)
    await closeRest()
  }
}
