import { encode as encodeBytes } from '../../go/bytes.js'
import { quote } from '../../go/strconv.js'
import { messageOf } from '../../errors.js'
import { SprigError } from '../../sprig/errors.js'
import { escapeUrl, unescapeUrl } from '../../sprig/url-escape.js'
import { formatUrl, parseUrl, type GoUrl } from '../../sprig/url.js'
import { SchemaError } from './errors.js'

/** An address, and the fragment behind its `#`, unescaped. */
export interface Reference {
  readonly url: string
  readonly fragment: string
}

/**
 * Takes a reference apart.
 *
 * @throws {SchemaError} invalid-schema, for escapes that are none
 */
export function splitReference (reference: string): Reference {
  const [url, fragment] = splitAtHash(reference)
  return { url, fragment: attempt(reference, () => unescapeFragment(fragment)) }
}

/** The text before and behind the first `#`. */
export function splitAtHash (text: string): readonly [string, string] {
  const hash = text.indexOf('#')
  return hash === -1 ? [text, ''] : [text.slice(0, hash), text.slice(hash + 1)]
}

/**
 * A reference, seen from an address (Go's URL.ResolveReference).
 *
 * @throws {SchemaError} invalid-schema: `error in parsing "…": …`
 */
export function joinReference (base: string, reference: string): Reference {
  const { url, fragment } = splitReference(reference)
  const from = attempt(base, () => parseUrl(base))
  const to = attempt(url, () => parseUrl(url))
  return { url: formatUrl(resolve(from, to)), fragment }
}

/** Checks an address, as Go's url.Parse does. @throws {SprigError} syntax */
export function schemeOf (url: string): string {
  return parseUrl(url).scheme
}

/** A schema's location: its document's address, and the pointer to it, escaped. */
export function locationOf (url: string, pointer: string): string {
  return `${url}#${encodePointer(pointer)}`
}

/** A pointer as it stands in a fragment: all but the slashes escaped as Go's url.PathEscape does. */
export function encodePointer (pointer: string): string {
  return pointer.replace(/[^A-Za-z0-9\-_.~$&+=:@/]+/g, part => Array.from(encodeBytes(part), byte => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`).join(''))
}

/** An absolute reference keeps to itself, all others take over what they lack (RFC 3986, 5.2.2). */
function resolve (base: GoUrl, to: GoUrl): GoUrl {
  const scheme = to.scheme === '' ? base.scheme : to.scheme
  if (to.scheme !== '' || to.host !== '' || to.userinfo !== undefined) return { ...to, scheme, ...pathParts(resolvePath(rawPath(to), '')) }
  const query = to.path === '' && to.query === '' ? base.query : to.query
  if (base.opaque !== '') return { ...to, scheme, query, opaque: base.opaque, host: '', userinfo: undefined }
  return { ...to, scheme, query, host: base.host, userinfo: base.userinfo, ...pathParts(resolvePath(rawPath(base), rawPath(to))) }
}

function rawPath ({ path, rawPath }: GoUrl): string {
  return rawPath === '' ? escapeUrl(path, 'path') : rawPath
}

function pathParts (raw: string): Pick<GoUrl, 'path' | 'rawPath'> {
  const path = unescapeUrl(raw, 'path')
  return { path, rawPath: escapeUrl(path, 'path') === raw ? '' : raw }
}

function resolvePath (base: string, path: string): string {
  const full = path === '' ? base : path.startsWith('/') ? path : base.slice(0, base.lastIndexOf('/') + 1) + path
  if (full === '') return ''
  const parts = full.split('/')
  const kept: string[] = []
  for (const part of full.startsWith('/') ? parts.slice(1) : parts) {
    if (part === '..') kept.pop()
    else if (part !== '.') kept.push(part)
  }
  const last = parts.at(-1)
  if ((last === '.' || last === '..') && kept.length > 0) kept.push('')
  return `/${kept.join('/')}`
}

function unescapeFragment (text: string): string {
  return unescapeUrl(text, 'fragment')
}

function attempt<T> (text: string, parse: () => T): T {
  try {
    return parse()
  } catch (error) {
    if (error instanceof SprigError) throw new SchemaError('invalid-schema', `error in parsing ${quote(text)}: ${messageOf(error)}`, { cause: error })
    throw error
  }
}
