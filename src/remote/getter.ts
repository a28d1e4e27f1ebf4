import type { Readable } from 'node:stream'

/** Reads what a URL names. One implementation a protocol; schemes.ts says which serves which scheme. */
export interface Getter {
  /**
   * Starts to read.
   *
   * @param url what to read
   * @param options who asks, how long, how much
   * @returns the content; the stream fails with a RemoteError (truncated, timed-out, too-large, unreachable) when it ends early
   * @throws {RemoteError} unreachable, http-status, timed-out, too-large, redirects, tls or invalid-url
   */
  get (url: URL, options: GetOptions): Promise<Readable>
}

/** How one thing is fetched. */
export interface GetOptions {
  /** Who asks, and whom to trust. */
  readonly access: Access
  /** The media types wanted, as an Accept header has them. */
  readonly accept?: string
  /** Whether the answer may be sent compressed (it is unpacked here). Never for archives: some servers say gzip and mean the file. */
  readonly compressed?: boolean
  /** Milliseconds from the request to the last byte. */
  readonly timeout: number
  /** More bytes than that are refused. */
  readonly maxBytes: number
  /** Aborted by the user. */
  readonly signal?: AbortSignal
}

/**
 * What a repository's user shows (name and password, a client certificate) and trusts (authorities, or anybody).
 * The identity and `insecureSkipTlsVerify` are for one place only: `origin`'s scheme, host and port, unless `passCredentials`.
 */
export interface Access {
  /** The repository, or the one file, that all this is meant for. */
  readonly origin: string
  readonly username?: string
  readonly password?: string
  /** Path of a PEM file with the client's certificate. */
  readonly certFile?: string
  /** Path of a PEM file with its key. */
  readonly keyFile?: string
  /** Path of a PEM file with the authorities that servers are checked against. */
  readonly caFile?: string
  readonly insecureSkipTlsVerify?: boolean
  /** Show the identity to every host that is asked. */
  readonly passCredentials?: boolean
}

/** Helm's timeout of one download, in milliseconds. */
export const defaultTimeout = 120_000

/** The largest index that is read: 256 MiB. What is larger does not fit into one text of the run-time when parsed. */
export const maxIndexBytes = 256 * 1024 * 1024

/** The largest archive that is fetched: 128 MiB; the archive reader allows 100 MiB of files unpacked. */
export const maxArchiveBytes = 128 * 1024 * 1024

/** The largest provenance file that is fetched: 5 MiB, as any one file of a chart. */
export const maxProvenanceBytes = 5 * 1024 * 1024
