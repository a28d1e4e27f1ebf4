import { quoteRune } from '../../../go/strconv.js'
import { messageOf } from '../../../errors.js'
import { bytesOf, checkIpv4, checkIpv6 } from './addresses.js'
import { FormatError } from './format-error.js'

/** Labels of letters, digits and hyphens (RFC 1123). @throws {FormatError} */
export function checkHostname (text: string): void {
  const name = text.endsWith('.') ? text.slice(0, -1) : text
  if (bytesOf(name) > 253) throw new FormatError('more than 253 characters long')
  for (const label of name.split('.')) {
    const length = bytesOf(label)
    if (length < 1 || length > 63) throw new FormatError('label must be 1 to 63 characters long')
    if (label.startsWith('-')) throw new FormatError('label starts with hyphen')
    if (label.endsWith('-')) throw new FormatError('label ends with hyphen')
    requireCharacters(label, /[a-zA-Z0-9-]/)
  }
}

/** A mailbox at a domain, or at an address in brackets. @throws {FormatError} */
export function checkEmail (text: string): void {
  if (bytesOf(text) > 254) throw new FormatError('more than 255 characters long')
  const at = text.lastIndexOf('@')
  if (at === -1) throw new FormatError('missing @')
  checkMailbox(text.slice(0, at))
  checkDomain(text.slice(at + 1))
}

/** Complains of the first character that is not of a class. */
export function requireCharacters (text: string, allowed: RegExp, where = ''): void {
  for (const character of text) {
    if (!allowed.test(character)) throw new FormatError(`invalid character ${quoteRune(character.codePointAt(0) ?? 0)}${where}`)
  }
}

function checkMailbox (local: string): void {
  if (bytesOf(local) > 64) throw new FormatError('local part more than 64 characters long')
  if (local.length > 1 && local.startsWith('"') && local.endsWith('"')) {
    if (/[\\"]/.test(local.slice(1, -1))) throw new FormatError('backslash and quote are not allowed within quoted local part')
    return
  }
  if (local.startsWith('.')) throw new FormatError('starts with dot')
  if (local.endsWith('.')) throw new FormatError('ends with dot')
  if (local.includes('..')) throw new FormatError('consecutive dots')
  requireCharacters(local, /[a-zA-Z0-9.!#$%&'*+\-/=?^_`{|}~]/)
}

function checkDomain (domain: string): void {
  if (!domain.startsWith('[') || !domain.endsWith(']')) {
    within('invalid domain', () => { checkHostname(domain) })
    return
  }
  const address = domain.slice(1, -1)
  if (address.startsWith('IPv6:')) within('invalid ipv6 address', () => { checkIpv6(address.slice('IPv6:'.length)) })
  else within('invalid ipv4 address', () => { checkIpv4(address) })
}

/** Says of which part something is wrong. */
export function within (part: string, check: () => void): void {
  try {
    check()
  } catch (error) {
    if (error instanceof FormatError) throw new FormatError(`${part}: ${messageOf(error)}`, { cause: error })
    throw error
  }
}
