import { createServer, type RequestListener, type Server } from 'node:http'
import { createServer as createSecureServer } from 'node:https'
import type { Duplex } from 'node:stream'
import type { TlsMaterial } from './tls-files.js'

/** How a server takes connections. */
export interface ListenerOptions {
  /** Milliseconds in which a request's headers must come; 0 sets no limit. */
  readonly readTimeout: number
  /** Milliseconds that a connection may stand still; 0 sets no limit. */
  readonly writeTimeout: number
  /** What TLS is spoken with; plain HTTP without. */
  readonly tls?: TlsSource | undefined
}

/** Certificate and key, and who wants to know of new ones. */
export interface TlsSource {
  readonly current: TlsMaterial
  /** Hands each new certificate to a listener. */
  subscribe (use: (material: TlsMaterial) => void): void
}

/**
 * Makes what listens, for Fastify's `serverFactory`: HTTP/1.1, strictly parsed, with limits on how large headers are and how long they take.
 */
export function createListener (handler: RequestListener, { readTimeout, writeTimeout, tls }: ListenerOptions): Server {
  const options = {
    insecureHTTPParser: false,
    maxHeaderSize: 16 * 1024,
    headersTimeout: readTimeout,
    // Bodies may take their time as long as they progress: plugins/body-progress.ts sees to it.
    requestTimeout: 0,
    connectionsCheckingInterval: readTimeout === 0 ? 30_000 : Math.min(5000, Math.max(20, readTimeout / 4)),
    keepAliveTimeout: 72_000
  }
  const server = tls === undefined ? createServer(options, handler) : secure(createSecureServer({ ...options, ...tls.current, handshakeTimeout: readTimeout || 30_000 }, handler), tls)
  server.setTimeout(writeTimeout)
  return server
}

function secure <S extends { setSecureContext (material: TlsMaterial): void }> (server: S, tls: TlsSource): S {
  tls.subscribe(material => server.setSecureContext(material))
  return server
}

const refusals: ReadonlyMap<string | undefined, readonly [status: string, error: string]> = new Map([
  ['HPE_HEADER_OVERFLOW', ['431 Request Header Fields Too Large', 'the request headers are too large']],
  ['ERR_HTTP_REQUEST_TIMEOUT', ['408 Request Timeout', 'the request came too slowly']]
])

/**
 * Answers what is no HTTP request, or came too slowly or too large to become one, in the form of all our errors; and closes the connection: where the next request
 * would begin is unknown.
 *
 * @param error what the parser says
 * @param socket the connection
 */
export function refuseClient (error: Error & { readonly code?: string }, socket: Duplex): void {
  // A connection that is reset, or whose handshake failed or never came, cannot be told anything.
  if (!socket.writable || !/^(HPE_|ERR_HTTP_)/.test(error.code ?? '')) {
    socket.destroy()
    return
  }
  const [status, text] = refusals.get(error.code) ?? ['400 Bad Request', 'the request is malformed']
  const body = JSON.stringify({ error: text })
  const answer = `HTTP/1.1 ${status}\r\nContent-Type: application/json; charset=utf-8\r\nContent-Length: ${body.length}\r\nConnection: close\r\n\r\n${body}`
  // Whoever does not close its own end is not waited for.
  socket.end(answer, () => socket.destroy())
}
