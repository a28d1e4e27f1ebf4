import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  apiServerArguments, controllerManagerArguments, etcdArguments, kwokArguments, schedulerArguments,
  type ClusterPlan, type ClusterPorts
} from './arguments.js'
import { buildCluster, type BuiltCluster } from './build-cluster.js'
import { writeClusterFiles, type ClusterUser } from './cluster-files.js'
import type { ClusterError } from './errors.js'
import { freePorts } from './free-ports.js'
import { Programs } from './programs.js'
import { addNodes, addStorageClass, apiServerReady, controllersReady } from './ready.js'
import { repositoryRoot } from './repository-root.js'

/** Milliseconds that a start may take once the programs are built: about ten times what it takes on two cores. */
const START_TIMEOUT = 60_000

/** What a cluster is to be like. */
export interface ClusterOptions {
  /** The environment: where built programs are kept (see build-cluster.ts), and what Go needs when they are not there yet. */
  readonly env: NodeJS.ProcessEnv
  /** How many nodes it starts with; 1 unless said. */
  readonly nodes?: number
  /** People beside the administrator, each with a context of their name in the kubeconfig. They may do what RBAC objects let them. */
  readonly users?: readonly ClusterUser[]
  /** The lines that every container is said to have printed; one line unless said. */
  readonly podLog?: readonly string[]
  /** Milliseconds that the start may take, after the build; 60,000 unless said. */
  readonly timeout?: number
  /** Gives up the build and the start when raised; a cluster that was started is not ended by it. */
  readonly signal?: AbortSignal
  /** Told in a line what takes long. */
  readonly report?: (line: string) => void
}

/** A running Kubernetes of one's own. */
export interface Cluster {
  /** The path of a kubeconfig: the administrator's, with a token (`admin`) or a client certificate (`admin-certificate`). */
  readonly kubeconfig: string
  /** The API server, `https://127.0.0.1:PORT`. */
  readonly server: string
  /** The certificate authority of the server, PEM. */
  readonly ca: string
  /** The administrator's bearer token. */
  readonly token: string
  /** The folder with everything, each program's log (NAME.log) among it. It is gone after `stop`. */
  readonly dir: string
  /** Settles when a program of the cluster has ended, be it by `stop`. Never rejects. */
  readonly failed: Promise<ClusterError>
  /** Creates nodes and resolves when pods can be put on them. */
  addNodes (names: readonly string[]): Promise<void>
  /** Ends every program, removes the folder. */
  stop (): Promise<void>
}

/**
 * Starts a Kubernetes for tests on 127.0.0.1: API server, controllers and scheduler as they are, with nodes and pods that kwok plays.
 * Resolves when it can be worked with: all parts answer, nodes are ready, the service account `default` is there.
 *
 * @param options what it is to be like
 * @returns the cluster, which the caller stops
 * @throws ClusterError `build-failed`; `program-ended` with the program's name and the end of its log; `not-ready`
 */
export async function startCluster (options: ClusterOptions): Promise<Cluster> {
  const module = join(repositoryRoot(import.meta.dirname), 'test', 'cluster')
  const built = await buildCluster({ module, ...options })
  const dir = await mkdtemp(join(tmpdir(), 'portolan-cluster-'))
  const programs = new Programs(built.programs, dir)
  try {
    return await start({ options, built, dir, programs, stages: [...built.stages, join(module, 'stages', 'pod-finish.yaml')] })
  } catch (error) {
    await end(programs, dir)
    throw error
  }
}

/** All that a start knows. */
interface Start {
  readonly options: ClusterOptions
  readonly built: BuiltCluster
  readonly stages: readonly string[]
  readonly dir: string
  readonly programs: Programs
}

async function start ({ options, built, stages, dir, programs }: Start): Promise<Cluster> {
  const ports = await clusterPorts()
  const { users = [], podLog = ['kwok plays this container'], nodes = 1 } = options
  const server = `https://127.0.0.1:${ports.apiServer}`
  const { files, connection } = await writeClusterFiles({ dir, programs: built.programs, server, users, podLog })
  const plan: ClusterPlan = { ports, files }
  const limit = (further: AbortSignal[] = []) =>
    AbortSignal.any([programs.signal, AbortSignal.timeout(options.timeout ?? START_TIMEOUT), ...further])
  const signal = limit(options.signal === undefined ? [] : [options.signal])

  await programs.start('etcd', etcdArguments(plan))
  await programs.start('kube-apiserver', apiServerArguments(plan))
  await apiServerReady(connection, signal)
  await programs.start('kube-controller-manager', controllerManagerArguments(plan))
  await programs.start('kube-scheduler', schedulerArguments(plan))
  await programs.start('kwok', kwokArguments(plan, stages))
  await Promise.all([
    addStorageClass(connection),
    controllersReady(connection, ports, signal),
    addNodes(connection, nodeNames(nodes), signal)
  ])
  return {
    kubeconfig: files.kubeconfig,
    ...connection,
    dir,
    failed: programs.failed,
    addNodes: (names) => addNodes(connection, names, limit()),
    stop: () => end(programs, dir)
  }
}

function nodeNames (count: number): string[] {
  return Array.from({ length: count }, (_, index) => `node-${index + 1}`)
}

async function clusterPorts (): Promise<ClusterPorts> {
  const [etcd = 0, etcdPeer = 0, apiServer = 0, controllerManager = 0, scheduler = 0, kwok = 0] = await freePorts(6)
  return { etcd, etcdPeer, apiServer, controllerManager, scheduler, kwok }
}

async function end (programs: Programs, dir: string): Promise<void> {
  await programs.stop()
  await rm(dir, { recursive: true, force: true })
}
