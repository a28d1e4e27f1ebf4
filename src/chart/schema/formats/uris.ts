import { messageOf } from '../../../errors.js'
import { SprigError } from '../../../sprig/errors.js'
import { hostnameOf, parseUrl, type GoUrl } from '../../../sprig/url.js'
import { unescapeUrl } from '../../../sprig/url-escape.js'
import { checkIpv6 } from './addresses.js'
import { FormatError } from './format-error.js'
import { within } from './names.js'

/** An absolute URI, as Go's net/url reads it. @throws {FormatError} */
export function checkUri (text: string): void {
  if (parse(text).scheme === '') throw new FormatError('relative url')
}

/** A URI or a reference to one. @throws {FormatError} */
export function checkUriReference (text: string): void {
  if (text.includes('\\')) throw new FormatError('contains \\')
  parse(text)
}

/** A URI with names in braces in its path. @throws {FormatError} */
export function checkUriTemplate (text: string): void {
  for (const segment of parse(text).rawPath.split('/')) {
    const braces = Array.from(unescapeUrl(segment, 'path')).filter(character => character === '{' || character === '}')
    if (braces.some((brace, index) => brace !== (index % 2 === 0 ? '{' : '}'))) throw new FormatError('nested curly braces')
    if (braces.length % 2 === 1) throw new FormatError('no matching closing brace')
  }
}

function parse (text: string): GoUrl {
  const url = parsed(text)
  const host = hostnameOf(url.host)
  if (!host.includes(':')) return url
  if (!url.host.includes('[') || !url.host.includes(']')) throw new FormatError('ipv6 address not enclosed in brackets')
  within('invalid ipv6 address', () => { checkIpv6(host) })
  return url
}

function parsed (text: string): GoUrl {
  try {
    return parseUrl(text)
  } catch (error) {
    if (error instanceof SprigError) throw new FormatError(messageOf(error), { cause: error })
    throw error
  }
}
