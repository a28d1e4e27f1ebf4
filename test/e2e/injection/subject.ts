import { cp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { openSqlite } from '../../../src/db/sqlite.js'
import type { ServerProcess } from '../server-process.js'
import { startServerProcess } from '../server-process.js'
import type { Call } from './calls.js'
import { callsOf } from './calls.js'
import { attach, poolThread } from './strace.js'
import type { Target } from './strike.js'

/** How the database's log stands before an upload: it is begun anew by it, or it has grown so long that it is put into the database after it. */
export type LogState = 'begun anew' | 'full'

/** So many commits make SQLite put its log into the database. */
const fullLog = 1000

/** A server that things happen to, with the folder that it keeps its data in. */
export class Subject {
  readonly directory: string
  #server: ServerProcess

  private constructor (directory: string, server: ServerProcess) {
    this.directory = directory
    this.#server = server
  }

  static async start (directory: string): Promise<Subject> {
    return new Subject(directory, await start(directory))
  }

  get url (): string {
    return this.#server.url
  }

  /** Gives the exit code. */
  async stop (signal?: NodeJS.Signals): Promise<number | null> {
    return await this.#server.stop(signal)
  }

  /** Starts the server again when it has ended, and waits until it has looked through its store. */
  async startAgain (): Promise<void> {
    this.#server = await start(this.directory)
  }

  async target (): Promise<Target> {
    const { pid } = this.#server
    return { pid, threads: { main: pid, pool: await poolThread(pid) }, directory: this.directory }
  }

  /** The calls that an upload makes on the store, and the one that answers it; in their order on each thread. */
  async callsDuring (upload: () => Promise<unknown>): Promise<Call[]> {
    const { threads, directory } = await this.target()
    const traces = await Promise.all((['main', 'pool'] as const).map(async thread => ({ thread, trace: await attach(threads[thread], { trace: '%file,%desc' }) })))
    await upload()
    const calls = await Promise.all(traces.map(async ({ thread, trace }) => callsOf(await trace.end(), { thread, directory })))
    return calls.flat()
  }

  /** Brings the database's log into a state, over another connection. */
  prepareLog (state: LogState): void {
    const sqlite = openSqlite(join(this.directory, 'portolan.db'))
    try {
      if (state === 'begun anew') {
        sqlite.pragma('wal_checkpoint(full)')
        return
      }
      sqlite.pragma('wal_autocheckpoint = 0')
      sqlite.pragma('synchronous = off')
      // A number in the file that is the user's: nobody looks at it here.
      for (let i = 0; i < fullLog; i++) sqlite.pragma(`user_version = ${i}`)
    } finally {
      sqlite.close()
    }
  }

  /** Copies what is on disk, as a server that starts after a crash at this moment would find it; without the shared memory, which is rebuilt then. */
  async copy (): Promise<string> {
    const copy = `${this.directory}-copy`
    await rm(copy, { recursive: true, force: true })
    await cp(this.directory, copy, { recursive: true, filter: path => !path.endsWith('.db-shm') })
    return copy
  }
}

/**
 * One thread for Node's file functions, so that their calls have an order; and no loader of tap's, which it gives every Node by NODE_OPTIONS, and which has
 * threads of its own.
 */
const runBy = ['env', '-u', 'NODE_OPTIONS', 'UV_THREADPOOL_SIZE=1', 'UV_USE_IO_URING=0', process.execPath] as const

async function start (directory: string): Promise<ServerProcess> {
  // The store is looked through at the start only.
  const server = await startServerProcess({ directory, args: ['--cache-interval', '0', '--depth-dynamic'], runBy })
  await server.logged('The storage was looked through')
  return server
}
