import { Buffer } from 'node:buffer'
import type { KeyObject } from 'node:crypto'
import { encode } from '../go/bytes.js'
import { der, derInteger, derOid, readDer, tags, type DerNode } from './der.js'
import { SprigError } from './errors.js'
import { subjectAlternativeNames } from './alternative-names.js'
import { nodeCrypto } from './node-crypto.js'
import { countSigning } from './private-key.js'

/** What a certificate says, and who signs it. */
export interface CertificateRequest {
  readonly commonName: string
  readonly ips: readonly string[]
  readonly dnsNames: readonly string[]
  readonly isAuthority: boolean
  readonly notBefore: Date
  readonly notAfter: Date
  readonly serial: bigint
  /** The key of the certificate's subject. */
  readonly key: KeyObject
  /** Who signs; the subject itself unless given. */
  readonly issuer?: Issuer
}

/** The certificate and key of an authority. */
export interface Issuer {
  /** The subject's name, in DER. */
  readonly name: Uint8Array
  readonly keyId: Uint8Array | undefined
  readonly key: KeyObject
}

/**
 * Makes an X.509 certificate (RFC 5280) with the fields and extensions, and in the order, of Go's x509.CreateCertificate.
 *
 * @param request what it says
 * @returns the certificate, in DER
 * @throws {SprigError} code `syntax` for a name or address that cannot be written, code `type` for a key that cannot sign
 */
export function createCertificate (request: CertificateRequest): Uint8Array {
  const subject = nameOf(request.commonName)
  const issuer = request.issuer ?? { name: subject, keyId: undefined, key: request.key }
  const algorithm = signatureAlgorithm(issuer.key)
  countSigning(issuer.key)
  const publicKey = nodeCrypto().createPublicKey(request.key).export({ type: 'spki', format: 'der' })
  const body = der(tags.sequence,
    der(0xa0, derInteger(2n)),
    derInteger(request.serial),
    algorithm.identifier,
    issuer.name,
    der(tags.sequence, timeOf(request.notBefore), timeOf(request.notAfter)),
    subject,
    publicKey,
    der(0xa3, der(tags.sequence, ...extensions(request, subject, publicKey))))
  const signature = nodeCrypto().sign(algorithm.digest, body, issuer.key)
  return der(tags.sequence, body, algorithm.identifier, bitString(signature))
}

/**
 * What a certificate says of its subject, for certificates that it signs.
 *
 * @param certificate DER
 * @returns the subject's name and key identifier
 * @throws {SprigError} code `syntax` when it is no certificate
 */
export function readSubject (certificate: Uint8Array): Pick<Issuer, 'name' | 'keyId'> {
  const [body] = children(readDer(certificate)[0])
  const fields = children(body)
  const offset = fields[0]?.tag === 0xa0 ? 1 : 0
  const name = fields[offset + 4]
  if (name?.tag !== tags.sequence) throw new SprigError('syntax', 'x509: malformed certificate')
  const found = children(children(fields.find(field => field.tag === 0xa3))[0])
    .find(extension => Buffer.compare(children(extension)[0]?.whole ?? new Uint8Array(), derOid(subjectKeyId)) === 0)
  const value = found === undefined ? undefined : children(found).at(-1)
  return { name: name.whole, keyId: value === undefined ? undefined : readDer(value.content)[0]?.content }
}

const subjectKeyId = '2.5.29.14'

function children (node: DerNode | undefined): DerNode[] {
  return node === undefined ? [] : readDer(node.content)
}

/** A name of one part; PrintableString where that can hold it. */
function nameOf (commonName: string): Uint8Array {
  if (commonName === '') return der(tags.sequence)
  const tag = /^[A-Za-z0-9 '()+,\-./:=?]*$/.test(commonName) ? tags.printableString : tags.utf8String
  return der(tags.sequence, der(tags.set, der(tags.sequence, derOid('2.5.4.3'), der(tag, encode(commonName)))))
}

/** UTCTime up to 2049, GeneralizedTime from then on. */
function timeOf (date: Date): Uint8Array {
  const year = date.getUTCFullYear()
  if (!(year >= 0 && year <= 9999)) throw new SprigError('syntax', 'error creating certificate: asn1: structure error: cannot represent time as GeneralizedTime')
  const digits = date.toISOString().replace(/\.\d+/, '').replace(/[-:T]/g, '')
  return year >= 1950 && year < 2050 ? der(tags.utcTime, encode(digits.slice(2))) : der(tags.generalizedTime, encode(digits))
}

function extensions (request: CertificateRequest, subject: Uint8Array, publicKey: Uint8Array): Uint8Array[] {
  const serverAndClient = der(tags.sequence, derOid('1.3.6.1.5.5.7.3.1'), derOid('1.3.6.1.5.5.7.3.2'))
  const yes = der(tags.boolean, Uint8Array.of(0xff))
  const found = [
    // Digital signature and key encipherment, and of an authority the signing of certificates.
    extension('2.5.29.15', der(tags.bitString, request.isAuthority ? Uint8Array.of(2, 0xa4) : Uint8Array.of(5, 0xa0)), true),
    extension('2.5.29.37', serverAndClient, false),
    extension('2.5.29.19', request.isAuthority ? der(tags.sequence, yes) : der(tags.sequence), true)
  ]
  if (request.isAuthority) found.push(extension(subjectKeyId, der(tags.octetString, keyIdOf(publicKey)), false))
  const { issuer } = request
  if (issuer?.keyId !== undefined && Buffer.compare(issuer.name, subject) !== 0) {
    found.push(extension('2.5.29.35', der(tags.sequence, der(0x80, issuer.keyId)), false))
  }
  const names = subjectAlternativeNames(request.dnsNames, request.ips)
  if (names !== undefined) found.push(extension('2.5.29.17', names, request.commonName === ''))
  return found
}

function extension (id: string, value: Uint8Array, critical: boolean): Uint8Array {
  const mark = critical ? der(tags.boolean, Uint8Array.of(0xff)) : new Uint8Array()
  return der(tags.sequence, derOid(id), mark, der(tags.octetString, value))
}

/** RFC 7093, method 1: the left half of a digest of the key's bits. */
function keyIdOf (publicKey: Uint8Array): Uint8Array {
  const bits = children(readDer(publicKey)[0])[1]?.content.subarray(1) ?? new Uint8Array()
  return nodeCrypto().createHash('sha256').update(bits).digest().subarray(0, 20)
}

function signatureAlgorithm (key: KeyObject): { identifier: Uint8Array, digest: string | undefined } {
  switch (key.asymmetricKeyType) {
    case 'rsa':
      return { identifier: der(tags.sequence, derOid('1.2.840.113549.1.1.11'), Uint8Array.of(0x05, 0x00)), digest: 'sha256' }
    case 'ed25519':
      return { identifier: der(tags.sequence, derOid('1.3.101.112')), digest: undefined }
    case 'ec':
      return ecdsaAlgorithm(key.asymmetricKeyDetails?.namedCurve)
    default:
      throw new SprigError('type', 'error creating certificate: x509: certificate private key does not implement crypto.Signer')
  }
}

function ecdsaAlgorithm (curve: string | undefined): { identifier: Uint8Array, digest: string } {
  const [last, digest] = curve === 'secp521r1' ? [4, 'sha512'] as const : curve === 'secp384r1' ? [3, 'sha384'] as const : [2, 'sha256'] as const
  return { identifier: der(tags.sequence, derOid(`1.2.840.10045.4.3.${last}`)), digest }
}

function bitString (bytes: Uint8Array): Uint8Array {
  return der(tags.bitString, Uint8Array.of(0), bytes)
}
