import { create, get, type Connection } from './api.js'
import type { ClusterPorts } from './arguments.js'
import { isNodeReady, nodeObject } from './node.js'
import { pollUntil } from './poll.js'
import { storageClassObject } from './storage-class.js'

/**
 * Waits for the API server, with all that it sets up at its first start.
 *
 * @param connection the API server
 * @param signal ends the wait
 * @throws ClusterError `not-ready`, or the signal's
 */
export function apiServerReady (connection: Connection, signal: AbortSignal): Promise<void> {
  return pollUntil('kube-apiserver', () => answers(connection, '/readyz'), signal)
}

/**
 * Waits for the programs beside the API server, and for the first thing of theirs that every pod needs: a service account.
 *
 * @param connection the API server
 * @param ports where the others listen
 * @param signal ends the wait
 * @throws ClusterError `not-ready`, or the signal's
 */
export async function controllersReady (connection: Connection, ports: ClusterPorts, signal: AbortSignal): Promise<void> {
  const at = (port: number): Connection => ({ ...connection, server: `https://127.0.0.1:${port}` })
  const account = '/api/v1/namespaces/default/serviceaccounts/default'
  await Promise.all([
    pollUntil('kube-controller-manager', () => answers(at(ports.controllerManager), '/healthz'), signal),
    pollUntil('kube-scheduler', () => answers(at(ports.scheduler), '/readyz'), signal),
    pollUntil('kwok', () => answers(at(ports.kwok), '/readyz'), signal),
    pollUntil('The service account default', () => answers(connection, account), signal)
  ])
}

/**
 * Creates nodes and waits until pods can be put on them.
 *
 * @param connection the API server
 * @param names the nodes' names
 * @param signal ends the wait
 * @throws ClusterError `request-failed` when a node cannot be created, `not-ready`, or the signal's
 */
export async function addNodes (connection: Connection, names: readonly string[], signal: AbortSignal): Promise<void> {
  await Promise.all(names.map(async (name) => {
    await create(connection, '/api/v1/nodes', nodeObject(name))
    const look = async () => isNodeReady((await get(connection, `/api/v1/nodes/${name}`)).body)
    await pollUntil(`The node ${name}`, look, signal)
  }))
}

/**
 * Creates the storage class that claims get when they name none.
 *
 * @param connection the API server
 * @throws ClusterError `request-failed`
 */
export function addStorageClass (connection: Connection): Promise<void> {
  return create(connection, '/apis/storage.k8s.io/v1/storageclasses', storageClassObject())
}

/** That it does not answer with 200 is an error, for `pollUntil` to tell at the end. */
async function answers (connection: Connection, path: string): Promise<boolean> {
  const { status, body } = await get(connection, path)
  if (status !== 200) throw new Error(`GET ${connection.server}${path} was answered with ${status}: ${body}`)
  return true
}
