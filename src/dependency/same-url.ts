import { posix } from 'node:path'

/**
 * Whether two texts name the same repository: their paths count as cleaned, so that a slash at the end makes no difference
 * (helm.sh/helm/v4 internal/urlutil Equal).
 *
 * @param a a URL
 * @param b another
 */
export function sameUrl (a: string, b: string): boolean {
  return normal(a) === normal(b)
}

function normal (url: string): string {
  const [, scheme = '', authority = '', path = '', rest = ''] = /^([a-z][a-z0-9+.-]*:)?(\/\/[^/?#]*)?([^?#]*)(.*)$/is.exec(url) ?? []
  const clean = posix.normalize(path === '' ? '/' : path)
  return scheme.toLowerCase() + authority + (clean.length > 1 ? clean.replace(/\/$/, '') : clean) + rest
}
