import type { ChartVersion } from './chart.js'
import { readVersions, summarise } from './chart.js'
import type { ApiErrorCode } from './errors.js'
import { ApiError, apiErrorOf } from './errors.js'
import type { ChartPage } from './load-charts.js'
import type { Repository, RepositorySummary, Server } from './repository.js'
import { readRepositories } from './repository.js'

/** The part of `fetch` that is needed. */
export type Fetch = (url: string, init: { readonly signal?: AbortSignal, readonly headers: Readonly<Record<string, string>> }) => Promise<Response>

/** What the server says of a path that it does not serve, rather than of a chart that it does not have. */
const noRoute = 'not found'

/**
 * Asks for the repositories that the reader may look into, in the order of their names.
 *
 * @param fetch does the request
 * @throws {ApiError} `api-off` when the server has no API
 */
export async function fetchRepositories ({ url }: Server, fetch: Fetch): Promise<readonly RepositorySummary[]> {
  const json = await getJson(fetch, `${url}/api/tenants`, { absent: 'api-off' })
  if (!Array.isArray(json)) throw new ApiError('unreadable', 'The list of repositories is not an array')
  return readRepositories(json)
}

/** Asks the API of a repository. */
export class ApiClient {
  readonly #charts: string
  readonly #fetch: Fetch

  /** @param fetch does the requests */
  constructor ({ api }: Pick<Repository, 'api'>, fetch: Fetch) {
    this.#charts = `${api}/charts`
    this.#fetch = fetch
  }

  /**
   * A part of the list of charts.
   *
   * @param offset the position of the first name
   * @param limit how many names
   * @throws {ApiError} `api-off` when the server has no API
   */
  async charts (offset: number, limit: number): Promise<ChartPage> {
    const json = await getJson(this.#fetch, `${this.#charts}?offset=${offset}&limit=${limit}`, { absent: 'api-off' })
    if (typeof json !== 'object' || json === null) throw new ApiError('unreadable', 'The list of charts is not an object')
    return { names: Object.keys(json), charts: Object.values(json).flatMap(versions => summarise(readVersions(versions)) ?? []) }
  }

  /**
   * The versions of a chart, the newest first.
   *
   * @throws {ApiError} `not-found` when there is no such chart, `api-off` when the server has no API
   */
  async versions (name: string, signal: AbortSignal): Promise<ChartVersion[]> {
    return readVersions(await getJson(this.#fetch, `${this.#charts}/${encodeURIComponent(name)}`, { absent: 'not-found', signal }))
  }

  /**
   * A version's values.yaml, as it stands.
   *
   * @throws {ApiError} `not-found` when the chart has none
   */
  async values (name: string, version: string, signal: AbortSignal): Promise<string> {
    const response = await get(this.#fetch, this.valuesUrl(name, version), { absent: 'not-found', signal })
    return await coded(response.text(), 'unreachable')
  }

  /** Where a version's values.yaml is. */
  valuesUrl (name: string, version: string): string {
    return `${this.#charts}/${encodeURIComponent(name)}/${encodeURIComponent(version)}/values`
  }
}

interface Request {
  /** What it means when it is not there. */
  readonly absent: 'api-off' | 'not-found'
  readonly signal?: AbortSignal
}

async function getJson (fetch: Fetch, url: string, request: Request): Promise<unknown> {
  const response = await get(fetch, url, request)
  return await coded<unknown>(response.json(), 'unreadable')
}

async function get (fetch: Fetch, url: string, { absent, signal }: Request): Promise<Response> {
  const response = await coded(fetch(url, { ...(signal && { signal }), headers: { accept: 'application/json, */*' } }), 'unreachable')
  if (response.ok) return response
  const reason = reasonIn(await coded(response.text(), 'unreachable'))
  const text = `The server answered ${response.status}${reason === '' ? '' : `: ${reason}`}`
  if (response.status === 404) throw new ApiError(reason === noRoute ? 'api-off' : absent, text)
  throw new ApiError(codes.get(response.status) ?? 'failed', text)
}

const codes: ReadonlyMap<number, ApiErrorCode> = new Map([[400, 'malformed'], [401, 'refused'], [403, 'refused']])

/** What an answer says of its failure: `{"error": text}`. Another program between, such as a proxy, answers otherwise. */
function reasonIn (body: string): string {
  try {
    const json: unknown = JSON.parse(body)
    return typeof json === 'object' && json !== null && 'error' in json && typeof json.error === 'string' ? json.error : ''
  } catch {
    return ''
  }
}

/** Gives what fails a code; a request that was given up fails as it is. */
async function coded<T> (attempt: Promise<T>, code: ApiErrorCode): Promise<T> {
  try {
    return await attempt
  } catch (error) {
    throw apiErrorOf(error, code) ?? error
  }
}
