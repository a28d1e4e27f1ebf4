import { request } from 'node:https'
import { text as textOf } from 'node:stream/consumers'
import { setTimeout as sleep } from 'node:timers/promises'
import { gunzipSync, gzipSync } from 'node:zlib'
import type { Cluster } from '../../cluster/start-cluster.js'

/** Where a scenario plays. */
export interface Scene {
  readonly cluster: Cluster
  readonly namespace: string
}

/** An object of the API, as JSON has it. */
export interface LiveObject {
  apiVersion?: string
  kind?: string
  metadata: {
    name: string
    namespace?: string
    labels?: Record<string, string>
    annotations?: Record<string, string>
    ownerReferences?: unknown
    deletionTimestamp?: string
    managedFields?: Array<Record<string, unknown>>
    [field: string]: unknown
  }
  [field: string]: unknown
}

/** Creates an object in the scene's namespace: `api/v1/configmaps`. */
export function createObject (collection: string, object: LiveObject): (scene: Scene) => Promise<void> {
  return async scene => { await ask(scene, { method: 'POST', path: pathOf(scene, collection), body: object }) }
}

/** Changes an object by a merge patch, as somebody else. */
export function changeObject (path: string, change: object): (scene: Scene) => Promise<void> {
  return async scene => { await ask(scene, { method: 'PATCH', path: `${pathOf(scene, path)}?fieldManager=somebody`, body: change }) }
}

/** Deletes an object. */
export function deleteObject (path: string): (scene: Scene) => Promise<void> {
  return async scene => { await ask(scene, { method: 'DELETE', path: pathOf(scene, path) }) }
}

/** Leaves the first revision's record as an upgrade leaves its own that was killed. */
export async function pendingRecord (scene: Scene): Promise<void> {
  const path = pathOf(scene, 'api/v1/secrets/sh.helm.release.v1.rel.v1')
  const secret = await ask(scene, { method: 'GET', path }) as LiveObject & { data: { release: string } }
  const json = recordOf(secret).replace('"status":"deployed"', '"status":"pending-upgrade"')
  const release = Buffer.from(gzipSync(json).toString('base64')).toString('base64')
  await ask(scene, { method: 'PATCH', path, body: { metadata: { labels: { status: 'pending-upgrade' } }, data: { release } } })
}

/** The JSON of the record in a Secret. */
export function recordOf (secret: LiveObject): string {
  const { release = '' } = secret['data'] as { release?: string }
  return gunzipSync(Buffer.from(Buffer.from(release, 'base64').toString('latin1'), 'base64')).toString('utf8')
}

/** The objects of a collection in the scene's namespace. */
export async function list (scene: Scene, collection: string): Promise<LiveObject[]> {
  const { items, kind } = await ask(scene, { method: 'GET', path: pathOf(scene, collection) }) as { items?: LiveObject[], kind: string }
  return (items ?? []).map(item => ({ kind: kind.replace(/List$/, ''), ...item }))
}

/** `api/v1/configmaps/x` in the scene's namespace. */
function pathOf ({ namespace }: Scene, path: string): string {
  return `/${path.replace(/^(api\/v1|apis\/[^/]+\/[^/]+)\//, `$1/namespaces/${namespace}/`)}`
}

interface Asked {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE'
  readonly path: string
  readonly body?: object
}

/** @throws when the API refuses, but for a kind that it does not have */
async function ask (scene: Scene, asked: Asked): Promise<unknown> {
  const { method, path } = asked
  const { status, text } = await send(scene, asked)
  if (status === 429) {
    // A kind that is just being set up is not there yet.
    await sleep(500)
    return await ask(scene, asked)
  }
  if (status >= 300 && !(method === 'GET' && status === 404)) throw new Error(`${method} ${path} was answered with ${status}: ${text}`)
  return JSON.parse(text.startsWith('{') ? text : '{}')
}

async function send ({ cluster: { server, ca, token } }: Scene, { method, path, body }: Asked): Promise<{ readonly status: number, readonly text: string }> {
  const headers = { authorization: `Bearer ${token}`, 'content-type': method === 'PATCH' ? 'application/merge-patch+json' : 'application/json' }
  return await new Promise((resolve, reject) => {
    request(server, { method, path, headers, ca, timeout: 20_000 }, response => {
      textOf(response).then(text => resolve({ status: response.statusCode ?? 0, text }), reject)
    }).on('error', reject).end(body === undefined ? undefined : JSON.stringify(body))
  })
}
