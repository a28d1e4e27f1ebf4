import { STATUS_CODES } from 'node:http'
import { pipeline, Readable } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { type Dispatcher, request } from 'undici'
import type { Dispatchers } from './dispatchers.js'
import { RemoteError } from './errors.js'
import type { Getter, GetOptions } from './getter.js'
import { explain, isDropped } from './http-failure.js'
import { authorization, redacted } from './origin.js'

/** Go's http.Client gives up after that many redirects. */
const maxRedirects = 10

const redirects: ReadonlySet<number> = new Set([301, 302, 303, 307, 308])

/**
 * Fetches over http and https, as Helm's HTTP getter does: GET, redirects followed, nothing but 200 accepted. The identity
 * stays with its origin, also when a redirect leads elsewhere; an answer that ends early, takes too long or is too large is an error.
 */
export class HttpGetter implements Getter {
  readonly #userAgent: string
  readonly #dispatchers: Dispatchers

  /**
   * @param userAgent the User-Agent header
   * @param dispatchers gives the connections (see createDispatchers)
   */
  constructor (userAgent: string, dispatchers: Dispatchers) {
    this.#userAgent = userAgent
    this.#dispatchers = dispatchers
  }

  async get (url: URL, options: GetOptions): Promise<Readable> {
    const deadline = AbortSignal.timeout(options.timeout)
    const signal = options.signal === undefined ? deadline : AbortSignal.any([deadline, options.signal])
    const failure = (error: unknown): unknown => explain(error, url, { deadline, timeout: options.timeout, signal: options.signal })
    try {
      const response = await this.#follow(url, options, signal)
      return Readable.from(bounded(response, { url, options, failure }), { objectMode: false })
    } catch (error) {
      throw failure(error)
    }
  }

  async #follow (url: URL, options: GetOptions, signal: AbortSignal): Promise<Dispatcher.ResponseData> {
    let next = url
    for (let hops = 0; hops <= maxRedirects; hops++) {
      const response = await this.#request(next, options, signal)
      const location = redirects.has(response.statusCode) ? header(response, 'location') : ''
      if (location === '') return await accepted(response, url)
      discard(response)
      next = redirectTarget(location, next)
    }
    throw new RemoteError('redirects', `Get "${redacted(url)}": stopped after ${maxRedirects} redirects`)
  }

  /** Asks; once more when the connection went away without a word: a server may close a kept one just when it is used again. */
  async #request (url: URL, options: GetOptions, signal: AbortSignal): Promise<Dispatcher.ResponseData> {
    try {
      return await this.#send(url, options, signal)
    } catch (error) {
      if (signal.aborted || !isDropped(error)) throw error
      return await this.#send(url, options, signal)
    }
  }

  async #send (url: URL, options: GetOptions, signal: AbortSignal): Promise<Dispatcher.ResponseData> {
    const identity = authorization(url, options.access)
    return await request(withoutUser(url), {
      dispatcher: await this.#dispatchers(url, options.access),
      signal,
      headers: {
        'user-agent': this.#userAgent,
        ...(options.accept === undefined ? {} : { accept: options.accept }),
        ...(options.compressed === true ? { 'accept-encoding': 'gzip' } : {}),
        ...(identity === undefined ? {} : { authorization: identity })
      }
    })
  }
}

async function accepted (response: Dispatcher.ResponseData, url: URL): Promise<Dispatcher.ResponseData> {
  if (response.statusCode === 200) return response
  discard(response)
  throw new RemoteError('http-status', `failed to fetch ${redacted(url)} : ${response.statusCode} ${response.statusText || STATUS_CODES[response.statusCode] || ''}`.trimEnd())
}

/** Lets go of an answer that nobody reads. */
function discard (response: Dispatcher.ResponseData): void {
  response.body.on('error', () => { /* it was thrown away on purpose */ })
  response.body.destroy()
}

function redirectTarget (location: string, from: URL): URL {
  const target = URL.canParse(location, from.href) ? new URL(location, from) : undefined
  if (target?.protocol === 'http:' || target?.protocol === 'https:') return target
  throw new RemoteError('redirects', `Get "${redacted(from)}": redirected to ${JSON.stringify(location)}, which is no http or https URL`)
}

/** The request's URL without the user that went into its Authorization header. */
function withoutUser (url: URL): URL {
  const plain = new URL(url)
  plain.username = ''
  plain.password = ''
  return plain
}

function header (response: Dispatcher.ResponseData, name: string): string {
  const value = response.headers[name] ?? ''
  return typeof value === 'string' ? value : value[0] ?? ''
}

interface Reading {
  readonly url: URL
  readonly options: GetOptions
  readonly failure: (error: unknown) => unknown
}

/** The answer's bytes, unpacked when they were sent compressed at our wish; never more than allowed. */
async function * bounded (response: Dispatcher.ResponseData, { url, options, failure }: Reading): AsyncGenerator<Buffer> {
  const packed = options.compressed === true && header(response, 'content-encoding').toLowerCase() === 'gzip'
  let size = 0
  try {
    for await (const chunk of packed ? unpacked(response.body) : response.body) {
      const bytes: unknown = chunk
      if (!Buffer.isBuffer(bytes)) throw new TypeError('an HTTP body came as something else than bytes')
      size += bytes.length
      if (size > options.maxBytes) throw tooLarge(url, options.maxBytes)
      yield bytes
    }
  } catch (error) {
    throw failure(error)
  }
}

/** A failure on either side ends the stream that is read, with that failure. */
function unpacked (body: Readable): Readable {
  return pipeline(body, createGunzip(), () => { /* whoever reads it is told */ })
}

function tooLarge (url: URL, maxBytes: number): RemoteError {
  const limit = maxBytes >= 1024 * 1024 ? `${maxBytes / 1024 / 1024} MiB` : `${maxBytes} bytes`
  return new RemoteError('too-large', `failed to fetch ${redacted(url)} : the answer is larger than ${limit}`)
}
