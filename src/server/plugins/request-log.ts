import type { FastifyBaseLogger, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { formatDuration } from '../../go/time.js'

/** What is told of a request once it is answered, under ChartMuseum's names, in the order in which it is logged. */
export interface Answer {
  readonly reqID: string
  /** Without the query, which may hold secrets. */
  readonly path: string
  readonly clientIP: string
  readonly method: string
  /** Who asked, where somebody had to say so; '' otherwise. */
  readonly subject: string
  readonly statusCode: number
  /** A text such as `1.5ms`, or nanoseconds. */
  readonly latency: number | string
}

/** Logs an answer: as an error from 500 on, as a warning from 400 on. */
export type AnswerLog = (level: 'info' | 'warn' | 'error', answer: Answer) => void

/** What is logged, and how. */
export interface LogOptions {
  /** Whether answers 200 to /health and /ready are logged too. */
  readonly logHealth: boolean
  /** Whether latencies are whole numbers of nanoseconds, rather than texts such as `1.5ms`. */
  readonly logLatencyInteger: boolean
  readonly logAnswer: AnswerLog
}

/** Logs each request once it is answered, and returns its id to the client. */
export function logRequests (app: FastifyInstance, { logHealth, logLatencyInteger, logAnswer }: LogOptions): void {
  app.addHook('onRequest', (request, reply, done) => {
    reply.header('x-request-id', request.id)
    done()
  })
  app.addHook('onResponse', (request, reply, done) => {
    const { statusCode } = reply
    if (logHealth || statusCode !== 200 || !isProbe(request)) {
      const level = statusCode >= 500 ? 'error' : statusCode >= 400 ? 'warn' : 'info'
      logAnswer(level, {
        reqID: request.id,
        path: pathOf(request),
        clientIP: request.ip,
        method: request.method,
        subject: request.subject,
        statusCode,
        latency: latencyOf(reply, logLatencyInteger)
      })
    }
    done()
  })
}

type Bindings = Parameters<FastifyBaseLogger['child']>[0]
type ChildLoggerOptions = Parameters<FastifyBaseLogger['child']>[1]

/** What a request's id is called in the log. */
export const requestIdLabel = 'reqID' satisfies keyof Answer

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

/** As Go prints a duration: below a second a number of milli- or microseconds with all its digits, and no zeros at its end. */
function latencyOf (reply: FastifyReply, integer: boolean): number | string {
  const nanoseconds = Math.round(reply.elapsedTime * 1_000_000)
  if (integer) return nanoseconds
  if (nanoseconds >= 1e9 || nanoseconds < 1000) return formatDuration(BigInt(nanoseconds))
  return nanoseconds >= 1e6 ? `${nanoseconds / 1e6}ms` : `${nanoseconds / 1e3}µs`
}

/** Not by `routeOptions`, which Fastify makes anew for whoever asks. */
function isProbe ({ url }: FastifyRequest): boolean {
  return /^\/(?:health|ready)(?:\?|$)/.test(url)
}

function pathOf ({ originalUrl }: FastifyRequest): string {
  const end = originalUrl.indexOf('?')
  return end < 0 ? originalUrl : originalUrl.slice(0, end)
}
