import { quote } from '../go/strconv.js'
import { encode } from '../go/bytes.js'
import { der, tags } from './der.js'
import { SprigError } from './errors.js'
import { parseIp } from './ip.js'

/**
 * The subject alternative names of a certificate (RFC 5280, section 4.2.1.6).
 *
 * @param dnsNames names of hosts
 * @param ips addresses
 * @returns the extension's value, in DER; undefined when there are none
 * @throws {SprigError} code `syntax` for a name beyond ASCII, or what is no address
 */
export function subjectAlternativeNames (dnsNames: readonly string[], ips: readonly string[]): Uint8Array | undefined {
  if (dnsNames.length + ips.length === 0) return undefined
  return der(tags.sequence, ...dnsNames.map(dnsName), ...ips.map(ip => der(0x87, parseIp(ip) ?? new Uint8Array())))
}

function dnsName (name: string): Uint8Array {
  if (!/^[\0-\x7f]*$/.test(name)) {
    throw new SprigError('syntax', `error creating certificate: x509: ${quote(name)} cannot be encoded as an IA5String`)
  }
  return der(0x82, encode(name))
}
