import { Socket } from 'node:net'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { RequestError } from '../errors.js'

/** What a body must bring at least, on the average of each span of time. */
const bytesPerSecond = 1024

interface Arriving {
  readonly request: FastifyRequest
  readonly reply: FastifyReply
  readonly socket: Socket
  /** When the current span of time began, and what had come until then. */
  since: number
  read: number
}

/**
 * Ends requests whose bodies do not come: in each span of `readTimeout` they must bring 1 KiB a second on the average. A large upload over a thin line takes as long as it
 * takes; one that drips byte after byte, to keep a connection busy for ever, does not.
 *
 * @param readTimeout milliseconds; 0 sets no limit
 */
export function requireProgress (app: FastifyInstance, readTimeout: number): void {
  if (readTimeout === 0) return
  const arriving = new Map<FastifyRequest, Arriving>()
  // Not promises: most requests have no body, and should not wait for a turn of the queue for that.
  app.addHook('onRequest', (request, reply, done) => {
    const { socket, complete } = request.raw
    if (!complete && hasBody(request) && socket instanceof Socket) {
      arriving.set(request, { request, reply, socket, since: Date.now(), read: socket.bytesRead })
      reply.raw.once('finish', () => { if (request.raw.complete) arriving.delete(request) })
    }
    done()
  })
  const pause = Math.min(5000, Math.max(20, readTimeout / 4))
  let looked = Date.now()
  const look = (): void => {
    const now = Date.now()
    // When this process itself stood still, bytes may wait that nobody has counted: everybody gets another span of time.
    if (now - looked > 2 * pause) for (const each of arriving.values()) begin(each, now)
    looked = now
    for (const each of arriving.values()) if (isOver(each) || hasStalled(each, { readTimeout, now })) arriving.delete(each.request)
  }
  const timer = setInterval(look, pause).unref()
  app.addHook('onClose', async () => clearInterval(timer))
}

function hasBody ({ headers }: FastifyRequest): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0
}

function isOver ({ request, socket }: Arriving): boolean {
  return request.raw.complete || socket.destroyed
}

/** Begins another span of time. */
function begin (arriving: Arriving, now: number): void {
  arriving.since = now
  arriving.read = arriving.socket.bytesRead
}

/** Looks at a body once in each span of time, and cuts it when it brought too little. */
function hasStalled (arriving: Arriving, { readTimeout, now }: { readonly readTimeout: number, readonly now: number }): boolean {
  if (now - arriving.since < readTimeout) return false
  const brought = arriving.socket.bytesRead - arriving.read
  // What waits here to be read is held up by us, by a slow store perhaps, and not by the client.
  if (brought < bytesPerSecond * readTimeout / 1000 && arriving.request.raw.readableLength === 0) {
    cut(arriving)
    return true
  }
  begin(arriving, now)
  return false
}

/** Says why, as far as the client still listens, and closes the connection: its next bytes would be the rest of this body. */
function cut ({ request, reply, socket }: Arriving): void {
  if (!reply.raw.headersSent) socket.write('HTTP/1.1 408 Request Timeout\r\nConnection: close\r\nContent-Length: 0\r\n\r\n')
  request.raw.destroy(new RequestError('timeout', 'the request body came too slowly'))
}
