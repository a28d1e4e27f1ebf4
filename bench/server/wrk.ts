import { createHash } from 'node:crypto'
import { chartArchiveOf, chartName, writeArchives } from './archives.js'
import { requestBytes } from './connection.js'
import type { Figure } from './figures.js'
import { countVersions, plainIndex } from './index-requests.js'
import { median } from '../measure.js'
import type { Processes } from './processes.js'
import type { Program, Running } from './programs.js'
import { bareFastify, start } from './programs.js'
import { join } from 'node:path'

/** How many versions the store has: an index of some 830 kB. */
const versions = 1000

/** One thread: it can ask more than any of the servers answers, and leaves the other processor to them. */
const load = ['-t', '1', '-c', '16']

interface Target {
  readonly measure: string
  readonly path: string
  /** Whether a body is what it must be. */
  readonly good: (body: Buffer) => boolean
}

const name = chartName(7)
const version = '1.3.0'

const targets: readonly Target[] = [
  { measure: 'wrk: one archive', path: `/charts/${name}-${version}.tgz`, good: body => sha256(body) === sha256(chartArchiveOf(name, version)) },
  { measure: 'wrk: one version as JSON', path: `/api/charts/${name}/${version}`, good: body => body.includes(`"urls":["charts/${name}-${version}.tgz"]`) },
  { measure: 'wrk: the index', path: '/index.yaml', good: body => countVersions(body) === versions }
]

interface Server {
  readonly program: Program
  readonly running: Running
}

export interface WrkOptions {
  readonly seconds: number
  readonly rounds: number
}

/**
 * Requests a second over 16 connections, program after program, and all again for the next round; with a bare Fastify that answers as many bytes
 * as ours.
 *
 * @param programs ours first
 * @returns medians of the rounds
 * @throws {Error} when an answer is wrong
 */
export async function measureWrk (processes: Processes, programs: readonly Program[], options: WrkOptions): Promise<Figure[]> {
  const servers: Server[] = []
  for (const program of programs) servers.push(await startOnStore(processes, program))
  const figures: Figure[] = []
  for (const target of targets) figures.push(...await measureTarget(processes, { target, servers }, options))
  for (const { running } of servers) await running.stop()
  return figures
}

async function startOnStore (processes: Processes, program: Program): Promise<Server> {
  const directory = processes.folder()
  writeArchives(join(directory, program.archives), versions)
  const running = await start(processes, program, directory)
  const connection = await running.connect(4 * 1024 * 1024)
  const index = requestBytes('GET', '/index.yaml')
  for (const deadline = performance.now() + 60_000; countVersions(plainIndex(await connection.expect(200, index))) < versions;) {
    if (performance.now() > deadline) throw new Error(`${program.name} does not list its files`)
  }
  connection.close()
  return { program, running }
}

async function measureTarget (processes: Processes, { target, servers }: { readonly target: Target, readonly servers: readonly Server[] }, { seconds, rounds }: WrkOptions): Promise<Figure[]> {
  const sizes = await Promise.all(servers.map(({ running }) => checkedSize(running, target)))
  const bare = bareFastify(sizes[0] ?? 0)
  const bareServer = { program: bare, running: await start(processes, bare, processes.folder()), path: '/', size: sizes[0] ?? 0 }
  ;(await bareServer.running.connect()).close()
  const all = [...servers.map((server, i) => ({ ...server, path: target.path, size: sizes[i] ?? 0 })), bareServer]
  const rates = new Map<Program, number[]>(all.map(({ program }) => [program, []]))
  for (const server of all) await rate(processes, server, 3)
  for (let i = 0; i < rounds; i++) {
    for (const server of all) rates.get(server.program)?.push(await rate(processes, server, seconds))
  }
  await bareServer.running.stop()
  for (const { running } of servers) await checkedSize(running, target)
  return all.map(({ program }) => ({ measure: target.measure, versions, program: program.name, value: median(rates.get(program) ?? []), unit: '/s' }))
}

/** The size of an answer that is checked. */
async function checkedSize (running: Running, { path, good }: Target): Promise<number> {
  const connection = await running.connect(4 * 1024 * 1024)
  const { body } = await connection.expect(200, requestBytes('GET', path))
  if (!good(body)) throw new Error(`${path} answers something else: ${body.toString('utf8', 0, 200)}`)
  connection.close()
  return body.length
}

interface Asked {
  readonly running: Running
  readonly path: string
  /** Bytes of a good answer's body. */
  readonly size: number
}

/** Requests a second, all of them answered well: wrk counts other answers than 2xx, and no answer was shorter than the body is. */
async function rate (processes: Processes, { running, path, size }: Asked, seconds: number): Promise<number> {
  const text = await processes.run({ file: 'wrk', args: [...load, '-d', `${seconds}s`, `http://127.0.0.1:${running.port}${path}`] })
  const [, requests = '', read = '', unit = ''] = /(\d+) requests in [\d.]+\w+, ([\d.]+)([KMGT]?)B read/.exec(text) ?? []
  const perSecond = Number(/Requests\/sec:\s+([\d.]+)/.exec(text)?.[1])
  const bytes = Number(read) * 1024 ** ['', 'K', 'M', 'G', 'T'].indexOf(unit)
  // wrk rounds what it read to two places.
  if (/Non-2xx|Socket errors/.test(text) || !(perSecond > 0) || bytes * 1.01 < Number(requests) * size) throw new Error(`wrk on ${path}: ${text}`)
  return perSecond
}

function sha256 (bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}
