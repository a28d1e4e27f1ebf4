import { request, type RequestOptions } from 'node:https'
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
  const headers = { 'content-type': 'application/json' }
  const { status, body } = await send(connection, { method: 'POST', path, headers }, JSON.stringify(object))
  if (status !== 201) throw new ClusterError('request-failed', `POST ${path} was answered with ${status}: ${body}`)
}

function send (connection: Connection, options: RequestOptions, text = ''): Promise<ApiResponse> {
  return new Promise((resolve, reject) => {
    const headers = { ...options.headers, authorization: `Bearer ${connection.token}` }
    const sent = request(connection.server, { ...options, headers, agent: false, ca: connection.ca, timeout: REQUEST_TIMEOUT }, (response) => {
      let body = ''
      response.setEncoding('utf8')
      response.on('data', (chunk: string) => { body += chunk })
      response.on('error', reject)
      response.on('end', () => resolve({ status: response.statusCode ?? 0, body }))
    })
    sent.on('timeout', () => sent.destroy(new Error(`${connection.server} did not answer in time`)))
    sent.on('error', reject)
    sent.end(text)
  })
}
