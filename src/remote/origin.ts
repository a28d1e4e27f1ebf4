import type { Access } from './getter.js'

/**
 * Whether an identity that was given for one URL may be shown to another: only to the same scheme, host and port, unless the user
 * passes credentials to everyone (Helm's rule; Helm shows a client certificate to every host, which this forbids too).
 *
 * @param url what is about to be fetched
 * @param access what was given, and for whom
 */
export function mayIdentify (url: URL, access: Access): boolean {
  if (access.passCredentials === true) return true
  return URL.canParse(access.origin) && sameOrigin(url, new URL(access.origin))
}

/** Whether two URLs name the same scheme, host and port. */
export function sameOrigin (a: URL, b: URL): boolean {
  return a.protocol === b.protocol && a.host === b.host
}

/**
 * The Authorization header for a request, from the access's name and password or from the URL's own.
 *
 * @returns undefined when there is none to show; like Helm's, an access without a password shows nothing
 */
export function authorization (url: URL, access: Access): string | undefined {
  const { username = '', password = '' } = access
  if (username !== '' && password !== '' && mayIdentify(url, access)) return basic(username, password)
  return url.username === '' ? undefined : basic(decoded(url.username), decoded(url.password))
}

/** The URL as people may see it: with its password replaced. */
export function redacted (url: URL): string {
  if (url.password === '') return url.href
  const shown = new URL(url)
  shown.password = 'xxxxx'
  return shown.href
}

/** Like redacted, for a text that may be no URL. */
export function redactedText (text: string): string {
  return text.replace(/^([a-z][a-z0-9+.-]*:\/\/[^/?#@:]*):[^/?#@]*@/i, '$1:xxxxx@')
}

function basic (username: string, password: string): string {
  return `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`
}

/** A part of a URL without its percent escapes; as it stands when they are broken. */
function decoded (part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}
