import { createHash } from 'node:crypto'
import { join } from 'node:path'
import type { FastifyInstance, LightMyRequestResponse } from 'fastify'
import { pino } from 'pino'
import { Catalog } from '../../src/catalog/catalog.js'
import type { UrlOptions } from '../../src/catalog/urls.js'
import { openDatabase } from '../../src/db/open.js'
import { packageRoot } from '../../src/db/package-root.js'
import { buildApp } from '../../src/server/app.js'
import type { ServerOptions } from '../../src/server/options.js'
import type { Backend } from '../../storage/backend.js'
import { MemoryBackend } from '../../storage/memory.js'

/** What a test of the server needs of tap's test object. */
export interface Scope {
  testdir (): string
  teardown (end: () => Promise<unknown>): void
}

/** A server in this process, its catalogue, and the backend below it. */
export interface TestServer {
  readonly app: FastifyInstance
  readonly catalog: Catalog
  readonly backend: Backend
}

/**
 * Composes a server over a memory store and an SQLite database in memory; it is closed when the test ends.
 *
 * @param t the test
 * @param options what to set otherwise than the defaults; `backend` to try another store
 * @param urls how the server is reached
 */
export async function testServer (t: Scope, options: Partial<ServerOptions> & { backend?: Backend } = {}, urls: UrlOptions = {}): Promise<TestServer> {
  const database = await openDatabase('sqlite::memory:', { migrations: join(packageRoot(), 'migrations') })
  const backend = options.backend ?? new MemoryBackend()
  const catalog = new Catalog({ database, backend, clock: () => new Date(), spoolDirectory: t.testdir(), ...urls })
  const app = await buildApp({
    catalog,
    logger: pino({ level: 'silent' }),
    version: '0.0.0-test',
    paths: { contextPath: '', depth: 0, dynamic: false },
    maxUploadSize: 20 * 1024 * 1024,
    allowOverwrite: false,
    allowForce: true,
    api: true,
    deletion: true,
    metrics: true,
    chartFields: ['chart', 'chart'],
    provenanceFields: ['prov', 'prov'],
    logHealth: false,
    logLatencyInteger: false,
    logAnswer: () => undefined,
    jsonIndex: false,
    maxObjects: 0,
    corsAllowOrigin: '',
    artifactHubIds: new Map(),
    readTimeout: 30_000,
    writeTimeout: 30_000,
    requestId: () => 'fresh-id',
    ...options
  })
  t.teardown(async () => {
    await app.close()
    await database.close()
  })
  return { app, catalog, backend }
}

/** Uploads an archive as a body, and gives the answer. */
export async function upload (app: FastifyInstance, archive: Uint8Array, query = ''): Promise<LightMyRequestResponse> {
  return await app.inject({ method: 'POST', url: `/api/charts${query}`, payload: Buffer.from(archive), headers: { 'content-type': 'application/x-www-form-urlencoded' } })
}

/** The SHA-256 of bytes, in hex. */
export function sha256 (bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}

/** A provenance file as the catalogue recognises one (its signature is not looked at). */
export function provenance (name: string, version: string): string {
  return `-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA512\n\napiVersion: v2\nname: ${name}\nversion: ${version}\n\n...\nfiles:\n  ${name}-${version}.tgz: sha256:00\n-----BEGIN PGP SIGNATURE-----\n\n-----END PGP SIGNATURE-----\n`
}

/** A multipart form as a body: fields with a file each. */
export function form (files: ReadonlyArray<readonly [field: string, content: Uint8Array | string]>): { payload: Buffer, headers: Record<string, string> } {
  const boundary = 'a-boundary-of-the-test'
  const parts = files.flatMap(([field, content]) => [
    Buffer.from(`--${boundary}\r\nContent-Disposition: form-data; name="${field}"; filename="file"\r\nContent-Type: application/octet-stream\r\n\r\n`),
    Buffer.from(content),
    Buffer.from('\r\n')
  ])
  return { payload: Buffer.concat([...parts, Buffer.from(`--${boundary}--\r\n`)]), headers: { 'content-type': `multipart/form-data; boundary=${boundary}` } }
}
