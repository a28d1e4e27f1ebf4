import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { chartsOf } from './archives.js'
import type { Connection } from './connection.js'
import type { Figure } from './figures.js'
import { quantile } from './figures.js'
import { countVersions, indexRequests, indexSpace, plainIndex } from './index-requests.js'
import type { ReadLoad, ReadResult, UploadLoad, UploadResult } from './messages.js'
import type { Processes } from './processes.js'
import type { Running } from './programs.js'

type Value = Pick<Figure, 'measure' | 'value' | 'unit'>

/** Connections that upload at the same time. */
const connections = 8

/**
 * Uploads over eight connections beside two readers of the index; each kind is a process of its own.
 *
 * @param versions how many the store had at first
 * @throws {Error} when an answer is wrong, or the index does not get what was acknowledged
 */
export async function measureLoad (processes: Processes, running: Running, { versions, seconds }: { readonly versions: number, readonly seconds: number }): Promise<Value[]> {
  const space = indexSpace(versions)
  const connection = await running.connect(space)
  const before = await listed(connection)
  const uploaders = await ready(processes.fork(join(import.meta.dirname, 'uploaders.js'), { port: running.port, connections, seconds, charts: chartsOf(versions) } satisfies UploadLoad))
  const readers = await ready(processes.fork(join(import.meta.dirname, 'readers.js'), { port: running.port, space } satisfies ReadLoad))
  const uploaded = await resultOf<UploadResult>(uploaders)
  const read = await resultOf<ReadResult>(readers)
  const faults = [...uploaded.faults, ...read.faults]
  if (faults.length > 0) throw new Error(`${faults.length} answers were wrong: ${faults[0] ?? ''}`)
  await checkListed(connection, before + uploaded.times.length)
  connection.close()
  return [
    { measure: 'uploads beside two index readers', value: uploaded.times.length / uploaded.seconds, unit: '/s' },
    { measure: '… an upload, median', value: quantile(uploaded.times, 0.5), unit: 'ms' },
    { measure: '… an upload, p99', value: quantile(uploaded.times, 0.99), unit: 'ms' },
    { measure: '… indexes read meanwhile', value: read.indexes / read.seconds, unit: '/s' }
  ]
}

/** Waits until a process has made its preparations. */
async function ready (child: ChildProcess): Promise<ChildProcess> {
  await messageOf<'ready'>(child)
  return child
}

/** Tells a process to begin, or a reader to end, and waits for what it says then. */
async function resultOf<Result> (child: ChildProcess): Promise<Result> {
  child.send('go')
  return await messageOf<Result>(child)
}

async function messageOf<Message> (child: ChildProcess): Promise<Message> {
  const ended = once(child, 'exit').then(([code]: unknown[]) => { throw new Error(`a process of the load ended with ${String(code)}`) })
  const [message] = await Promise.race([once(child, 'message'), ended]) as [Message]
  ended.catch(() => {})
  return message
}

/** ChartMuseum lists an upload a while after it has acknowledged it. */
async function checkListed (connection: Connection, expected: number): Promise<void> {
  let found = 0
  for (const deadline = performance.now() + 120_000; performance.now() < deadline;) {
    found = await listed(connection)
    if (found === expected) return
    await setTimeout(200)
  }
  throw new Error(`the index has ${found} versions, not ${expected}`)
}

async function listed (connection: Connection): Promise<number> {
  return countVersions(plainIndex(await connection.expect(200, indexRequests.YAML)))
}
