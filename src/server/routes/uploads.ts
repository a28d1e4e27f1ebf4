import type { Readable } from 'node:stream'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Upload } from '../../catalog/catalog.js'
import { CatalogError } from '../../catalog/errors.js'
import type { Spooled } from '../../catalog/spool.js'
import { RequestError } from '../errors.js'
import type { ServerOptions } from '../options.js'

/** POST /api/charts (the archive as body, or a form with `chart` and `prov`) and POST /api/prov (a provenance file as body). */
export function uploadRoutes (app: FastifyInstance, options: ServerOptions): void {
  app.post<{ Querystring: Record<string, unknown> }>('/api/charts', { config: { action: 'push' } }, async (request, reply) => {
    const form = request.isMultipart()
    await withUpload(() => form ? readForm(request, options) : readBody(request, options, 'chart'), upload =>
      publish(request, options, { upload, conflict: form ? 'chart already exists' : 'file already exists' }))
    return reply.code(201).send({ saved: true })
  })
  app.post<{ Querystring: Record<string, unknown> }>('/api/prov', { config: { action: 'push' } }, async (request, reply) => {
    await withUpload(() => readBody(request, options, 'provenance'), upload =>
      publish(request, options, { upload, conflict: 'file already exists' }))
    return reply.code(201).send({ saved: true })
  })
}

interface Publication {
  readonly upload: Upload
  /** What a client reads when the file is there already: ChartMuseum says it differently for a form. */
  readonly conflict: string
}

async function publish (request: FastifyRequest<{ Querystring: Record<string, unknown> }>, options: ServerOptions, { upload, conflict }: Publication): Promise<void> {
  // `?force` counts by being there, whatever its value, as ChartMuseum has it.
  const forced = 'force' in request.query && options.allowForce
  try {
    await options.catalog.publish(request.tenant, upload, { overwrite: options.allowOverwrite || forced, maxObjects: options.maxObjects })
  } catch (error) {
    if (error instanceof CatalogError && error.code === 'already-exists') throw new CatalogError('already-exists', conflict, { cause: error })
    throw error
  }
}

/** Reads an upload, uses it, and lets go of what was spooled for it, however it ends. */
async function withUpload (read: () => Promise<Upload>, use: (upload: Upload) => Promise<void>): Promise<void> {
  const upload = await read()
  try {
    await use(upload)
  } finally {
    await discard(Object.values(upload))
  }
}

async function discard (spooled: Iterable<Spooled | undefined>): Promise<void> {
  for (const each of spooled) await each?.discard()
}

/** Refuses a body whose length is told, and is over the limit (the form around files counts too); any other one may come. */
function admitBody (request: FastifyRequest, limit: number): void {
  if (Number(request.headers['content-length'] ?? 0) > limit) throw new RequestError('too-large', 'request too large')
  request.admitBody()
}

async function readBody (request: FastifyRequest, { catalog, maxUploadSize }: ServerOptions, kind: keyof Upload): Promise<Upload> {
  admitBody(request, maxUploadSize)
  const body = request.body as Readable | undefined | null
  if (body === undefined || body === null) throw new CatalogError(kind === 'chart' ? 'invalid-chart' : 'invalid-provenance', kind === 'chart' ? 'EOF' : 'invalid provenance file')
  return { [kind]: await catalog.spool(body, maxUploadSize) }
}

/** Reads a form's files as they come; of several that could carry the same thing, the first field in the list's order wins. */
async function readForm (request: FastifyRequest, { catalog, maxUploadSize, chartFields, provenanceFields }: ServerOptions): Promise<Upload> {
  admitBody(request, maxUploadSize)
  const files = new Map<string, Spooled>()
  let left = maxUploadSize
  try {
    for await (const part of request.parts()) {
      if (part.type !== 'file') continue
      if (![...chartFields, ...provenanceFields].includes(part.fieldname) || files.has(part.fieldname)) part.file.resume()
      else {
        const spooled = await catalog.spool(part.file, left)
        files.set(part.fieldname, spooled)
        left -= spooled.size
      }
    }
    return await choose(files, { chartFields, provenanceFields })
  } catch (error) {
    await discard(files.values())
    throw formFault(error, chartFields, provenanceFields)
  }
}

async function choose (files: Map<string, Spooled>, { chartFields, provenanceFields }: Pick<ServerOptions, 'chartFields' | 'provenanceFields'>): Promise<Upload> {
  const chart = take(files, chartFields)
  const provenance = take(files, provenanceFields)
  await discard(files.values())
  if (chart === undefined && provenance === undefined) throw noFile(chartFields, provenanceFields)
  return { ...(chart && { chart }), ...(provenance && { provenance }) }
}

function take (files: Map<string, Spooled>, fields: readonly string[]): Spooled | undefined {
  const field = fields.find(each => files.has(each)) ?? ''
  const found = files.get(field)
  files.delete(field)
  return found
}

/** A form that cannot be read holds no file, to ChartMuseum; what the catalogue or the limits say stays as it is. */
function formFault (error: unknown, chartFields: readonly string[], provenanceFields: readonly string[]): unknown {
  if (error instanceof CatalogError || error instanceof RequestError) return error
  const status = error instanceof Error && 'statusCode' in error ? error.statusCode : undefined
  return status === 413 ? new RequestError('too-large', 'request too large', { cause: error }) : noFile(chartFields, provenanceFields, error)
}

function noFile (chartFields: readonly string[], provenanceFields: readonly string[], cause?: unknown): RequestError {
  return new RequestError('bad-request', `no package or provenance file found in form fields ${chartFields.at(-1) ?? ''} and ${provenanceFields.at(-1) ?? ''}`, { cause })
}
