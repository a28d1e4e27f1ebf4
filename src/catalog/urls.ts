/** How the server is reached, as far as URLs in the index depend on it. */
export interface UrlOptions {
  /** The base of absolute URLs, such as `https://charts.example.com`. */
  readonly chartUrl?: string
  /** The path that the server answers below, such as `/charts`. */
  readonly contextPath?: string
}

/**
 * The URL of an archive that stands in its record: relative to the index.
 *
 * Characters that would end the path of a URL, or begin an escape, are escaped; others stay as ChartMuseum has them (`+` above all).
 */
export function relativeUrl (fileName: string): string {
  return `charts/${fileName.replaceAll(/[%?#]/g, character => `%${character.charCodeAt(0).toString(16).toUpperCase()}`)}`
}

/**
 * What a tenant's relative URLs get in front of them in an answer, as ChartMuseum's `--chart-url` has it: base, context path and tenant.
 *
 * @returns '' when URLs are to stay relative
 */
export function urlPrefix (tenant: string, { chartUrl, contextPath = '' }: UrlOptions): string {
  if (chartUrl === undefined || chartUrl === '') return ''
  return `${chartUrl.replace(/\/$/, '')}${contextPath}${tenant === '' ? '' : `/${tenant}`}/`
}
