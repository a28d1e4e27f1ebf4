import type { FastifyBaseLogger, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { formatDuration } from '../../go/time.js'

/** What is logged, and how. */
export interface LogOptions {
  /** Whether answers 200 to /health and /ready are logged too. */
  readonly health: boolean
  /** Whether latencies are whole numbers of nanoseconds, rather than texts such as `1.5ms`. */
  readonly latencyInteger: boolean
}

/** Logs each request once it is answered, with ChartMuseum's field names, and returns its id to the client. */
export function logRequests (app: FastifyInstance, options: LogOptions): void {
  app.addHook('onRequest', (request, reply, done) => {
    reply.header('x-request-id', request.id)
    done()
  })
  app.addHook('onResponse', (request, reply, done) => {
    if (!isProbe(request) || reply.statusCode !== 200 || options.health) logAnswer(app.log, request, { reply, latencyInteger: options.latencyInteger })
    done()
  })
}

type Bindings = Parameters<FastifyBaseLogger['child']>[0]
type ChildLoggerOptions = Parameters<FastifyBaseLogger['child']>[1]

interface Answer {
  readonly reply: FastifyReply
  readonly latencyInteger: boolean
}

/** Most requests say no more than this: no logger of their own is made for it. */
function logAnswer (log: FastifyBaseLogger, request: FastifyRequest, { reply, latencyInteger }: Answer): void {
  const { statusCode } = reply
  const level = statusCode >= 500 ? 'error' : statusCode >= 400 ? 'warn' : 'info'
  log[level]({
    [requestIdLabel]: request.id,
    path: pathOf(request),
    clientIP: request.ip,
    method: request.method,
    ...(request.subject !== '' && { subject: request.subject }),
    statusCode,
    latency: latencyOf(reply, latencyInteger)
  }, 'Request served')
}

/** What a request's id is called in the log. */
export const requestIdLabel = 'reqID'

/** A request's own logger, which says the request's id in each line: made once there is something to say. */
export class RequestLog implements FastifyBaseLogger {
  readonly #parent: FastifyBaseLogger
  readonly #bindings: Bindings
  #made: FastifyBaseLogger | undefined

  /**
   * @param parent the server's
   * @param bindings what each line says
   */
  constructor (parent: FastifyBaseLogger, bindings: Bindings) {
    this.#parent = parent
    this.#bindings = bindings
  }

  get level (): string { return this.#parent.level }

  get #own (): FastifyBaseLogger { return (this.#made ??= this.#parent.child(this.#bindings)) }

  child (bindings: Bindings, options?: ChildLoggerOptions): FastifyBaseLogger { return this.#own.child(bindings, options) }

  trace (...args: unknown[]): void { this.#say('trace', args) }
  debug (...args: unknown[]): void { this.#say('debug', args) }
  info (...args: unknown[]): void { this.#say('info', args) }
  warn (...args: unknown[]): void { this.#say('warn', args) }
  error (...args: unknown[]): void { this.#say('error', args) }
  fatal (...args: unknown[]): void { this.#say('fatal', args) }
  silent (...args: unknown[]): void { this.#say('silent', args) }

  #say (level: 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'fatal' | 'silent', args: unknown[]): void {
    Reflect.apply(this.#own[level], this.#own, args)
  }
}

/**
 * The id of a request: the client's own `X-Request-Id` where it is harmless to log and echo, otherwise a fresh one.
 *
 * @param given the client's header
 * @param fresh makes a new id
 */
export function requestIdOf (given: string | string[] | undefined, fresh: () => string): string {
  return typeof given === 'string' && /^[\w.:/+=-]{1,128}$/.test(given) ? given : fresh()
}

function latencyOf (reply: FastifyReply, integer: boolean): number | string {
  const nanoseconds = Math.round(reply.elapsedTime * 1_000_000)
  return integer ? nanoseconds : formatDuration(BigInt(nanoseconds))
}

function isProbe (request: FastifyRequest): boolean {
  const { url } = request.routeOptions
  return url === '/health' || url === '/ready'
}

function pathOf (request: FastifyRequest): string {
  return request.originalUrl.split('?', 1)[0] ?? ''
}
