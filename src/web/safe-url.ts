declare const checked: unique symbol

/** A URL that may stand in `href` or `src`: the element builder takes no other. */
export type SafeUrl = string & { readonly [checked]: true }

const linkProtocols = new Set(['https:', 'http:'])
const image = /^data:image\/[a-z0-9.+-]+[;,]/i
const address = /^[^\s@?&"<>:]+@[^\s@?&"<>:]+$/

/**
 * A link to what a chart names: only `https:` and `http:`, so never `javascript:` or `data:`.
 *
 * @param text from a chart
 * @param base what a relative URL is relative to; without it a relative one is no link
 */
export function linkUrl (text: string, base?: string): SafeUrl | undefined {
  const url = parse(text, base)
  return url !== undefined && linkProtocols.has(url.protocol) ? url.href as SafeUrl : undefined
}

/**
 * The URL of a chart's icon: `https:`, or an image within a `data:` URL. `http:` is left out, as it would tell the network what is looked at.
 *
 * @param text from a chart
 */
export function iconUrl (text: string): SafeUrl | undefined {
  const url = parse(text)
  if (url === undefined) return undefined
  return url.protocol === 'https:' || image.test(url.href) ? url.href as SafeUrl : undefined
}

/** A link that writes to somebody; none for what is no plain address. */
export function mailUrl (text: string): SafeUrl | undefined {
  return address.test(text) ? `mailto:${text}` as SafeUrl : undefined
}

/** A link within the page, made of a fragment that the caller has encoded. */
export function fragmentUrl (fragment: string): SafeUrl {
  return `#${fragment}` as SafeUrl
}

function parse (text: string, base?: string): URL | undefined {
  return URL.canParse(text, base) ? new URL(text, base) : undefined
}
