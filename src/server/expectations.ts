import type { IncomingMessage, RequestListener, Server, ServerResponse } from 'node:http'
import type { FastifyInstance } from 'fastify'

declare module 'fastify' {
  interface FastifyRequest {
    /** Lets a client that waits for it send its body: to be called when nothing refuses the body any more, and before it is read. */
    admitBody: (this: FastifyRequest) => void
  }
}

const unknown = '{"error":"the expectation is unknown"}'

/**
 * What clients expect before they send a body (RFC 9110, 10.1.1). Node would say `100 Continue` to each who asks, and have the client send megabytes that are then refused: here the request goes
 * its usual way first, and 100 is said when the body is wanted.
 */
export class Expectations {
  readonly #waiting = new WeakMap<IncomingMessage, ServerResponse>()

  /**
   * Hands requests that wait for 100 to the handler like all others, and refuses what else may be expected.
   *
   * @param server what listens
   * @param handler of its requests
   */
  attend (server: Server, handler: RequestListener): void {
    server.on('checkContinue', (request, response) => {
      this.#waiting.set(request, response)
      // Whoever is answered without it may send the body or the next request: nobody could tell which.
      response.setHeader('connection', 'close')
      handler(request, response)
    })
    server.on('checkExpectation', (_request, response) => {
      response.writeHead(417, { 'content-type': 'application/json; charset=utf-8', 'content-length': unknown.length, connection: 'close' }).end(unknown)
    })
  }

  /** Gives requests their `admitBody`. */
  decorate (app: FastifyInstance): void {
    const admit = (request: IncomingMessage): void => {
      const response = this.#waiting.get(request)
      if (response === undefined) return
      this.#waiting.delete(request)
      response.removeHeader('connection')
      response.writeContinue()
    }
    app.decorateRequest('admitBody', function () {
      admit(this.raw)
    })
  }
}
