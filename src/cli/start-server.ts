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
import type { ServerOptions } from '../server/options.js'
import { loadOwnPage } from '../server/own-page.js'
import { normalizeContextPath } from '../server/path.js'
import type { CliContext } from './command.js'
import { openStore } from './open-store.js'
import { scanStore } from './scan-store.js'

/** A server that listens. */
export interface RunningServer {
  /** Where it is reached, such as `http://127.0.0.1:8080`. */
  readonly url: string
  /** Finishes the requests under way (within the shutdown timeout) and closes what was opened. */
  readonly stop: () => Promise<void>
}

interface Surroundings {
  readonly context: CliContext
  readonly logger: Logger
}

/**
 * Opens database and storage, repairs what a killed process left, and listens. What was opened is closed again when a later step fails.
 *
 * @throws {ConfigError} for settings that would lose data
 * @throws any error of the database, the storage or the network, naming the file or address
 */
export async function startServer (settings: ServerSettings, { context, logger }: Surroundings): Promise<RunningServer> {
  const local = (path: string): string => resolve(context.cwd, path)
  const store = await openStore(settings, context, fault => logger.warn({ err: fault }, 'Something is left to be mended at the next start'))
  try {
    const { catalog } = store
    await catalog.recover()
    const app = await buildApp({ ...appOptions(settings, join(packageRoot(), 'dist', 'web')), ...await ownPageOf(settings.webTemplatePath, { local, logger }), catalog, logger, version: packageVersion() })
    const url = await listen(app, settings)
    const scans = scanStore(store, { interval: settings.cacheInterval, logger })
    return { url, stop: () => stop(app, settings.shutdownTimeout, async () => { await scans.stop(); await store.close() }) }
  } catch (error) {
    await store.close()
    throw error
  }
}

/** The operator's page, if there is to be one. */
async function ownPageOf (path: string, { local, logger }: { local: (path: string) => string, logger: Logger }): Promise<Pick<ServerOptions, 'ownPage'>> {
  if (path === '') return {}
  const ownPage = await loadOwnPage(local(path)).catch((error: unknown) => {
    throw new ConfigError('invalid-value', `--web-template-path ${path} cannot be used: ${messageOf(error)}`, { cause: error })
  })
  if (ownPage === undefined) logger.warn(`${path} has no index.html: the built-in page is served`)
  return ownPage === undefined ? {} : { ownPage }
}

function appOptions (settings: ServerSettings, pageDirectory: string): Omit<ServerOptions, 'catalog' | 'logger' | 'version'> {
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

async function listen (app: FastifyInstance, { listenHost, port }: ServerSettings): Promise<string> {
  try {
    return shownUrl(await app.listen({ host: listenHost, port }), listenHost)
  } catch (error) {
    const reason = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE' ? 'another program listens there (--port chooses another port)' : messageOf(error)
    throw new Error(`cannot listen on ${listenHost}:${port}: ${reason}`, { cause: error })
  }
}

/** An address that can be typed: a server that listens everywhere is reached at this machine's own. */
function shownUrl (url: string, listenHost: string): string {
  return ['0.0.0.0', '::'].includes(listenHost) ? `http://127.0.0.1:${new URL(url).port}` : url
}

/** Closes the app; connections that are still busy when the time is over are cut. */
async function stop (app: FastifyInstance, timeout: number, closeDatabase: () => Promise<void>): Promise<void> {
  const cut = setTimeout(() => app.server.closeAllConnections(), timeout)
  try {
    await app.close()
  } finally {
    clearTimeout(cut)
    await closeDatabase()
  }
}
