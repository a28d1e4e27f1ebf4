import { once } from 'node:events'
import { join } from 'node:path'
import { messageOf } from '../../src/errors.js'
import { buildCluster } from './build-cluster.js'
import { repositoryRoot } from './repository-root.js'
import { startCluster } from './start-cluster.js'

/** `npm run cluster`: a cluster until Ctrl-C; with the argument `build` only its programs, for a machine that is to run tests later. */
async function main (args: readonly string[], signal: AbortSignal): Promise<void> {
  if (args[0] === 'build') await build(signal)
  else await keepCluster(signal)
}

async function build (signal: AbortSignal): Promise<void> {
  const module = join(repositoryRoot(import.meta.dirname), 'test', 'cluster')
  const { programs } = await buildCluster({ module, env: process.env, signal, report })
  report(`The programs of the test cluster are in ${programs}`)
}

async function keepCluster (signal: AbortSignal): Promise<void> {
  const cluster = await startCluster({ env: process.env, signal, report })
  report(`Kubernetes runs at ${cluster.server}; its logs are in ${cluster.dir}. Use it from another shell:

  export KUBECONFIG=${cluster.kubeconfig}

Ctrl-C stops it and removes everything.`)
  const failure = await Promise.race([cluster.failed, aborted(signal)])
  await cluster.stop()
  if (failure !== undefined) throw failure
}

async function aborted (signal: AbortSignal): Promise<undefined> {
  if (!signal.aborted) await once(signal, 'abort')
}

function report (line: string): void {
  process.stdout.write(`${line}\n`)
}

const stop = new AbortController()
for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => stop.abort())
try {
  await main(process.argv.slice(2), stop.signal)
} catch (error) {
  // Who stops a start wants no error about it.
  if (!stop.signal.aborted) process.stderr.write(`${messageOf(error)}\n`)
  process.exitCode = 1
}
