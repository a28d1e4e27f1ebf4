import type { AccessOptions } from './access.js'
import { ClusterClient } from './cluster-client.js'
import { openAccess } from './open-access.js'
import { Transport } from './transport.js'
import type { Warn } from './warn.js'

/** How to connect: which cluster, as whom, and what else a command decides. */
export interface ConnectOptions extends AccessOptions {
  /** Overrides the context's namespace. */
  readonly namespace?: string
  readonly signal?: AbortSignal
  readonly userAgent?: string
  /** Told of warnings that the API sends. */
  readonly warn?: Warn
}

/** A cluster to work with. */
export interface Connection {
  readonly client: ClusterClient
  readonly transport: Transport
  /** The namespace that objects without one go to. */
  readonly namespace: string
  /** Ends the connections. */
  close (): Promise<void>
}

/**
 * Reads the kubeconfig and makes a client. Nothing is sent yet, and nothing fails: what is wrong with the kubeconfig is the failure of
 * the first request, so that a command can look at its chart first.
 *
 * @param options which cluster, as whom
 */
export async function connect (options: ConnectOptions): Promise<Connection> {
  const access = openAccess(options)
  const namespace = options.namespace ?? await access.then(found => found.namespace, () => 'default')
  const transport = new Transport(access, options)
  return { client: new ClusterClient(transport, { ...options, namespace }), transport, namespace, close: async () => { await transport.close() } }
}
