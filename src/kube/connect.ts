import { messageOf } from '../errors.js'
import type { AccessOptions } from './access.js'
import { ClusterClient } from './cluster-client.js'
import { KubeError } from './errors.js'
import { openAccess } from './open-access.js'
import { Transport } from './transport.js'

/** How to connect: which cluster, as whom, and what else a command decides. */
export interface ConnectOptions extends AccessOptions {
  /** Overrides the context's namespace. */
  readonly namespace?: string
  readonly signal?: AbortSignal
  readonly userAgent?: string
  /** Told of warnings that the API sends. */
  readonly warn?: (message: string) => void
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
 * Reads the kubeconfig and makes a client; nothing is sent yet.
 *
 * @throws {KubeError} kubeconfig, prefixed `kubernetes cluster unreachable: ` as Helm has it
 */
export async function connect (options: ConnectOptions): Promise<Connection> {
  const access = await openAccess(options).catch((error: unknown) => {
    const code = error instanceof KubeError ? error.code : 'kubeconfig'
    throw new KubeError(code, `kubernetes cluster unreachable: ${messageOf(error)}`, { cause: error })
  })
  const namespace = options.namespace ?? access.namespace
  const transport = new Transport(access, options)
  return { client: new ClusterClient(transport, { ...options, namespace }), transport, namespace, close: async () => { await transport.close() } }
}
