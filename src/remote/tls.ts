import { X509Certificate } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { createSecureContext } from 'node:tls'
import type { Access } from './getter.js'
import { RemoteError } from './errors.js'
import { mayIdentify } from './origin.js'
import type { Environment } from './proxy.js'
import { messageOf } from '../errors.js'

/** What a TLS connection is made with, as node:tls takes it. */
export interface TlsOptions {
  readonly ca?: string
  readonly cert?: string
  readonly key?: string
  readonly rejectUnauthorized?: boolean
}

/** Where Go, and so Helm, finds the system's authorities on Linux and the BSDs; the first that exists counts. */
const systemBundles = [
  '/etc/ssl/certs/ca-certificates.crt',
  '/etc/pki/tls/certs/ca-bundle.crt',
  '/etc/ssl/ca-bundle.pem',
  '/etc/pki/tls/cacert.pem',
  '/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem',
  '/etc/ssl/cert.pem',
  '/usr/local/etc/ssl/cert.pem'
]

/**
 * What a request to a URL may show and whom it trusts. The client certificate and the wish to skip checks are only for the
 * access's origin (see mayIdentify); the authorities of `caFile` hold for every host.
 *
 * @param url what is about to be fetched
 * @param access the files named by the user
 * @param system the system's authorities (see systemAuthorities), for accesses that name none
 * @throws {RemoteError} tls, when a file is missing or is not what it should be
 */
export async function tlsOptions (url: URL, access: Access, system: () => Promise<string | undefined>): Promise<TlsOptions> {
  const { certFile = '', keyFile = '', caFile = '', insecureSkipTlsVerify = false } = access
  const identify = mayIdentify(url, access)
  const ca = caFile === '' ? await system() : await readAuthorities(caFile)
  const identity = identify && certFile !== '' && keyFile !== '' ? await readIdentity(certFile, keyFile) : {}
  return { ...(ca === undefined ? {} : { ca }), ...identity, ...(identify && insecureSkipTlsVerify ? { rejectUnauthorized: false } : {}) }
}

/**
 * The authorities that the system trusts, read once, when first asked for: the file of `SSL_CERT_FILE`, or the first of the places where
 * Go looks, and what NODE_EXTRA_CA_CERTS adds. Node's own list serves where there is none (macOS, Windows).
 *
 * @param env the environment's variables
 * @returns gives PEM text, or undefined for Node's own list
 */
export function systemAuthorities (env: Environment): () => Promise<string | undefined> {
  let found: Promise<string | undefined> | undefined
  return () => (found ??= readSystemAuthorities(env))
}

async function readSystemAuthorities (env: Environment): Promise<string | undefined> {
  const named = env['SSL_CERT_FILE'] ?? ''
  const bundle = await firstReadable(named === '' ? systemBundles : [named])
  const extra = env['NODE_EXTRA_CA_CERTS'] ?? ''
  if (bundle === undefined || extra === '') return bundle
  return `${bundle}\n${await firstReadable([extra]) ?? ''}`
}

/** The text of the first file that can be read: one that cannot is passed over, as Go passes it over. */
async function firstReadable (paths: readonly string[]): Promise<string | undefined> {
  for (const path of paths) {
    const text = await readFile(path, 'utf8').catch(() => undefined)
    if (text !== undefined) return text
  }
  return undefined
}

async function readAuthorities (path: string): Promise<string> {
  const text = await readPem(path, 'CA file')
  try {
    // Node takes a bundle without a single certificate and then trusts nobody.
    return new X509Certificate(text).serialNumber === '' ? '' : text
  } catch (error) {
    throw new RemoteError('tls', `can't create TLS config for client: CA file ${path} holds no certificate: ${messageOf(error)}`, { cause: error })
  }
}

async function readIdentity (certFile: string, keyFile: string): Promise<{ cert: string, key: string }> {
  const identity = { cert: await readPem(certFile, 'certificate file'), key: await readPem(keyFile, 'key file') }
  try {
    createSecureContext(identity)
  } catch (error) {
    throw new RemoteError('tls', `can't create TLS config for client: ${certFile} and ${keyFile} are no certificate and its key: ${messageOf(error)}`, { cause: error })
  }
  return identity
}

async function readPem (path: string, what: string): Promise<string> {
  try {
    return await readFile(path, 'utf8')
  } catch (error) {
    throw new RemoteError('tls', `can't create TLS config for client: can't read ${what}: ${messageOf(error)}`, { cause: error })
  }
}
