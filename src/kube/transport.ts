import { setMaxListeners } from 'node:events'
import type { Dispatcher } from 'undici'
import type { Access } from './access.js'
import type { Clock } from './clock.js'
import { connectionError } from './connection-error.js'
import { openDispatcher } from './dispatcher.js'
import { statusError } from './errors.js'
import { retryDelay, type Attempt } from './retry.js'

/** One request to the API. */
export interface ApiRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** From the server's root, such as `/api/v1/namespaces/default/secrets`; its parts are escaped. */
  readonly path: string
  readonly query?: Readonly<Record<string, string>>
  readonly body?: string
  readonly contentType?: string
  readonly accept?: string
  /** Whether sending it twice does no harm (a GET always): then a connection that breaks is tried anew. */
  readonly idempotent?: boolean
}

/** A successful answer. */
export interface ApiResponse {
  readonly status: number
  readonly text: string
  readonly contentType: string
}

/** What a transport needs of the world. */
export interface TransportOptions {
  readonly clock: Clock
  readonly env: Readonly<Record<string, string | undefined>>
  /** Ends every request when it is aborted. */
  readonly signal?: AbortSignal
  readonly userAgent?: string
  /** Told of the warnings that the API puts into its answers' headers. */
  readonly warn?: (message: string) => void
}

/** Requests to one cluster: signed, retried where that is safe, errors named. */
export class Transport {
  readonly #access: Promise<Access>
  readonly #options: TransportOptions
  #dispatcher: Promise<Dispatcher> | undefined

  /**
   * @param access the cluster; a failure to find it is the failure of the first request
   * @param options what it needs of the world
   */
  constructor (access: Promise<Access>, options: TransportOptions) {
    this.#access = access
    // Whoever sends a request hears of it.
    access.catch(() => {})
    this.#options = options
    // Each request under way listens to it, and there may be many.
    if (options.signal !== undefined) setMaxListeners(0, options.signal)
  }

  /**
   * Sends a request and reads its answer.
   *
   * Retried, as client-go and Helm do: answers 429 and 5xx that say `Retry-After`, and an etcd that is changing its leader; beside these,
   * broken connections of idempotent requests. A 401 is tried once more with new credentials where there are any.
   *
   * @throws {KubeError} unreachable, cancelled, or the API's own error with its message
   */
  async request (request: ApiRequest): Promise<ApiResponse> {
    for (let attempt = 1, renewed = false; ; attempt++) {
      const outcome = await this.#attempt(request)
      if ('status' in outcome && outcome.status < 400) return { status: outcome.status, text: outcome.text, contentType: outcome.contentType }
      if ('status' in outcome && outcome.status === 401 && !renewed) {
        renewed = true
        if (await this.#renew()) continue
      }
      const delay = retryDelay(request, outcome, attempt)
      if (delay === undefined) throw await this.#failure(request, outcome)
      await this.#options.clock.sleep(delay, this.#options.signal)
    }
  }

  /**
   * Sends a request whose answer has no end, as that of a watch, and passes its lines on as they come. It is not tried again.
   *
   * @param request what is asked
   * @param signal ends it
   * @param take gets each line
   * @throws {KubeError} unreachable, cancelled, or the API's own error with its message; and what `take` throws
   */
  async follow (request: ApiRequest, signal: AbortSignal, take: (line: string) => void): Promise<void> {
    const send = await this.#prepare(request)
    try {
      const { statusCode, body } = await send({ signal, bodyTimeout: 0 })
      if (statusCode >= 400) throw statusError(statusCode, await body.text(), `${request.method} ${request.path}`)
      await eachLine(body, take)
    } catch (error) {
      throw await this.#failure(request, { error })
    }
  }

  /** Closes the connections; requests under way are ended. */
  async close (): Promise<void> {
    const dispatcher = this.#dispatcher
    this.#dispatcher = undefined
    await (await dispatcher)?.destroy()
  }

  /** Finds the way to the cluster; what it gives sends the request. */
  async #prepare (request: ApiRequest): Promise<(options: Partial<Dispatcher.RequestOptions>) => Promise<Dispatcher.ResponseData>> {
    const access = await this.#access
    const dispatcher = await this.#open(access)
    const headers = await this.#headers(access, request)
    const { origin, pathname, search } = urlOf(access, request)
    return async options => await dispatcher.request({ origin, path: pathname + search, method: request.method, headers, body: request.body ?? null, ...options })
  }

  async #attempt (request: ApiRequest): Promise<Attempt> {
    const send = await this.#prepare(request)
    try {
      const answer = await send({ signal: this.#options.signal ?? null })
      const text = await answer.body.text()
      this.#passWarnings(answer.headers['warning'])
      return { status: answer.statusCode, text, contentType: first(answer.headers['content-type']), retryAfter: first(answer.headers['retry-after']) }
    } catch (error) {
      return { error }
    }
  }

  async #failure (request: ApiRequest, outcome: Attempt): Promise<Error> {
    if ('error' in outcome) return connectionError(outcome.error, { method: request.method, url: urlOf(await this.#access, request), signal: this.#options.signal })
    return statusError(outcome.status, outcome.text, `${request.method} ${request.path}`)
  }

  async #open (access: Access): Promise<Dispatcher> {
    this.#dispatcher ??= access.credential.keyPair().then(keyPair => openDispatcher(access, keyPair, this.#options.env))
    return await this.#dispatcher
  }

  async #renew (): Promise<boolean> {
    if (!await (await this.#access).credential.renew()) return false
    await this.close()
    return true
  }

  /** Names and values in turn, as undici takes them. */
  async #headers (access: Access, request: ApiRequest): Promise<string[]> {
    const authorization = await access.credential.authorization()
    return [
      'Accept', request.accept ?? 'application/json',
      'User-Agent', this.#options.userAgent ?? 'portolan',
      ...authorization === undefined ? [] : ['Authorization', authorization],
      ...request.body === undefined ? [] : ['Content-Type', request.contentType ?? 'application/json'],
      ...access.headers.flat()
    ]
  }

  /** A warning's header is `299 - "text"` (RFC 7234, 5.5). */
  #passWarnings (header: string | string[] | undefined): void {
    for (const line of [header ?? []].flat()) {
      for (const match of line.matchAll(/\d{3} \S+ "((?:[^"\\]|\\.)*)"/g)) this.#options.warn?.((match[1] ?? '').replace(/\\(.)/g, '$1'))
    }
  }
}

async function eachLine (chunks: AsyncIterable<Uint8Array>, take: (line: string) => void): Promise<void> {
  let rest = ''
  // A character may come in two chunks.
  const decoder = new TextDecoder()
  for await (const chunk of chunks) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n')
    rest = lines.pop() ?? ''
    for (const line of lines) take(line)
  }
}

function urlOf ({ server }: Access, { path, query = {} }: ApiRequest): URL {
  const url = new URL(server)
  url.pathname = url.pathname.replace(/\/+$/, '') + path
  url.search = new URLSearchParams(query).toString()
  return url
}

function first (header: string | string[] | undefined): string {
  return [header ?? ''].flat()[0] ?? ''
}
