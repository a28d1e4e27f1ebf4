import { isIPv6 } from './ip.js'
import { quote } from '../go/strconv.js'
import { SprigError } from './errors.js'
import { escapeUrl, mustEscape, unescapeUrl, type UrlPart } from './url-escape.js'

/** A URL's parts as Go's net/url.URL has them. */
export interface GoUrl {
  readonly scheme: string
  /** What follows the scheme when no slash does. */
  readonly opaque: string
  /** User name and password, escaped; undefined when there is no `@`. */
  readonly userinfo: string | undefined
  /** With the port. */
  readonly host: string
  readonly path: string
  readonly rawPath: string
  readonly query: string
  readonly fragment: string
}

/**
 * Go's url.Parse.
 *
 * @param text a URL or a reference to one
 * @returns its parts, unescaped but for the query and user information
 * @throws {SprigError} `parse "…": …`, worded as Go words it
 */
export function parseUrl (text: string): GoUrl {
  const hash = text.indexOf('#')
  const front = hash === -1 ? text : text.slice(0, hash)
  const url = named(front, () => parseFront(front))
  return { ...url, fragment: hash === -1 ? '' : named(text, () => unescapeUrl(text.slice(hash + 1), 'fragment')) }
}

/**
 * Go's URL.String.
 *
 * @param url the parts
 * @returns the URL, each part escaped where it must be
 */
export function formatUrl (url: GoUrl): string {
  let text = url.scheme === '' ? '' : `${url.scheme}:`
  text += url.opaque === '' ? formatHierarchy(url, text === '') : url.opaque
  if (url.query !== '') text += `?${url.query}`
  return url.fragment === '' ? text : `${text}#${escapeUrl(url.fragment, 'fragment')}`
}

/** A URL's host without its port and brackets: Go's URL.Hostname. */
export function hostnameOf (host: string): string {
  const name = host.replace(/:\d*$/, '')
  return name.startsWith('[') && name.endsWith(']') ? name.slice(1, -1) : name
}

function formatHierarchy (url: GoUrl, isFirst: boolean): string {
  let text = ''
  if (url.scheme !== '' || url.host !== '' || url.userinfo !== undefined) {
    if (url.host !== '' || url.path !== '' || url.userinfo !== undefined) text += '//'
    if (url.userinfo !== undefined) text += `${url.userinfo}@`
    text += escapeUrl(url.host, 'host')
  }
  const path = escapedPath(url)
  if (path !== '' && !path.startsWith('/') && url.host !== '') text += '/'
  // A first segment with a colon would be read as a scheme.
  if (isFirst && text === '' && (path.split('/')[0] ?? '').includes(':')) text += './'
  return text + path
}

function escapedPath (url: GoUrl): string {
  if (url.rawPath !== '' && isEncoded(url.rawPath, 'path') && unescapeUrl(url.rawPath, 'path') === url.path) return url.rawPath
  return url.path === '*' ? '*' : escapeUrl(url.path, 'path')
}

function isEncoded (text: string, part: UrlPart): boolean {
  return Array.from(text).every(character => /^[!$&'()*+,;=:@[\]%]$/.test(character) || (character <= '\x7f' && !mustEscape(character, part)))
}

function named<T> (text: string, parse: () => T): T {
  try {
    return parse()
  } catch (error) {
    if (error instanceof SprigError) throw new SprigError('syntax', `parse ${quote(text)}: ${error.message}`, { cause: error })
    throw error
  }
}

const empty: GoUrl = { scheme: '', opaque: '', userinfo: undefined, host: '', path: '', rawPath: '', query: '', fragment: '' }

function parseFront (text: string): GoUrl {
  if (/[\0-\x1f\x7f]/.test(text)) throw new SprigError('syntax', 'net/url: invalid control character in URL')
  if (text === '*') return { ...empty, path: '*' }
  const { scheme, rest } = splitScheme(text)
  const mark = rest.indexOf('?')
  const query = mark === -1 ? '' : rest.slice(mark + 1)
  const hierarchy = mark === -1 ? rest : rest.slice(0, mark)
  if (!hierarchy.startsWith('/')) {
    if (scheme !== '') return { ...empty, scheme, opaque: hierarchy, query }
    if ((hierarchy.split('/')[0] ?? '').includes(':')) throw new SprigError('syntax', 'first path segment in URL cannot contain colon')
  }
  return { ...empty, scheme, query, ...parseHierarchy(scheme, hierarchy) }
}

function splitScheme (text: string): { scheme: string, rest: string } {
  if (text.startsWith(':')) throw new SprigError('syntax', 'missing protocol scheme')
  const match = /^([a-zA-Z][a-zA-Z0-9+\-.]*):/.exec(text)
  return match === null ? { scheme: '', rest: text } : { scheme: (match[1] ?? '').toLowerCase(), rest: text.slice(match[0].length) }
}

function parseHierarchy (scheme: string, text: string): Partial<GoUrl> {
  const hasAuthority = text.startsWith('//') && (scheme !== '' || !text.startsWith('///'))
  if (!hasAuthority) return parsePath(text)
  const slash = text.indexOf('/', 2)
  const authority = text.slice(2, slash === -1 ? undefined : slash)
  const at = authority.lastIndexOf('@')
  const host = parseHost(scheme, authority.slice(at + 1))
  const userinfo = at === -1 ? undefined : parseUserinfo(authority.slice(0, at))
  return { host, userinfo, ...parsePath(slash === -1 ? '' : text.slice(slash)) }
}

function parsePath (text: string): Partial<GoUrl> {
  const path = unescapeUrl(text, 'path')
  return { path, rawPath: escapeUrl(path, 'path') === text ? '' : text }
}

function parseUserinfo (text: string): string {
  if (!/^[A-Za-z0-9\-._:~!$&'()*+,;=%@]*$/.test(text)) throw new SprigError('syntax', 'net/url: invalid userinfo')
  const colon = text.indexOf(':')
  const parts = colon === -1 ? [text] : [text.slice(0, colon), text.slice(colon + 1)]
  return parts.map(part => escapeUrl(unescapeUrl(part, 'userinfo'), 'userinfo')).join(':')
}

function parseHost (scheme: string, host: string): string {
  const bracket = host.lastIndexOf('[')
  if (bracket > 0) throw new SprigError('syntax', 'invalid IP-literal')
  if (bracket === 0) return parseLiteral(host)
  const strict = scheme === 'http' || scheme === 'https'
  const colon = strict ? host.indexOf(':') : host.lastIndexOf(':')
  if (colon !== -1) checkPort(host.slice(colon))
  return unescapeUrl(host, 'host')
}

/** `[2001:db8::1%25zone]:80` */
function parseLiteral (host: string): string {
  const close = host.lastIndexOf(']')
  if (close === -1) throw new SprigError('syntax', "missing ']' in host")
  const port = host.slice(close + 1)
  checkPort(port)
  const name = host.slice(1, close)
  const zone = name.indexOf('%25')
  const address = zone === -1
    ? unescapeUrl(name, 'host')
    : unescapeUrl(name.slice(0, zone), 'host') + unescapeUrl(name.slice(zone), 'zone')
  if (!isIPv6(address)) throw new SprigError('syntax', 'invalid IP-literal')
  return `[${address}]${port}`
}

function checkPort (port: string): void {
  if (port !== '' && !/^:\d*$/.test(port)) throw new SprigError('syntax', `invalid port ${quote(port)} after host`)
}
