import { randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import type { FastifyInstance } from 'fastify'
import type { Logger } from 'pino'
import { openBackend } from '../../storage/open.js'
import { Catalog } from '../catalog/catalog.js'
import type { ServerSettings } from '../config/definitions.js'
import { ConfigError } from '../config/errors.js'
import { openDatabase } from '../db/open.js'
import { packageRoot, packageVersion } from '../db/package-root.js'
import { messageOf } from '../errors.js'
import { buildApp } from '../server/app.js'
import type { ServerOptions } from '../server/options.js'
import { loadOwnPage } from '../server/own-page.js'
import { normalizeContextPath } from '../server/path.js'
import type { CliContext } from './command.js'

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
  refuseLoss(settings)
  const local = (path: string): string => resolve(context.cwd, path)
  const root = packageRoot()
  const database = await openDatabase(await prepareDatabase(settings.database, local), { migrations: join(root, 'migrations') })
  try {
    const rootDirectory = local(settings.storageLocalRootdir)
    const catalog = new Catalog({
      database,
      backend: await openBackend(settings.storage, { rootDirectory }),
      clock: context.clock,
      spoolDirectory: join(dirname(rootDirectory), 'spool'),
      onFault: fault => logger.warn({ err: fault }, 'Something is left to be mended at the next start'),
      ...(settings.chartUrl !== '' && { chartUrl: settings.chartUrl }),
      contextPath: normalizeContextPath(settings.contextPath)
    })
    await catalog.recover()
    const app = await buildApp({ ...appOptions(settings, join(root, 'dist', 'web')), ...await ownPageOf(settings.webTemplatePath, { local, logger }), catalog, logger, version: packageVersion() })
    const url = await listen(app, settings)
    return { url, stop: () => stop(app, settings.shutdownTimeout, () => database.close()) }
  } catch (error) {
    await database.close()
    throw error
  }
}

/** Refuses pairs of storage and database of which one outlives the other. */
function refuseLoss ({ storage, database }: ServerSettings): void {
  const lasting = database !== 'sqlite::memory:'
  if (storage === 'memory' && lasting) {
    throw new ConfigError('invalid-value', 'with --storage memory the charts are gone at exit, and the database would name charts that are not there: add --database sqlite::memory:')
  }
  if (storage !== 'memory' && !lasting) {
    throw new ConfigError('invalid-value', `with --database sqlite::memory: the records are gone at exit, and the charts in --storage ${storage} with them: name a file, such as sqlite:./data/portolan.db`)
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

/** Makes the folder of an SQLite file, and its path absolute. */
async function prepareDatabase (url: string, local: (path: string) => string): Promise<string> {
  const path = /^sqlite:(?!:memory:$)(.+)$/.exec(url)?.[1]
  if (path === undefined) return url
  await mkdir(dirname(local(path)), { recursive: true })
  return `sqlite:${local(path)}`
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
