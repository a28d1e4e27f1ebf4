import { decode, encode } from '../go/bytes.js'
import { quote } from '../go/strconv.js'
import { RepoError } from './errors.js'

/** A URL taken apart as RFC 3986 has it, each part as it was written, its mark included. */
interface Parts {
  /** `https:` */
  scheme: string
  /** `//user@host:port` */
  authority: string
  path: string
  /** `?…` */
  query: string
  /** `#…` */
  fragment: string
}

/** What Go leaves as it is in a path that was written with escapes already. */
const escaped = /^(?:[A-Za-z0-9\-._~!$&'()*+,;=:@/[\]]|%[0-9A-Fa-f]{2})*$/

/**
 * The address of a chart that an index gives: an absolute one is kept, a relative one is resolved against the repository's address as if that
 * ended in `/`, and takes over its query (helm.sh/helm/v4 pkg/repo/v1 ResolveReferenceURL).
 *
 * @param base the repository's address
 * @param reference what the index says
 * @throws {RepoError} invalid-url, `failed to parse X as URL: …`
 */
export function resolveReferenceUrl (base: string, reference: string): string {
  const target = parse(reference)
  if (target.scheme !== '') return reference
  const repository = parse(base)
  const folder = `${repository.path.replace(/\/$/, '')}/`
  if (target.authority !== '') return text({ ...target, scheme: repository.scheme, path: escapePath(removeDots(target.path)), query: repository.query })
  const path = target.path.startsWith('/') ? target.path : folder + target.path
  return text({ ...repository, path: escapePath(removeDots(path)), fragment: target.fragment })
}

/**
 * Joins parts of a path to an address, or to a path that is no address (helm.sh/helm/v4 internal/urlutil URLJoin).
 *
 * @param base an address, or empty
 * @param parts added in order; empty ones leave no trace
 */
export function joinUrl (base: string, ...parts: readonly string[]): string {
  const url = parse(base)
  const joined = clean([unescape(url.path), ...parts].filter(part => part !== '').join('/'))
  const path = url.authority !== '' && joined !== '' && !joined.startsWith('/') ? `/${joined}` : joined
  return text({ ...url, path: escapeAll(path) })
}

function parse (url: string): Parts {
  const match = /^([A-Za-z][A-Za-z0-9+.-]*:)?(\/\/[^/?#]*)?([^?#]*)(\?[^#]*)?(#.*)?$/s.exec(url)
  const [, scheme = '', authority = '', path = '', query = '', fragment = ''] = match ?? []
  const complaint = complaintAbout(url, { scheme, authority, path, query, fragment })
  if (complaint !== undefined) throw new RepoError('invalid-url', `failed to parse ${url} as URL: parse ${quote(url)}: ${complaint}`)
  return { scheme, authority, path, query, fragment }
}

function complaintAbout (url: string, { scheme, authority, path }: Parts): string | undefined {
  if (/[\x00-\x1f\x7f]/.test(url)) return 'net/url: invalid control character in URL'
  if (url.startsWith(':')) return 'missing protocol scheme'
  if (scheme === '' && authority === '' && /^[^/]*:/.test(path)) return 'first path segment in URL cannot contain colon'
  const host = /[ "<>\\^`{|}]/.exec(authority)
  if (host !== null) return `invalid character ${quote(host[0])} in host name`
  const bad = /%(?![0-9A-Fa-f]{2}).{0,2}/s.exec(path)
  return bad === null ? undefined : `invalid URL escape ${quote(bad[0])}`
}

function text ({ scheme, authority, path, query, fragment }: Parts): string {
  return scheme + authority + path + query + fragment
}

function escapePath (path: string): string {
  return escaped.test(path) ? path : escapeAll(unescape(path))
}

function escapeAll (path: string): string {
  return Array.from(encode(path), byte => {
    const character = String.fromCharCode(byte)
    return /[A-Za-z0-9\-._~$&+,/:;=@]/.test(character) ? character : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`
  }).join('')
}

function unescape (path: string): string {
  if (!path.includes('%')) return path
  const bytes = encode(path)
  const out: number[] = []
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at] ?? 0
    out.push(byte === 0x25 ? Number.parseInt(decode(bytes.subarray(at + 1, at + 3)), 16) : byte)
    if (byte === 0x25) at += 2
  }
  return decode(Uint8Array.from(out))
}

/** Go's path.Clean, for a path that may be empty. */
function clean (path: string): string {
  return removeDots(path.replace(/\/{2,}/g, '/')).replace(/(.)\/$/, '$1')
}

/** Resolves `.` and `..` parts (RFC 3986, 5.2.4). */
function removeDots (path: string): string {
  const parts = path.split('/')
  const kept: string[] = []
  for (const part of parts) {
    if (part !== '.' && part !== '..') kept.push(part)
    // The empty part before a leading slash stays.
    else if (part === '..' && (kept.length > 1 || (kept[0] ?? '') !== '')) kept.pop()
  }
  const last = parts.at(-1)
  if ((last === '.' || last === '..') && kept.at(-1) !== '') kept.push('')
  return kept.join('/')
}
