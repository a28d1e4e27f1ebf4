import { request } from 'node:https'
import { text as textOf } from 'node:stream/consumers'
import { setTimeout as sleep } from 'node:timers/promises'
import { gunzipSync, gzipSync } from 'node:zlib'
import { pollUntil } from '../../cluster/poll.js'
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

/** Creates an object that is in no namespace. */
export function createClusterObject (collection: string, object: LiveObject): (scene: Scene) => Promise<void> {
  return async scene => { await ask(scene, { method: 'POST', path: `/${collection}`, body: object }) }
}

/** Creates a namespace whose name goes on after the scene's own. */
export function createNamespaceBeside (suffix: string): (scene: Scene) => Promise<void> {
  return async scene => { await createClusterObject('api/v1/namespaces', { metadata: { name: `${scene.namespace}-${suffix}` } })(scene) }
}

/** Waits until an object outside of the scene's namespace is no more. */
export function clusterObjectIsGone (path: string): (scene: Scene) => Promise<void> {
  return async scene => {
    const isGone = async (): Promise<boolean> => (await send(scene, { method: 'GET', path: `/${path}` })).status === 404
    await pollUntil(`The end of ${path}`, isGone, AbortSignal.timeout(20_000))
  }
}

/** Deletes an object that is in no namespace. */
export function deleteClusterObject (path: string): (scene: Scene) => Promise<void> {
  return async scene => { await ask(scene, { method: 'DELETE', path: `/${path}` }) }
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
  await changeRecord(1, json => json.replace('"status":"deployed"', '"status":"pending-upgrade"'), { status: 'pending-upgrade' })(scene)
}

/** Changes the JSON of a revision's record, and its labels. */
export function changeRecord (revision: number, change: (json: string) => string, labels: Readonly<Record<string, string>> = {}): (scene: Scene) => Promise<void> {
  return async scene => {
    const path = pathOf(scene, `api/v1/secrets/sh.helm.release.v1.rel.v${revision}`)
    const secret = await ask(scene, { method: 'GET', path }) as LiveObject
    const release = Buffer.from(gzipSync(change(recordOf(secret))).toString('base64')).toString('base64')
    await ask(scene, { method: 'PATCH', path, body: { metadata: { labels }, data: { release } } })
  }
}

/** The JSON of the record in a Secret, or in a ConfigMap. */
export function recordOf (object: LiveObject): string {
  const { release = '' } = object['data'] as { release?: string }
  const payload = object.kind === 'ConfigMap' ? release : Buffer.from(release, 'base64').toString('latin1')
  return gunzipSync(Buffer.from(payload, 'base64')).toString('utf8')
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

/** A request, and its path from the API's root on. */
export interface Asked {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE'
  readonly path: string
  readonly body?: object
  /** Whether a refusal is as good as nothing there. */
  readonly mayFail?: boolean
}

/**
 * Asks the API.
 *
 * @throws when it refuses, but for what is not there to be read
 */
export async function ask (scene: Scene, asked: Asked): Promise<unknown> {
  const { method, path } = asked
  const { status, text } = await send(scene, asked)
  if (status === 429) {
    // A kind that is just being set up is not there yet.
    await sleep(500)
    return await ask(scene, asked)
  }
  if (status >= 300 && !(method === 'GET' && status === 404)) {
    if (asked.mayFail === true) return {}
    throw new Error(`${method} ${path} was answered with ${status}: ${text}`)
  }
  return JSON.parse(text.startsWith('{') ? text : '{}')
}

async function send ({ cluster: { server, ca, token } }: Scene, { method, path, body }: Asked): Promise<{ readonly status: number, readonly text: string }> {
  const sent = Buffer.from(body === undefined ? '' : JSON.stringify(body))
  // Node leaves the length out of a DELETE's headers.
  const headers = { authorization: `Bearer ${token}`, 'content-type': method === 'PATCH' ? 'application/merge-patch+json' : 'application/json', 'content-length': sent.length }
  return await new Promise((resolve, reject) => {
    request(server, { method, path, headers, ca, timeout: 20_000 }, response => {
      textOf(response).then(text => resolve({ status: response.statusCode ?? 0, text }), reject)
    }).on('error', reject).end(sent)
  })
}
