import { readFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from 'node:http'
import { createServer as createSecureServer } from 'node:https'
import { isIP, type AddressInfo } from 'node:net'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** What a test of a web server needs of tap's test object. */
export interface Scope {
  teardown (end: () => Promise<unknown>): void
}

/** A request as the server saw it. */
export interface Seen {
  readonly method: string
  readonly path: string
  readonly headers: IncomingMessage['headers']
}

/** A web server on a free port of 127.0.0.1. */
export interface Web {
  /** Without a slash at its end. */
  readonly url: string
  readonly seen: Seen[]
}

/** What a path answers: its bytes, or whatever a function does with the response. */
export type Answer = string | Uint8Array | ((response: ServerResponse, request: IncomingMessage) => void)

/** Answers by path (without the query); a path that is not there is a 404. Read at each request, so that a test may change them. */
export type Site = Map<string, Answer>

/**
 * Starts a web server; it is stopped when the test ends.
 *
 * @param t the test
 * @param site what it serves
 * @param tls speaks TLS with the test authority's certificate; `client` wants one of the client too
 */
export async function startWeb (t: Scope, site: Site, tls?: { readonly client: boolean }): Promise<Web> {
  const seen: Seen[] = []
  const listener: RequestListener = (request, response) => {
    const path = request.url ?? ''
    seen.push({ method: request.method ?? '', path, headers: request.headers })
    respond(site.get(path.replace(/\?.*$/, '')), request, response)
  }
  const server = tls === undefined ? createServer(listener) : secureServer(tls.client, listener)
  const port = await listen(server)
  t.teardown(async () => {
    server.closeAllConnections()
    await new Promise(resolve => server.close(resolve))
  })
  return { url: `${tls === undefined ? 'http' : 'https'}://127.0.0.1:${port}`, seen }
}

function respond (answer: Answer | undefined, request: IncomingMessage, response: ServerResponse): void {
  if (answer === undefined) response.writeHead(404).end('nothing here')
  else if (typeof answer === 'function') answer(response, request)
  else response.end(answer)
}

function secureServer (client: boolean, listener: RequestListener): ReturnType<typeof createSecureServer> {
  const options = { key: tlsText('server-key.pem'), cert: tlsText('server.pem'), ca: tlsText('authority.pem'), requestCert: client, rejectUnauthorized: client }
  return createSecureServer(options, listener)
}

async function listen (server: Pick<Server, 'listen' | 'address' | 'once'>): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(0, '127.0.0.1', resolve)
  })
  return portOf(server.address())
}

function portOf (address: AddressInfo | string | null): number {
  if (address === null || typeof address === 'string' || isIP(address.address) === 0) throw new Error('the test server has no port')
  return address.port
}

/** The path of a file of the test authority: authority.pem, server.pem, client.pem and the keys. */
export function tlsFile (name: string): string {
  return join(projectRoot(), 'test', 'fixtures', 'tls', name)
}

function tlsText (name: string): string {
  return readFileSync(tlsFile(name), 'utf8')
}

/** The folder of package.json. */
export function projectRoot (): string {
  // Tests run from test/ and, compiled, from dist/test/: fixtures are only in the former.
  const here = dirname(fileURLToPath(import.meta.url))
  return here.replace(/[/\\](dist[/\\])?test[/\\]remote$/, '')
}
