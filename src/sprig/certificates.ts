import { Buffer } from 'node:buffer'
import type { KeyObject } from 'node:crypto'
import { messageOf } from '../errors.js'
import { decode, encode } from '../go/bytes.js'
import { WorkError } from '../go/errors.js'
import { formatValue } from '../go/fmt.js'
import { GoObject, type List, type Value } from '../go/value.js'
import { work } from '../go/work.js'
import { decodeBase64 } from './base.js'
import { createCertificate, readSubject, type Issuer } from './certificate.js'
import { define, type FunctionTable } from './define.js'
import { SprigError } from './errors.js'
import { parseIp } from './ip.js'
import { nodeCrypto } from './node-crypto.js'
import { decodePem, encodePem } from './pem.js'
import { generatePrivateKey, generateRsaKey, parsePrivateKey, privateKeyPem } from './private-key.js'
import type { Sources } from './sources.js'

const day = 86_400_000

/** What a certificate is asked for by. */
interface Names {
  readonly commonName: string
  readonly ips?: List
  readonly dnsNames?: List
  readonly days: number
}

/**
 * Sprig's functions that make certificates and private keys.
 *
 * @param sources the clock that certificates begin at, and the random bytes of their serial numbers; keys come from the runtime's own generator
 * @returns the functions
 */
export function certificateFunctions ({ clock, random }: Pick<Sources, 'clock' | 'random'>): FunctionTable {
  const make = (names: Names, key: KeyObject, role: { authority?: boolean, issuer?: Issuer } = {}): CertificateObject => {
    const now = Math.floor(clock().getTime() / 1000) * 1000
    const certificate = createCertificate({
      commonName: names.commonName,
      ips: addresses(names.ips ?? []),
      dnsNames: hostNames(names.dnsNames ?? []),
      isAuthority: role.authority === true,
      notBefore: new Date(now),
      notAfter: new Date(now + names.days * day),
      serial: BigInt(`0x${Buffer.from(random(16)).toString('hex')}`),
      key,
      ...(role.issuer === undefined ? {} : { issuer: role.issuer })
    })
    return new CertificateObject(encodePem('CERTIFICATE', certificate), privateKeyPem(key))
  }
  const rsa = (): KeyObject => generateRsaKey(2048)
  const given = (pem: string): KeyObject => prefixed('parsing private key: ', () => parsePrivateKey(pem))
  return new Map([
    ['genPrivateKey', define(['string'], generatePrivateKey)],
    ['genCA', define(['string', 'int'], (commonName, days) => make({ commonName, days }, rsa(), { authority: true }))],
    ['genCAWithKey', define(['string', 'int', 'string'], (commonName, days, key) => make({ commonName, days }, given(key), { authority: true }))],
    ['genSelfSignedCert', define(['string', 'list', 'list', 'int'], (commonName, ips, dnsNames, days) =>
      make({ commonName, ips, dnsNames, days }, rsa()))],
    ['genSelfSignedCertWithKey', define(['string', 'list', 'list', 'int', 'string'], (commonName, ips, dnsNames, days, key) =>
      make({ commonName, ips, dnsNames, days }, given(key)))],
    ['genSignedCert', define(['string', 'list', 'list', 'int', 'sprig.certificate'], (commonName, ips, dnsNames, days, authority) =>
      make({ commonName, ips, dnsNames, days }, rsa(), { issuer: issuerOf(authority) }))],
    ['genSignedCertWithKey', define(['string', 'list', 'list', 'int', 'sprig.certificate', 'string'], (commonName, ips, dnsNames, days, authority, key) =>
      make({ commonName, ips, dnsNames, days }, given(key), { issuer: issuerOf(authority) }))],
    ['buildCustomCert', define(['string', 'string'], buildCustomCertificate)]
  ])
}

/** A certificate with its key, both in PEM: `.Cert` and `.Key`. */
class CertificateObject extends GoObject {
  readonly goType = 'sprig.certificate'
  readonly goKind = 'struct'
  readonly cert: string
  readonly key: string

  constructor (cert: string, key: string) {
    super()
    this.cert = cert
    this.key = key
  }

  override field (name: string): Value | undefined {
    if (name === 'Cert') return this.cert
    return name === 'Key' ? this.key : undefined
  }

  override fields (): ReadonlyArray<readonly [name: string, value: Value]> {
    return [['Cert', this.cert], ['Key', this.key]]
  }
}

function addresses (ips: List): string[] {
  return ips.map(ip => {
    if (typeof ip !== 'string') throw new SprigError('type', `error parsing ip: ${formatValue(ip)} is not a string`)
    if (parseIp(ip) === undefined) throw new SprigError('syntax', `error parsing ip: ${ip}`)
    return ip
  })
}

function hostNames (names: List): string[] {
  return names.map(name => {
    if (typeof name !== 'string') throw new SprigError('type', `error processing alternate dns name: ${formatValue(name)} is not a string`)
    return name
  })
}

function issuerOf (authority: Value): Issuer {
  if (!(authority instanceof CertificateObject)) throw new SprigError('type', 'wrong type for value; expected sprig.certificate')
  const block = decodePem(authority.cert)
  if (block === undefined) throw new SprigError('syntax', 'unable to decode certificate')
  const subject = prefixed('error parsing certificate: decodedSignerCert.Bytes: ', () => readSubject(block.bytes))
  return { ...subject, key: prefixed('error parsing private key: ', () => parsePrivateKey(authority.key)) }
}

/** Takes a certificate and a key that the user has made, both in PEM within base64, once they can be read. */
function buildCustomCertificate (certificate: string, key: string): CertificateObject {
  work(certificate.length + 10_000)
  const cert = fromBase64(certificate, 'certificate')
  const keyPem = fromBase64(key, 'private key')
  const block = decodePem(cert)
  if (block === undefined) throw new SprigError('syntax', 'unable to decode certificate')
  prefixed('error parsing certificate: decodedCert.Bytes: ', () => new (nodeCrypto().X509Certificate)(Buffer.from(block.bytes)))
  prefixed('error parsing private key: ', () => parsePrivateKey(keyPem))
  return new CertificateObject(cert, keyPem)
}

function fromBase64 (text: string, what: string): string {
  try {
    return decode(decodeBase64(encode(text)))
  } catch (error) {
    throw new SprigError('syntax', `unable to decode base64 ${what}`, { cause: error })
  }
}

function prefixed<T> (prefix: string, attempt: () => T): T {
  try {
    return attempt()
  } catch (error) {
    if (error instanceof WorkError) throw error
    throw new SprigError('syntax', prefix + messageOf(error), { cause: error })
  }
}
