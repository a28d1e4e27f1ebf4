import type { ChildProcess } from 'node:child_process'
import { join } from 'node:path'
import { freePorts } from '../../test/cluster/free-ports.js'
import { program as builtProgram } from '../../test/e2e/server-process.js'
import type { Connection } from './connection.js'
import { connectWhenOpen } from './connection.js'
import type { Command, Processes } from './processes.js'
import { lastOfLog } from './processes.js'

/** Whose figure it is. */
export type ProgramName = 'Portolan' | 'ChartMuseum' | 'ChartMuseum --json-index' | 'bare Fastify'

/** A server that can be measured. */
export interface Program {
  readonly name: ProgramName
  /** Where in its folder the archives lie. */
  readonly archives: string
  command (port: number): Command
}

/** A program that runs. */
export interface Running {
  readonly pid: number
  readonly port: number
  /** When it was started, by `performance.now()`. */
  readonly begun: number
  /** Connects as soon as it listens; `most` as for `Connection.open`. */
  connect (most?: number): Promise<Connection>
  /** @throws {Error} when it has ended by itself meanwhile */
  stop (): Promise<void>
}

/** Ours: the built program with its default settings, which keep everything in ./data. */
export const portolan: Program = {
  name: 'Portolan',
  archives: join('data', 'charts'),
  command: port => ({ file: process.execPath, args: [builtProgram, 'serve', '--listen-host', '127.0.0.1', '--port', String(port)] })
}

/**
 * ChartMuseum with its local storage.
 *
 * @param file the program
 * @param jsonIndex whether its index is JSON, which it makes much faster
 */
export function chartMuseum (file: string, jsonIndex: boolean): Program {
  const args = ['--listen-host', '127.0.0.1', '--storage', 'local', '--storage-local-rootdir', 'charts', ...(jsonIndex ? ['--json-index'] : [])]
  return {
    name: jsonIndex ? 'ChartMuseum --json-index' : 'ChartMuseum',
    archives: 'charts',
    command: port => ({ file, args: [...args, '--port', String(port)] })
  }
}

/**
 * A bare Fastify that answers `GET /` with so many bytes: how fast Node itself is.
 */
export function bareFastify (bytes: number): Program {
  return {
    name: 'bare Fastify',
    archives: '',
    command: port => ({ file: process.execPath, args: [join(import.meta.dirname, 'bare-fastify.js'), String(port), String(bytes)] })
  }
}

/** Starts a program in its folder, which already has its archives. */
export async function start (processes: Processes, program: Program, directory: string): Promise<Running> {
  const [port = 0] = await freePorts(1)
  const begun = performance.now()
  const child = processes.start(program.command(port), directory)
  const ended = whenEnded(child, () => `${program.name} ended by itself: ${lastOfLog(directory)}`)
  return {
    pid: child.pid ?? 0,
    port,
    begun,
    connect: async (most = 1024 * 1024) => await connectWhenOpen(port, most, ended),
    stop: async () => {
      ended.throwIfAborted()
      await processes.stop(child)
    }
  }
}

function whenEnded (child: ChildProcess, reason: () => string): AbortSignal {
  const controller = new AbortController()
  child.once('exit', () => controller.abort(new Error(reason()))).once('error', error => controller.abort(error))
  return controller.signal
}
