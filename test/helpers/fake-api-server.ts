import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'

/** An object of the fake API, as JSON has it. */
export interface FakeObject {
  apiVersion?: string
  kind?: string
  metadata: { name: string, namespace?: string, labels?: Record<string, string>, annotations?: Record<string, string>, [field: string]: unknown }
  [field: string]: unknown
}

/** A kind that the fake API has. */
export interface FakeKind {
  readonly group: string
  readonly version: string
  readonly kind: string
  readonly plural: string
  readonly namespaced: boolean
}

/** A request that the fake API got. */
export interface FakeRequest {
  readonly method: string
  readonly path: string
  readonly query: URLSearchParams
  readonly headers: IncomingMessage['headers']
  readonly body: string
}

/** What goes wrong with a request instead of an answer: an error of the API's, or a connection that breaks. */
export type Fault = 'cut' | { readonly status: number, readonly message: string, readonly reason?: string, readonly headers?: Record<string, string> }

const kinds: readonly FakeKind[] = [
  { group: '', version: 'v1', kind: 'Namespace', plural: 'namespaces', namespaced: false },
  { group: '', version: 'v1', kind: 'ConfigMap', plural: 'configmaps', namespaced: true },
  { group: '', version: 'v1', kind: 'Secret', plural: 'secrets', namespaced: true },
  { group: '', version: 'v1', kind: 'Service', plural: 'services', namespaced: true },
  { group: '', version: 'v1', kind: 'Pod', plural: 'pods', namespaced: true },
  { group: 'apps', version: 'v1', kind: 'Deployment', plural: 'deployments', namespaced: true },
  { group: 'batch', version: 'v1', kind: 'Job', plural: 'jobs', namespaced: true },
  { group: 'apiextensions.k8s.io', version: 'v1', kind: 'CustomResourceDefinition', plural: 'customresourcedefinitions', namespaced: false }
]

/**
 * As much of Kubernetes' API as unit tests need, on 127.0.0.1: discovery, objects kept in memory, server-side apply that replaces,
 * dry runs, patches that merge without knowing types, and faults on demand. Whether real servers agree is what test/e2e is for.
 */
export class FakeApiServer {
  readonly kinds: FakeKind[] = [...kinds]
  /** Objects by their path. */
  readonly objects = new Map<string, FakeObject>()
  /** What was asked, in order. */
  readonly requests: FakeRequest[] = []
  /** Whether discovery comes aggregated, as from Kubernetes 1.26 on. */
  aggregated = true
  /** Groups that aggregated discovery calls stale. */
  readonly stale = new Set<string>()
  /** Decides what goes wrong. */
  fault: (request: FakeRequest) => Fault | undefined = () => undefined
  /** The events of a watch, as the API has them; it stays open after them. */
  watched: (request: FakeRequest) => readonly object[] = () => []
  /** Plays the controllers: may change an object that was just written. */
  control: (object: FakeObject) => void = () => {}
  readonly #server: Server

  private constructor (server: Server) {
    this.#server = server
  }

  /** Starts one on a free port. */
  static async start (): Promise<FakeApiServer> {
    const http = createServer()
    const fake = new FakeApiServer(http)
    http.on('request', (request, response) => {
      fake.#serve(request, response).catch((error: unknown) => response.destroy(error instanceof Error ? error : undefined))
    })
    http.listen(0, '127.0.0.1')
    await once(http, 'listening')
    return fake
  }

