import { request } from 'node:https'
import { text as textOf } from 'node:stream/consumers'
import { ClusterError } from './errors.js'

/** Milliseconds after which one request is given up. */
const REQUEST_TIMEOUT = 5_000

/** How the launcher reaches an HTTPS server of the cluster. */
export interface Connection {
  /** `https://127.0.0.1:PORT` */
  readonly server: string
  /** The certificate authority, PEM. */
  readonly ca: string
  /** The administrator's bearer token. */
  readonly token: string
}

/** An answer of the API server. */
export interface ApiResponse {
  readonly status: number
  /** The text of the body. */
  readonly body: string
}

/**
 * Asks for a resource.
 *
 * @param connection the server
 * @param path path and query
 * @returns the answer, whatever its status
 * @throws Error when there is none
 */
export function get (connection: Connection, path: string): Promise<ApiResponse> {
  return send(connection, { method: 'GET', path })
}

/**
 * Creates an object.
 *
 * @param connection the server
 * @param path the collection
 * @param object what to create
 * @throws ClusterError `request-failed` when the answer is not 201
 */
export async function create (connection: Connection, path: string, object: object): Promise<void> {
  const { status, body } = await send(connection, { method: 'POST', path, body: JSON.stringify(object) })
  if (status !== 201) throw new ClusterError('request-failed', `POST ${path} was answered with ${status}: ${body}`)
}

interface ApiRequest {
  readonly method: 'GET' | 'POST'
  readonly path: string
  /** JSON. */
  readonly body?: string
}

function send ({ server, ca, token }: Connection, { method, path, body = '' }: ApiRequest): Promise<ApiResponse> {
  return new Promise((resolve, reject) => {
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
    const sent = request(server, { method, path, headers, ca, agent: false, timeout: REQUEST_TIMEOUT }, (response) => {
      textOf(response).then((text) => resolve({ status: response.statusCode ?? 0, body: text }), reject)
    })
    sent.on('timeout', () => sent.destroy(new Error(`${server} did not answer in time`)))
    sent.on('error', reject)
    sent.end(body)
  })
}
