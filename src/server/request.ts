import type { IncomingMessage } from 'node:http'
import type { FastifyInstance, RouteOptions } from 'fastify'
import type { Action } from '../access/decide.js'
import type { PathOptions, RefusedPath, ResolvedPath } from './path.js'
import { resolvePath } from './path.js'

/** Under which a request's message keeps its path, taken apart: a WeakMap of all messages makes each of V8's collections of young objects take longer. */
const resolvedPath = Symbol('resolved path')

declare module 'node:http' {
  interface IncomingMessage {
    [resolvedPath]?: ResolvedPath | RefusedPath
  }
}

declare module 'fastify' {
  interface FastifyRequest {
    /** Whose charts the request is about: segments with `/` between them; '' at depth 0, and on routes that are `tenantless`. */
    tenant: string
    /** Why the path leads nowhere; it matches no route then. */
    refusal: RefusedPath | undefined
  }

  interface FastifyInstance {
    /** Every route that there is, as it was declared. */
    routes: readonly RouteOptions[]
  }

  interface FastifyContextConfig {
    /** What a request needs to be allowed; nothing at all for `none`. Every route has one: a server with a route that has none does not start. A request that matches no route has none. */
    action?: Action | 'none'
    /** Whether the route belongs to the server as a whole, at any depth. */
    tenantless?: boolean
  }
}

/** Where paths go that lead nowhere: no route is called so, and none can be. */
const nowhere = '//'

/** How many paths are remembered, and how long they may be. */
const maxKnown = 1000
const maxKnownLength = 300

/** Takes requests' paths apart before the router sees them, and remembers whose they are. */
export class Paths {
  readonly #options: PathOptions
  /** Many requests are for few paths. */
  readonly #known = new Map<string, ResolvedPath | RefusedPath>()

  constructor (options: PathOptions) {
    this.#options = options
  }

  /** For Fastify's `rewriteUrl`. */
  rewrite (raw: IncomingMessage): string {
    const resolved = this.#resolve(raw.url ?? '')
    raw[resolvedPath] = resolved
    return 'status' in resolved ? nowhere : resolved.url
  }

  #resolve (url: string): ResolvedPath | RefusedPath {
    const known = this.#known.get(url)
    if (known !== undefined) return known
    const resolved = resolvePath(url, this.#options)
    if (url.length <= maxKnownLength) {
      if (this.#known.size >= maxKnown) this.#known.clear()
      this.#known.set(url, resolved)
    }
    return resolved
  }

  /** Gives requests their `tenant` and `refusal`, and the app its `routes`, each of which must say which action it is. */
  decorate (app: FastifyInstance): void {
    const of = (raw: IncomingMessage): ResolvedPath | RefusedPath => raw[resolvedPath] ?? { status: 404, error: 'not found' }
    app.decorateRequest('tenant', {
      getter () {
        const resolved = of(this.raw)
        return 'status' in resolved ? '' : resolved.tenant
      }
    })
    app.decorateRequest('refusal', {
      getter () {
        const resolved = of(this.raw)
        return 'status' in resolved ? resolved : undefined
      }
    })
    keepRoutes(app)
  }
}

/** Keeps the list of routes, and refuses to start with one that does not say who may use it. */
function keepRoutes (app: FastifyInstance): void {
  const routes: RouteOptions[] = []
  app.decorate('routes', routes)
  app.addHook('onRoute', route => { routes.push(route) })
  app.addHook('onReady', async () => {
    const open = routes.filter(({ config }) => config?.action === undefined).map(({ method, url }) => `${String(method)} ${url}`)
    if (open.length > 0) throw new Error(`routes without an action: ${open.join(', ')}`)
  })
}
