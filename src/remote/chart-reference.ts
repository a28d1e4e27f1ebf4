import { RemoteError } from './errors.js'

/** How a chart may be named: by a URL, or by a configured repository's name and the chart's. */
export type ChartReference =
  | { readonly kind: 'url', readonly url: URL }
  | { readonly kind: 'repository', readonly repository: string, readonly chart: string }

/**
 * Reads the reference of a chart that is no local path, cut as Go's net/url cuts it.
 *
 * @param text such as `https://example.com/web-1.0.0.tgz` or `stable/web`
 * @throws {RemoteError} invalid-url, or invalid-reference for a text that is neither
 */
export function parseChartReference (text: string): ChartReference {
  const parts = /^(?:([a-z][a-z0-9+.-]*):)?(?:\/\/([^/?#]*))?([^?#]*)/i.exec(text)
  const [scheme = '', host = '', path = ''] = parts === null ? [] : parts.slice(1)
  if (/[\x00-\x1f\x7f]/.test(text) || /%(?![0-9a-f]{2})/i.test(path)) throw invalid(text)
  if (scheme !== '' && host !== '' && path !== '') {
    if (!URL.canParse(text)) throw invalid(text)
    return { kind: 'url', url: new URL(text) }
  }
  if (scheme === '' && /^[^/]*:/.test(path)) throw invalid(text)
  const opaque = scheme !== '' && !path.startsWith('/')
  const slash = opaque ? -1 : path.indexOf('/')
  if (slash < 0) throw new RemoteError('invalid-reference', `non-absolute URLs should be in form of repo_name/path_to_chart, got: ${text}`)
  return { kind: 'repository', repository: unescaped(path.slice(0, slash), text), chart: unescaped(path.slice(slash + 1), text) }
}

function unescaped (part: string, text: string): string {
  try {
    return decodeURIComponent(part)
  } catch (error) {
    throw new RemoteError('invalid-url', `invalid chart URL format: ${text}`, { cause: error })
  }
}

function invalid (text: string): RemoteError {
  return new RemoteError('invalid-url', `invalid chart URL format: ${text}`)
}
