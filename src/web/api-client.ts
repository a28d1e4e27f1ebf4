import type { ChartVersion } from './chart.js'
import { readVersions, summarise } from './chart.js'
import type { ApiErrorCode } from './errors.js'
import { ApiError, apiErrorOf } from './errors.js'
import type { ChartPage } from './load-charts.js'

/** The part of `fetch` that is needed. */
export type Fetch = (url: string, init: { readonly signal?: AbortSignal, readonly headers: Readonly<Record<string, string>> }) => Promise<Response>

/** What the server says of a path that it does not serve, rather than of a chart that it does not have. */
const noRoute = 'not found'

/** Asks the server's API. */
export class ApiClient {
  readonly #base: string
  readonly #fetch: Fetch

  /**
   * @param base the repository's URL, without a slash at its end
   * @param fetch does the requests
   */
  constructor (base: string, fetch: Fetch) {
    this.#base = base
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
    const json = await this.#json(`/api/charts?offset=${offset}&limit=${limit}`, 'api-off')
    if (typeof json !== 'object' || json === null) throw new ApiError('unreadable', 'The list of charts is not an object')
    return { names: Object.keys(json), charts: Object.values(json).flatMap(versions => summarise(readVersions(versions)) ?? []) }
  }

  /**
   * The versions of a chart, the newest first.
   *
   * @throws {ApiError} `not-found` when there is no such chart, `api-off` when the server has no API
   */
  async versions (name: string, signal: AbortSignal): Promise<ChartVersion[]> {
    return readVersions(await this.#json(`/api/charts/${encodeURIComponent(name)}`, 'not-found', signal))
  }

  /**
   * A version's values.yaml, as it stands.
   *
   * @throws {ApiError} `not-found` when the chart has none
   */
  async values (name: string, version: string, signal: AbortSignal): Promise<string> {
    const response = await this.#get(valuesPath(name, version), 'not-found', signal)
    return await coded(response.text(), 'unreachable')
  }

  /** Where a version's values.yaml is. */
  valuesUrl (name: string, version: string): string {
    return this.#base + valuesPath(name, version)
  }

  async #json (path: string, absent: 'api-off' | 'not-found', signal?: AbortSignal): Promise<unknown> {
    const response = await this.#get(path, absent, signal)
    return await coded<unknown>(response.json(), 'unreadable')
  }

  async #get (path: string, absent: 'api-off' | 'not-found', signal?: AbortSignal): Promise<Response> {
    const request = this.#fetch(this.#base + path, { ...(signal && { signal }), headers: { accept: 'application/json, */*' } })
    const response = await coded(request, 'unreachable')
    if (response.ok) return response
    const reason = reasonIn(await coded(response.text(), 'unreachable'))
    const text = `The server answered ${response.status}${reason === '' ? '' : `: ${reason}`}`
    if (response.status === 404) throw new ApiError(reason === noRoute ? 'api-off' : absent, text)
    throw new ApiError([401, 403].includes(response.status) ? 'refused' : 'failed', text)
  }
}

function valuesPath (name: string, version: string): string {
  return `/api/charts/${encodeURIComponent(name)}/${encodeURIComponent(version)}/values`
}

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
