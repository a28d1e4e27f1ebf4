import { once } from 'node:events'
import { readFile, writeFile } from 'node:fs/promises'
import type { Agent as HttpAgent, IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http'
import { Agent, createServer, request, type Server } from 'node:https'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import type { Cluster } from '../../cluster/start-cluster.js'

/** A request on its way to the API. */
export interface Asked {
  readonly method: string
  /** Without its query. */
  readonly path: string
  readonly query: URLSearchParams
  readonly body: string
}

/**
 * What goes wrong with a request: the connection breaks before it has reached the API (`cut`), before its answer has come back (`swallow`), or
 * in the middle of that (`truncate`); or something else answers.
 */
export type Fault = 'cut' | 'swallow' | 'truncate' | Answer

/** An answer in the API's place. */
export interface Answer {
  readonly status: number
  readonly message: string
  readonly reason?: string
  readonly headers?: Readonly<Record<string, string>>
}

/** Stands between a client and a cluster's API, where it sees each request, and has some go wrong. */
export class ApiProxy {
  /** What was asked so far. */
  readonly requests: Asked[] = []
  /** Decides what goes wrong; a promise is waited for. */
  fault: (asked: Asked) => Fault | undefined | Promise<Fault | undefined> = () => undefined
  /** Told when the API has answered a request, before its client is. */
  answered: (asked: Asked) => void = () => {}
  readonly #cluster: Cluster
  readonly #server: Server
  readonly #agent: HttpAgent

  private constructor (cluster: Cluster, server: Server) {
    this.#cluster = cluster
    this.#server = server
    this.#agent = new Agent({ keepAlive: true, ca: cluster.ca })
  }

  /**
   * Starts one on a free port of 127.0.0.1, with the API server's own certificate.
   *
   * @param cluster what is behind it
   */
  static async start (cluster: Cluster): Promise<ApiProxy> {
    const [cert, key] = await Promise.all(['server.crt', 'server.key'].map(async name => await readFile(join(cluster.dir, name))))
    const server = createServer({ cert, key })
    const proxy = new ApiProxy(cluster, server)
    server.on('request', (asked, response) => {
      proxy.#serve(asked, response).catch(() => { asked.socket.destroy() })
    })
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    return proxy
  }

  /**
   * Writes the cluster's kubeconfig with the proxy for its server.
   *
   * @param path where to
   * @returns the path
   */
  async kubeconfig (path: string): Promise<string> {
    const text = await readFile(this.#cluster.kubeconfig, 'utf8')
    await writeFile(path, text.replaceAll(this.#cluster.server, `https://127.0.0.1:${(this.#server.address() as AddressInfo).port}`), { mode: 0o600 })
    return path
  }

  /** Ends all connections; who asks after that is refused. */
  async stop (): Promise<void> {
    this.#agent.destroy()
    if (!this.#server.listening) return
    const closed = once(this.#server, 'close')
    this.#server.close()
    this.#server.closeAllConnections()
    await closed
  }

  async #serve (incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(incoming.url ?? '/', this.#cluster.server)
    const body = await buffer(incoming)
    const asked = { method: incoming.method ?? '', path: url.pathname, query: url.searchParams, body: body.toString() }
    this.requests.push(asked)
    const fault = await this.fault(asked)
    if (fault === 'cut') {
      incoming.socket.destroy()
    } else if (typeof fault === 'object') {
      answer(response, fault)
    } else {
      const upstream = await this.#forward(incoming, { response, url, body })
      this.answered(asked)
      await passOn(upstream, response, fault)
    }
  }

  async #forward (incoming: IncomingMessage, { response, url, body }: Forwarding): Promise<IncomingMessage> {
    const { host: _, connection: __, ...headers }: IncomingHttpHeaders = incoming.headers
    const sent = request(url, { method: incoming.method, headers, agent: this.#agent })
    response.once('close', () => {
      if (!response.writableFinished) sent.destroy()
    })
    sent.end(body)
    const [upstream] = await once(sent, 'response') as [IncomingMessage]
    return upstream
  }
}

interface Forwarding {
  readonly response: ServerResponse
  readonly url: URL
  readonly body: Buffer
}

function answer (response: ServerResponse, { status, message, reason = '', headers = {} }: Answer): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers })
  response.end(JSON.stringify({ kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Failure', message, reason, code: status }))
}

async function passOn (upstream: IncomingMessage, response: ServerResponse, fault: 'swallow' | 'truncate' | undefined): Promise<void> {
  if (fault === undefined) {
    response.writeHead(upstream.statusCode ?? 500, upstream.headers)
    upstream.pipe(response)
    return
  }
  const body = await buffer(upstream)
  if (fault === 'truncate') {
    response.writeHead(upstream.statusCode ?? 500, { 'content-type': upstream.headers['content-type'] ?? '', 'content-length': body.length })
    await new Promise<void>(resolve => { response.write(body.subarray(0, Math.floor(body.length / 2)), () => { resolve() }) })
  }
  response.destroy()
}
