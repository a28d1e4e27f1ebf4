import { checkTenant } from '../catalog/names.js'

/** How the paths of a server are laid out. */
export interface PathOptions {
  /** What everything but /metrics lies below: '' or such as `/charts`, without a slash at its end. */
  readonly contextPath: string
  /** How many segments a tenant's name has. */
  readonly depth: number
  /** Whether a tenant's name may have any number of segments; `depth` says nothing then. */
  readonly dynamic: boolean
}

/** A path taken apart: whose it is, and the URL that the router knows (that of a server of depth 0 without a context path). */
export interface ResolvedPath {
  /** Segments with `/` between them; '' at depth 0, and for what belongs to the server as a whole. */
  readonly tenant: string
  /** Path and query, percent-encoded. */
  readonly url: string
}

/** A path that leads nowhere (404), or that nobody may ask for (400). */
export interface RefusedPath {
  readonly status: 400 | 404
  /** What the client reads. */
  readonly error: string
}

const notFound: RefusedPath = { status: 404, error: 'not found' }
const malformed: RefusedPath = { status: 400, error: 'the path is malformed' }

/** What belongs to the server as a whole, at any depth. */
const tenantless = new Set(['', 'info', 'health', 'ready', 'index.html', 'api/openapi.json'])

/** One segment, whatever it is. */
const any = Symbol('any segment')
type Template = ReadonlyArray<string | typeof any>

/** What follows a tenant, in ChartMuseum's order: with dynamic depth the first that fits says where the tenant ends. */
const repositoryTemplates: readonly Template[] = [['index.yaml'], ['charts', any], ['artifacthub-repo.yml']]
const apiTemplates: readonly Template[] = [
  ['charts'], ['charts', any], ['charts', any, any], ['charts', any, any, 'templates'], ['charts', any, any, 'values'], ['prov']
]

/**
 * Finds out which tenant a request is for, as ChartMuseum does: by position, and below /api after it. Paths are compared decoded.
 *
 * @param rawUrl the request's target as it came: a path, or an absolute URL as proxies get it
 * @returns the tenant and the URL without it, or why there is none: 400 for escapes that are no UTF-8, `%2F`, `.` and `..`, NUL and other
 *   control characters, and tenants that cannot be stored; 404 for everything else that no route can be meant by, such as the wrong depth
 */
export function resolvePath (rawUrl: string, options: PathOptions): ResolvedPath | RefusedPath {
  const target = rawUrl.startsWith('/') ? rawUrl : rawUrl.replace(/^https?:\/\/[^/?#]*/i, '')
  const end = target.indexOf('?')
  const path = end < 0 ? target : target.slice(0, end)
  if (!path.startsWith('/')) return notFound
  const segments = decode(path)
  if (segments === undefined) return malformed
  if (path === '/metrics') return { tenant: '', url: target }
  const inside = withoutContext(segments, options.contextPath)
  if (inside === undefined) return notFound
  const query = target.slice(path.length)
  const resolved = inside.join('/') === 'api/tenants' ? locateNamed(inside, query, options) : locate(inside, options)
  return 'status' in resolved ? resolved : { tenant: resolved.tenant, url: encode(resolved.segments) + query }
}

/**
 * A context path as it is used: with a slash in front and none at the end.
 *
 * @param text as it was configured; '' and '/' are none
 */
export function normalizeContextPath (text: string): string {
  const inner = text.split('/').filter(segment => segment !== '').join('/')
  return inner === '' ? '' : `/${inner}`
}

/** Percent-decoded segments; undefined when one of them may not be. */
function decode (path: string): string[] | undefined {
  // What is not printable ASCII must be escaped (RFC 3986, 2.1); a `#` never reaches a server.
  if (/[^\x21-\x7e]|#|%2f/i.test(path)) return undefined
  const segments = path.slice(1).split('/')
  if (!path.includes('%')) return segments.some(isDots) ? undefined : segments
  try {
    const decoded = segments.map(decodeURIComponent)
    return decoded.some(segment => isDots(segment) || hasControl(segment)) ? undefined : decoded
  } catch {
    // No escapes, or none of UTF-8: decodeURIComponent says no more than that.
    return undefined
  }
}

function isDots (segment: string): boolean {
  return segment === '.' || segment === '..'
}

function hasControl (segment: string): boolean {
  return /[\0-\x1f\x7f]/.test(segment)
}

function encode (segments: readonly string[]): string {
  return `/${segments.map(encodeURIComponent).join('/')}`
}

/** The segments below the context path, which ends where a segment does; undefined when the path is elsewhere. */
function withoutContext (segments: readonly string[], contextPath: string): readonly string[] | undefined {
  if (contextPath === '') return segments
  const context = contextPath.slice(1).split('/')
  if (context.some((segment, at) => segments[at] !== segment)) return undefined
  return segments.length === context.length ? [''] : segments.slice(context.length)
}

interface Located {
  readonly tenant: string
  readonly segments: readonly string[]
}

function locate (segments: readonly string[], options: PathOptions): Located | RefusedPath {
  if (tenantless.has(segments.join('/'))) return { tenant: '', segments }
  const found = isApi(segments) ? split(segments.slice(1), apiTemplates, options) : split(segments, repositoryTemplates, options)
  if (found === undefined) return segments[0] === 'static' && segments.length > 1 ? { tenant: '', segments } : notFound
  if ('status' in found) return found
  return isApi(segments) ? { tenant: found.tenant, segments: ['api', ...found.segments] } : found
}

/** A tenant may be called `api`: what ends like a file of a repository is one. */
function isApi (segments: readonly string[]): boolean {
  return segments[0] === 'api' && segments.length > 1 && !/\.(yaml|tgz|prov)$|^artifacthub-repo\.yml$/.test(segments.at(-1) ?? '')
}

function split (segments: readonly string[], templates: readonly Template[], { depth, dynamic }: PathOptions): Located | RefusedPath | undefined {
  const template = templates.find(each => fits(segments, each, dynamic ? segments.length - each.length : depth))
  if (template === undefined) return undefined
  const end = segments.length - template.length
  return named(segments.slice(0, end), segments.slice(end))
}

/** A tenant by its own segments, which must be fit for one. */
function named (names: readonly string[], segments: readonly string[]): Located | RefusedPath {
  if (names.includes('')) return notFound
  const tenant = names.join('/')
  try {
    checkTenant(tenant)
  } catch {
    return { status: 400, error: 'no repository can have this name' }
  }
  return { tenant, segments }
}

/** The tenant that a query names as a whole, where the path is the same for all of them; '' when it names none. */
function locateNamed (segments: readonly string[], query: string, { depth, dynamic }: PathOptions): Located | RefusedPath {
  const name = new URLSearchParams(query).get('name') ?? ''
  if (name === '') return { tenant: '', segments }
  const names = name.split('/')
  return dynamic || names.length === depth ? named(names, segments) : notFound
}

function fits (segments: readonly string[], template: Template, depth: number): boolean {
  return depth >= 0 && segments.length === depth + template.length && template.every((part, at) => part === any || part === segments[depth + at])
}
