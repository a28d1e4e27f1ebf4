import type { Test } from 'tap'
import type { ActionContext } from '../../src/action/context.js'
import type { InstallOptions } from '../../src/action/install.js'
import type { RollbackOptions } from '../../src/action/rollback.js'
import type { UpgradeOptions } from '../../src/action/upgrade.js'
import type { Chart } from '../../src/chart/chart.js'
import { loadFiles } from '../../src/chart/load-files.js'
import { encode } from '../../src/go/bytes.js'
import { GoTime } from '../../src/go/time.js'
import { History } from '../../src/release/history.js'
import { secretsDriver } from '../../src/release/secrets.js'
import { fakeCluster, type FakeCluster } from './cluster-client.js'
import type { FakeObject } from './fake-api-server.js'

/** An action's world over a fake API. */
export interface ActionWorld extends FakeCluster {
  readonly context: ActionContext
  /** What was logged, as `LEVEL message`, without what is for --debug. */
  readonly logged: string[]
  /** Ends operations, as Ctrl-C does. */
  readonly stop: AbortController
  /** The paths of what lives in the fake API, without the records. */
  readonly alive: () => string[]
}

/** Starts a fake API and what actions need around it. */
export async function actionWorld (t: Test): Promise<ActionWorld> {
  const cluster = await fakeCluster(t)
  const { server, transport, client, clock } = cluster
  const logged: string[] = []
  const stop = new AbortController()
  const context: ActionContext = {
    kube: client,
    history: new History(secretsDriver({ transport, namespace: 'default', now: clock.now })),
    clock: clock.now,
    now: () => GoTime.fromDate(clock.now().getTime()),
    random: size => new Uint8Array(size),
    log: (level, message, facts = {}) => {
      if (level !== 'DEBUG') logged.push([level, message, ...Object.entries(facts).map(([name, value]) => `${name}=${value}`)].join(' '))
    },
    signal: stop.signal,
    objects: client,
    podLogs: client
  }
  const alive = (): string[] => [...server.objects.keys()].filter(path => !path.includes('sh.helm.release')).map(path => path.replace(/^.*\/namespaces\/default\//, ''))
  return { ...cluster, context, logged, stop, alive }
}

/**
 * A chart of some files.
 *
 * @param files by name; Chart.yaml is there unless given
 */
export function chartOf (files: Readonly<Record<string, string>>): Chart {
  const all = { 'Chart.yaml': 'apiVersion: v2\nname: sea\nversion: 1.2.3\n', ...files }
  return loadFiles(Object.entries(all).map(([name, text]) => ({ name, data: encode(text) })))
}

/** Options of an installation as `install web CHART` has them. */
export function installOptionsOf (chart: Chart, changes: Partial<InstallOptions> = {}): InstallOptions {
  return {
    chart,
    values: new Map(),
    name: 'web',
    namespace: 'default',
    dryRun: 'none',
    hooks: true,
    wait: 'hookOnly',
    waitForJobs: false,
    timeout: 5000,
    createNamespace: false,
    skipCrds: false,
    serverSide: true,
    forceConflicts: false,
    forceReplace: false,
    takeOwnership: false,
    replace: false,
    rollbackOnFailure: false,
    description: '',
    labels: new Map(),
    ...changes
  }
}

/** Options of an upgrade as `upgrade web CHART` has them. */
export function upgradeOptionsOf (chart: Chart, changes: Partial<UpgradeOptions> = {}): UpgradeOptions {
  return {
    chart,
    values: new Map(),
    name: 'web',
    policy: 'unless-given',
    dryRun: 'none',
    hooks: true,
    wait: 'hookOnly',
    waitForJobs: false,
    timeout: 5000,
    serverSide: 'auto',
    forceConflicts: false,
    forceReplace: false,
    takeOwnership: false,
    cleanupOnFail: false,
    rollbackOnFailure: false,
    maxHistory: 10,
    description: '',
    labels: new Map(),
    ...changes
  }
}

/** Options of a rollback as `rollback web` has them. */
export function rollbackOptionsOf (changes: Partial<RollbackOptions> = {}): RollbackOptions {
  return {
    name: 'web',
    revision: 0,
    dryRun: false,
    hooks: true,
    wait: 'hookOnly',
    waitForJobs: false,
    timeout: 5000,
    serverSide: 'auto',
    forceConflicts: false,
    forceReplace: false,
    cleanupOnFail: false,
    maxHistory: 10,
    description: '',
    ...changes
  }
}

/** A template of a ConfigMap. */
export function configMap (name: string, annotations: Readonly<Record<string, string>> = {}): string {
  return `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: ${name}\n  annotations: ${JSON.stringify(annotations)}\n`
}

/** Lets Jobs run to their end at once; those whose name says so fail. */
export function runJobs (object: FakeObject): void {
  if (object.kind !== 'Job') return
  const type = object.metadata.name.startsWith('bad') ? 'Failed' : 'Complete'
  object['status'] = { failed: 1, conditions: [{ type, status: 'True' }] }
}

/** A template of a Job that is a hook. */
export function hookJob (name: string, events: string, annotations: Readonly<Record<string, string>> = {}): string {
  return `apiVersion: batch/v1\nkind: Job\nmetadata:\n  name: ${name}\n  annotations: ${JSON.stringify({ 'helm.sh/hook': events, ...annotations })}\nspec: {}\n`
}
