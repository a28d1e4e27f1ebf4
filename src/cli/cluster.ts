import { hostname, userInfo } from 'node:os'
import type { ActionContext } from '../action/context.js'
import { packageVersion } from '../db/package-root.js'
import type { StatusReader } from '../kube/client.js'
import type { Clock } from '../kube/clock.js'
import { connect } from '../kube/connect.js'
import { OfflineClient } from '../kube/offline-client.js'
import type { ReleaseDriver } from '../release/driver.js'
import { History } from '../release/history.js'
import type { LeaseTerms } from '../release/lease.js'
import { openDriver } from '../release/open-driver.js'
import { clockOf } from './clock.js'
import type { CliContext } from './command.js'
import type { Flags } from './flags.js'
import { renderContext } from './render-context.js'
import { memoryFiles } from './memory-files.js'
import { releasesFrom } from './memory-releases.js'
import { settingsOf } from './settings.js'
import { MemoryDriver } from '../release/memory.js'
import type { WaitProgress } from '../kube/wait-progress.js'
import type { Warn } from '../kube/warn.js'

/** A cluster as commands see it. */
export interface Cluster {
  readonly context: ActionContext
  readonly reader: StatusReader
  /** The namespace the command works in. */
  readonly namespace: string
}

/** A command's call, and how it uses the cluster. */
export interface ClusterCall {
  readonly context: CliContext
  readonly flags: Flags
  /** Whether Ctrl-C ends requests under way: not where something is changed, so that the record can still be written. */
  readonly interruptible: boolean
  /** Whether releases of all namespaces are meant. */
  readonly allNamespaces?: boolean
  /** Told how waiting goes. */
  readonly progress?: WaitProgress | undefined
}

/**
 * Does something with the cluster that flags, environment and kubeconfig name, and hangs up.
 *
 * @param call the command's, and how it uses the cluster
 * @param work what to do
 */
export async function withCluster<T> (call: ClusterCall, work: (cluster: Cluster) => Promise<T>): Promise<T> {
  const files = memoryFiles(call.context)
  return files === '' ? await withRealCluster(call, work) : await work(await recordedCluster(call, files))
}

async function withRealCluster<T> (call: ClusterCall, work: (cluster: Cluster) => Promise<T>): Promise<T> {
  const { context, flags, interruptible, allNamespaces = false, progress } = call
  const settings = settingsOf(context, flags)
  const rendering = renderContext(context, flags)
  const warn: Warn = (message, facts) => rendering.log('WARN', message, facts)
  const clock = clockOf(context)
  const connection = await connect({
    ...settings.kube,
    ...settings.namespaceGiven ? { namespace: settings.namespace } : {},
    env: context.env,
    clock,
    userAgent: `Portolan/${packageVersion()}`,
    interactive: 'isTTY' in context.stdin && context.stdin.isTTY === true,
    warn,
    ...interruptible ? { signal: context.signal } : {}
  })
  let driver: ReleaseDriver | undefined
  try {
    const { client, transport, namespace } = connection
    driver = await openDriver(settings.driver, {
      transport,
      namespace: allNamespaces ? '' : namespace,
      now: context.clock,
      debug: message => rendering.log('DEBUG', message),
      warn,
      env: context.env,
      user: () => userInfo().username
    })
    const action: ActionContext = {
      ...rendering,
      kube: client,
      history: new History(driver),
      signal: context.signal,
      lease: leaseTerms(clock),
      objects: client,
      podLogs: client,
      ...progress === undefined ? {} : { progress }
    }
    return await work({ context: action, reader: client, namespace })
  } finally {
    await driver?.close?.()
    await connection.close()
  }
}

/** What others are told of this process while it is at work on a release: it is believed to live for a minute after it last said so. */
function leaseTerms ({ sleep }: Clock): LeaseTerms {
  return { owner: `${userInfo().username}@${hostname()}`, process: process.pid, term: 60_000, isRunning, sleep }
}

function isRunning (id: number): boolean {
  try {
    return process.kill(id, 0)
  } catch (error) {
    // It is there, but somebody else's.
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}

/** Releases from files, and no cluster (HELM_MEMORY_DRIVER_DATA). */
async function recordedCluster ({ context, flags, allNamespaces = false }: ClusterCall, files: string): Promise<Cluster> {
  const { namespace } = settingsOf(context, flags)
  const client = new OfflineClient()
  const driver = new MemoryDriver(allNamespaces ? '' : namespace, await releasesFrom(files, context.cwd))
  return {
    context: { ...renderContext(context, flags), kube: client, history: new History(driver), signal: context.signal },
    reader: client,
    namespace
  }
}
