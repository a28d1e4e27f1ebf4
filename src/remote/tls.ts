import { X509Certificate } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { createSecureContext } from 'node:tls'
import type { Access } from './getter.js'
import { RemoteError } from './errors.js'
import { mayIdentify } from './origin.js'
import { pathError } from './path-error.js'
import type { Environment } from './proxy.js'
import { messageOf } from '../errors.js'
import { quote } from '../go/strconv.js'

/** What certificates are read with. */
export interface TlsSurroundings {
  /** Gives the system's authorities (see systemAuthorities), for accesses that name none. */
  readonly system: () => Promise<string | undefined>
  /** What relative paths start from. */
  readonly cwd: string
}

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
 * access's origin (see mayIdentify); the authorities of `caFile` hold for every host. The files must be good also where they are not needed.
 *
 * @param url what is about to be fetched
 * @param access the files named by the user
 * @param surroundings the system's authorities, and where relative paths start
 * @throws {RemoteError} tls, when a file is missing or is not what it should be
 */
export async function tlsOptions (url: URL, access: Access, { system, cwd }: TlsSurroundings): Promise<TlsOptions> {
  const { certFile = '', keyFile = '', caFile = '', insecureSkipTlsVerify = false } = access
  const [identity, authorities] = await readAll(readIdentity(certFile, keyFile, cwd), readAuthorities(caFile, cwd))
  if (url.protocol !== 'https:') return {}
  const ca = authorities ?? await system()
  const trust = ca === undefined ? {} : { ca }
  if (!mayIdentify(url, access)) return trust
  return { ...trust, ...identity, ...(insecureSkipTlsVerify ? { rejectUnauthorized: false } : {}) }
}

/** Waits for both; says all that is wrong with either. */
async function readAll<A, B> (one: Promise<A>, other: Promise<B>): Promise<[A, B]> {
  const settled = await Promise.allSettled([one, other])
  const reasons = settled.flatMap((each): unknown[] => each.status === 'rejected' ? [each.reason] : [])
  if (reasons.length > 0) throw new RemoteError('tls', `can't create TLS config for client: ${reasons.map(messageOf).join('\n')}`, { cause: reasons[0] })
  return [await one, await other]
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

async function readAuthorities (path: string, cwd: string): Promise<string | undefined> {
  if (path === '') return undefined
  const text = await readPem(path, cwd, "can't read CA file")
  try {
    // Node takes a bundle without a single certificate and then trusts nobody.
    return new X509Certificate(text).serialNumber === '' ? undefined : text
  } catch (error) {
    throw new RemoteError('tls', `failed to append certificates from pem block: ${quote(path)}: ${messageOf(error)}`, { cause: error })
  }
}

async function readIdentity (certFile: string, keyFile: string, cwd: string): Promise<{ cert?: string, key?: string }> {
  if (certFile === '' && keyFile === '') return {}
  const identity = { cert: await readPem(certFile, cwd, 'unable to read cert file'), key: await readPem(keyFile, cwd, 'unable to read key file') }
  try {
    createSecureContext(identity)
    return identity
  } catch (error) {
    throw new RemoteError('tls', `unable to load cert from key pair: ${quote(certFile)}, ${quote(keyFile)}: ${messageOf(error)}`, { cause: error })
  }
}

async function readPem (path: string, cwd: string, complaint: string): Promise<string> {
  try {
    return await readFile(resolve(cwd, path), 'utf8')
  } catch (error) {
    throw new RemoteError('tls', `${complaint}: ${quote(path)}: ${pathError('open', path, error)}`, { cause: error })
  }
}
