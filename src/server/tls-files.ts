import { createSecureContext, type SecureVersion } from 'node:tls'
import { WatchedFiles, type Files } from '../access/watched-files.js'
import { messageOf } from '../errors.js'
import { TlsError } from './errors.js'
import type { TlsSource } from './listener.js'

/** Where certificate and key lie. */
export interface TlsPaths {
  readonly cert: string
  readonly key: string
  /** The authority of clients' certificates: without one of its, nobody connects. */
  readonly clientAuthority?: string | undefined
}

/** What a listener speaks TLS with. */
export interface TlsMaterial {
  readonly cert: string
  readonly key: string
  readonly ca?: string
  readonly requestCert: boolean
  readonly rejectUnauthorized: boolean
  readonly minVersion: SecureVersion
}

/** What the files need beside their paths. */
export interface TlsSurroundings {
  readonly files: Files
  /** Told when changed files cannot be used: the old ones stay in use. */
  readonly onFault: (error: unknown) => void
}

/** A certificate whose files are read again when they change. */
export interface TlsFiles extends TlsSource {
  /** Looks at the files. Never rejects. */
  refresh (): Promise<void>
}

/**
 * Reads certificate and key, and the authority of clients' certificates where there is one.
 *
 * @throws {TlsError} `invalid-file` when they cannot be read or do not belong together
 */
export async function openTlsFiles (paths: TlsPaths, { files, onFault }: TlsSurroundings): Promise<TlsFiles> {
  const users: Array<(material: TlsMaterial) => void> = []
  const listed = [paths.cert, paths.key, ...(paths.clientAuthority === undefined ? [] : [paths.clientAuthority])]
  const refusal = (error: unknown): TlsError => new TlsError('invalid-file', `cannot use ${listed.join(', ')}: ${messageOf(error)}`, { cause: error })
  try {
    const watched = await WatchedFiles.open({
      paths: listed,
      parse: materialOf,
      files,
      onFault: error => onFault(refusal(error)),
      onChange: material => { for (const use of users) use(material) }
    })
    return {
      get current () { return watched.current },
      subscribe: use => { users.push(use) },
      refresh: () => watched.refresh()
    }
  } catch (error) {
    throw refusal(error)
  }
}

function materialOf (texts: readonly string[]): TlsMaterial {
  // An empty file is taken for none at all, and a client's authority without a certificate for the whole world's.
  if (texts.some(text => !text.includes('-----BEGIN '))) throw new Error('a file holds no certificate or key in PEM')
  const [cert = '', key = '', ca] = texts
  const client = ca !== undefined
  const material: TlsMaterial = { cert, key, ...(client && { ca }), requestCert: client, rejectUnauthorized: client, minVersion: 'TLSv1.2' }
  if (client && !ca.includes('-----BEGIN CERTIFICATE-----')) throw new Error('the authority of clients is no certificate')
  // OpenSSL says whether they can be read and belong together.
  createSecureContext(material)
  return material
}