  get url (): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`
  }

  async stop (): Promise<void> {
    this.#server.closeAllConnections()
    this.#server.close()
    await once(this.#server, 'close')
  }

  /** The requests so far as `METHOD path`. */
  log (): string[] {
    return this.requests.map(({ method, path }) => `${method} ${path}`)
  }

  async #serve (request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', this.url)
    const asked: FakeRequest = { method: request.method ?? '', path: url.pathname, query: url.searchParams, headers: request.headers, body: await text(request) }
    this.requests.push(asked)
    const fault = this.fault(asked)
    if (fault === 'cut') {
      request.socket.destroy()
      return
    }
    if (fault !== undefined) {
      for (const [name, value] of Object.entries(fault.headers ?? {})) response.setHeader(name, value)
      answer(response, fault.status, statusObject(fault.status, fault.message, fault.reason))
      return
    }
    if (asked.path.endsWith('/log')) {
      response.end('line one\nline two\n')
      return
    }
    if (asked.query.get('watch') === 'true') {
      response.writeHead(200, { 'content-type': 'application/json' })
      response.write(this.watched(asked).map(event => `${JSON.stringify(event)}\n`).join(''))
      return
    }
    const { status, body } = this.#route(asked)
    answer(response, status, body)
  }

  #route (asked: FakeRequest): Answer {
    if (asked.path === '/version') return { status: 200, body: { gitVersion: 'v1.36.3', major: '1', minor: '36' } }
    if (/^\/apis?$/.test(asked.path)) return { status: 200, body: this.#discovery(asked) }
    if (/^\/api\/[^/]+$|^\/apis\/[^/]+\/[^/]+$/.test(asked.path)) return { status: 200, body: this.#resources(asked.path) }
    return this.#objectsAt(asked)
  }

  #discovery ({ path, headers }: FakeRequest): object {
    const own = this.kinds.filter(({ group }) => (group === '') === (path === '/api'))
    const groups = [...new Set(own.map(({ group }) => group))]
    if (this.aggregated && (headers.accept ?? '').includes('apidiscovery')) {
      return { kind: 'APIGroupDiscoveryList', apiVersion: 'apidiscovery.k8s.io/v2', items: groups.map(group => aggregatedGroup(group, own, this.stale.has(group) ? 'Stale' : 'Current')) }
    }
    return path === '/api'
      ? { kind: 'APIVersions', versions: ['v1'] }
      : { kind: 'APIGroupList', groups: groups.map(name => ({ name, versions: versionsOf(name, own).map(version => ({ groupVersion: `${name}/${version}`, version })) })) }
  }

  #resources (path: string): object {
    const own = this.kinds.filter(({ group, version }) => path === (group === '' ? `/api/${version}` : `/apis/${group}/${version}`))
    return { kind: 'APIResourceList', resources: own.map(({ kind, plural, namespaced }) => ({ name: plural, kind, namespaced })) }
  }

  #objectsAt (asked: FakeRequest): Answer {
    const kind = this.kinds.find(({ group, version, plural, namespaced }) => {
      const root = group === '' ? `/api/${version}` : `/apis/${group}/${version}`
      return new RegExp(`^${root}${namespaced ? '(/namespaces/[^/]+)?' : ''}/${plural}(/[^/]+)?$`).test(asked.path)
    })
    if (kind === undefined) return { status: 404, body: statusObject(404, 'the server could not find the requested resource', 'NotFound') }
    const collection = asked.path.endsWith(`/${kind.plural}`)
    if (collection && asked.method === 'GET') return { status: 200, body: this.#list(asked, kind) }
    if (collection) return this.#write(`${asked.path}/${nameIn(asked.body)}`, asked, kind)
    const object = this.objects.get(asked.path)
    if (asked.method === 'PATCH' && asked.headers['content-type'] === 'application/apply-patch+yaml') return this.#write(asked.path, asked, kind)
    if (object !== undefined && (asked.method === 'PATCH' || asked.method === 'PUT')) return this.#change(object, asked, kind)
    if (object === undefined) return { status: 404, body: notFound(kind, asked.path.split('/').at(-1) ?? '') }
    if (asked.method === 'DELETE') this.objects.delete(asked.path)
    return { status: 200, body: (asked.headers.accept ?? '').includes('as=Table') ? table([object]) : object }
  }

  /** A patch, or a replacement, of what is there. */
  #change (object: FakeObject, asked: FakeRequest, kind: FakeKind): Answer {
    const body = JSON.parse(asked.body) as FakeObject
    if (asked.method === 'PATCH') {
      const result = patched(object, asked)
      if (result === undefined) return { status: 422, body: statusObject(422, 'the server rejected our request due to an error in our request', 'Invalid') }
      return this.#write(asked.path, { ...asked, body: JSON.stringify(result) }, kind)
    }
    const sent = body.metadata['resourceVersion'] ?? ''
    if (sent !== '' && sent !== object.metadata['resourceVersion']) {
      return { status: 409, body: statusObject(409, `Operation cannot be fulfilled on ${kind.plural} "${body.metadata.name}": the object has been modified`, 'Conflict') }
    }
    return this.#write(asked.path, asked, kind)
  }

  #write (path: string, asked: FakeRequest, kind: FakeKind): Answer {
    const name = path.split('/').at(-1) ?? ''
    if (asked.method === 'POST' && this.objects.has(path)) {
      return { status: 409, body: statusObject(409, `${kind.plural} "${name}" already exists`, 'AlreadyExists') }
    }
    const object = { ...JSON.parse(asked.body) as FakeObject }
    const namespace = /\/namespaces\/([^/]+)\//.exec(path)?.[1]
    object.metadata = { ...object.metadata, name, ...namespace === undefined ? {} : { namespace }, resourceVersion: String(this.requests.length), uid: path }
    if (asked.query.get('dryRun') === 'All') return { status: 200, body: object }
    this.control(object)
    this.objects.set(path, object)
    return { status: asked.method === 'POST' ? 201 : 200, body: object }
  }

  #list (asked: FakeRequest, kind: FakeKind): object {
    const wanted = (asked.query.get('labelSelector') ?? '').split(',').filter(part => part !== '').map(part => part.split('='))
    const found = [...this.objects].filter(([path, object]) =>
      path.includes(`/${kind.plural}/`) && (asked.path.includes('/namespaces/') ? path.startsWith(`${asked.path}/`) : true) &&
      wanted.every(([key = '', value]) => object.metadata.labels?.[key] === value)).map(([, object]) => object)
    const from = Number(asked.query.get('continue') ?? '0')
    const limit = Number(asked.query.get('limit') ?? '0') || found.length
    const rest = from + limit < found.length ? { continue: String(from + limit) } : {}
    const items = found.slice(from, from + limit)
    if ((asked.headers.accept ?? '').includes('as=Table')) return table(items)
    if ((asked.headers.accept ?? '').includes('as=PartialObjectMetadataList')) {
      return { kind: 'PartialObjectMetadataList', apiVersion: 'meta.k8s.io/v1', metadata: rest, items: items.map(({ metadata }) => ({ metadata })) }
    }
    return { kind: `${kind.kind}List`, apiVersion: kind.group === '' ? kind.version : `${kind.group}/${kind.version}`, metadata: rest, items }
  }
}

interface Answer {
  readonly status: number
  readonly body: object
}

/** The Status object that the API answers failures with. */
export function statusObject (code: number, message: string, reason = ''): object {
  return { kind: 'Status', apiVersion: 'v1', status: 'Failure', message, reason, code }
}

/**
 * The object after a JSON patch or a merge patch; a strategic one is taken for such, without its directives.
 *
 * @returns undefined when a test of the patch fails
 */
function patched (object: FakeObject, { headers, body }: FakeRequest): unknown {
  const patch = JSON.parse(body) as unknown
  if (headers['content-type'] !== 'application/json-patch+json') return merged(object, patch)
  const result = structuredClone(object) as unknown as Fields
  for (const { op, path, value } of patch as JsonPatchStep[]) {
    const keys = path.slice(1).split('/').map(key => key.replaceAll('~1', '/').replaceAll('~0', '~'))
    const last = keys.pop() ?? ''
    const within = keys.reduce<Fields>((fields, key) => (fields[key] ?? {}) as Fields, result)
    if (op === 'test' && within[last] !== value) return undefined
    if (op !== 'test') within[last] = value
  }
  return result
}

type Fields = Record<string, unknown>

/** As much of RFC 6902 as is used: tests, and fields that are set. */
interface JsonPatchStep {
  readonly op: 'test' | 'add' | 'replace'
  readonly path: string
  readonly value: unknown
}

/** RFC 7396. */
function merged (into: unknown, patch: unknown): unknown {
  if (typeof patch !== 'object' || patch === null || Array.isArray(patch)) return patch
  const result = new Map<string, unknown>(typeof into === 'object' && into !== null && !Array.isArray(into) ? Object.entries(into) : [])
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) result.delete(key)
    else if (!key.startsWith('$')) result.set(key, merged(result.get(key), value))
  }
  return Object.fromEntries(result)
}

function notFound ({ plural, group }: FakeKind, name: string): object {
  return statusObject(404, `${plural}${group === '' ? '' : `.${group}`} "${name}" not found`, 'NotFound')
}

function answer (response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json' })
  response.end(JSON.stringify(body))
}

function nameIn (body: string): string {
  return (JSON.parse(body) as FakeObject).metadata.name
}

function versionsOf (group: string, all: readonly FakeKind[]): string[] {
  return [...new Set(all.filter(each => each.group === group).map(({ version }) => version))]
}

function aggregatedGroup (group: string, all: readonly FakeKind[], freshness: string): object {
  return {
    metadata: { name: group },
    versions: versionsOf(group, all).map(version => ({
      version,
      freshness,
      resources: all.filter(each => each.group === group && each.version === version).map(({ kind, plural, namespaced }) => ({
        resource: plural,
        responseKind: { group, version, kind },
        scope: namespaced ? 'Namespaced' : 'Cluster',
        subresources: kind === 'Deployment' ? [{ subresource: 'scale', responseKind: { group: 'autoscaling', version: 'v1', kind: 'Scale' } }] : []
      }))
    }))
  }
}

function table (objects: readonly FakeObject[]): object {
  return {
    kind: 'Table',
    apiVersion: 'meta.k8s.io/v1',
    columnDefinitions: [{ name: 'Name', type: 'string', priority: 0 }, { name: 'Age', type: 'string', priority: 0 }, { name: 'Wide', type: 'string', priority: 1 }],
    rows: objects.map(object => ({ cells: [object.metadata.name, '5s', 'hidden'] }))
  }
}
