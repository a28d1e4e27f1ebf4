import { encode } from '../../go/bytes.js'
import { SprigError } from '../../sprig/errors.js'
import { isIPv6 } from '../../sprig/ip.js'
import { parseUrl, type GoUrl } from '../../sprig/url.js'

const letters = 'a-zA-Z\\u00a0-\\ud7ff\\uf900-\\ufdcf\\ufdf0-\\uffef'
const atom = new RegExp(`^[${letters}\\d!#$%&'*+\\-/=?^_\`{|}~]+$`)
const quoted = /^"(?:[^"\\\r\n]|\\[\x01-\x7f])*"$/
const label = new RegExp(`^[${letters}\\d](?:[${letters}\\d._~-]*[${letters}\\d])?$`)
const lastLabel = new RegExp(`^[${letters}](?:[${letters}\\d_~-]*[${letters}])?$`)

/** Whether Helm takes a text for a mailbox: a local part, and a domain of at least two labels, the last of which starts and ends with a letter. */
export function isEmail (text: string): boolean {
  const at = text.lastIndexOf('@')
  const local = text.slice(0, at)
  const labels = text.slice(at + 1).replace(/\.$/, '').split('.')
  if (at < 1 || labels.length < 2) return false
  const isLocal = quoted.test(local) || local.split('.').every(part => atom.test(part))
  return isLocal && labels.slice(0, -1).every(part => label.test(part)) && lastLabel.test(labels.at(-1) ?? '')
}

/** Whether Helm takes a text for an address that a request can go to: any with a scheme. */
export function isRequestUrl (text: string): boolean {
  const url = text === '' ? undefined : parsed(text)
  return url !== undefined && url.scheme !== ''
}

/** What a maintainer's address may be: with one of these schemes or none, a host with or without dots, a port, a path. */
const schemes = /^(?:ftp|tcp|udp|wss?|https?):\/\//
const host = /^(?:www\.)?[a-zA-Z0-9\u00a1-\uffff](?:[a-zA-Z0-9\u00a1-\uffff._-]*[a-zA-Z0-9\u00a1-\uffff])?\.?$/

/** Whether Helm takes a text for the address of a maintainer. */
export function isUrl (text: string): boolean {
  if (encode(text).length <= 3 || Array.from(text).length >= 2083 || text.startsWith('.') || /\s/.test(text)) return false
  const url = parsed(text.includes(':') && !text.includes('://') ? `http://${text}` : text)
  if (url === undefined || url.host.startsWith('.') || (url.host === '' && url.path !== '' && !url.path.includes('.'))) return false
  const rest = text.replace(schemes, '')
  const authority = /^[^/?#]*/.exec(rest)?.[0] ?? ''
  return isHost(authority.slice(authority.lastIndexOf('@') + 1).replace(/:\d{1,5}$/, ''))
}

function isHost (text: string): boolean {
  return text.startsWith('[') && text.endsWith(']') ? isIPv6(text.slice(1, -1)) : host.test(text)
}

function parsed (text: string): GoUrl | undefined {
  try {
    return parseUrl(text)
  } catch (error) {
    if (error instanceof SprigError) return undefined
    throw error
  }
}
