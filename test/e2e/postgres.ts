import { execFile, execFileSync, spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { chown, mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { Test } from 'tap'
import { freePorts } from '../cluster/free-ports.js'
import { pollUntil } from '../cluster/poll.js'

const run = promisify(execFile)

/** A PostgreSQL of a test's own. */
export interface Postgres {
  /** Makes an empty database, and gives connection strings of it: over the network, and over a socket. */
  readonly database: (name: string) => Promise<{ readonly url: string, readonly pairs: string }>
}

/**
 * Starts Debian's PostgreSQL in a temporary folder, on a free port of 127.0.0.1 and on a Unix socket; both go with the test. Started by
 * root it runs as the user `postgres`, since it refuses to run as root.
 *
 * @param t the test
 */
export async function startPostgres (t: Test): Promise<Postgres> {
  const bin = await programs()
  const owner = unprivileged()
  const folder = await mkdtemp(join(tmpdir(), 'portolan-postgres-'))
  if (owner !== undefined) await chown(folder, owner.uid, owner.gid)
  const data = join(folder, 'data')
  await run(join(bin, 'initdb'), ['--pgdata', data, '--username', 'captain', '--auth', 'trust', '--encoding', 'UTF8', '--no-sync'], { ...owner, cwd: folder })
  const [port = 0] = await freePorts(1)
  const server = spawn(join(bin, 'postgres'), ['-D', data, '-p', String(port), '-k', folder, '-c', 'listen_addresses=127.0.0.1', '-c', 'fsync=off'], { ...owner, cwd: folder, stdio: 'ignore' })
  t.teardown(() => stop(server, folder))
  const ready = async (): Promise<boolean> => await run(join(bin, 'pg_isready'), ['-h', folder, '-p', String(port)]).then(() => true, () => false)
  await pollUntil('PostgreSQL', ready, AbortSignal.timeout(60_000))
  return {
    database: async name => {
      await run(join(bin, 'createdb'), ['-h', folder, '-p', String(port), '-U', 'captain', name])
      return { url: `postgres://captain@127.0.0.1:${port}/${name}?sslmode=disable`, pairs: `host=${folder} port=${port} user=captain dbname=${name}` }
    }
  }
}

/** The folder of the newest version's programs. */
async function programs (): Promise<string> {
  const versions = existsSync('/usr/lib/postgresql') ? await readdir('/usr/lib/postgresql') : []
  const newest = versions.sort((a, b) => Number(a) - Number(b)).at(-1)
  if (newest === undefined) throw new Error('PostgreSQL is not there: install the package `postgresql`')
  return join('/usr/lib/postgresql', newest, 'bin')
}

/** Who runs it, when that must be somebody else. */
function unprivileged (): { readonly uid: number, readonly gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined
  const id = (flag: string): number => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }))
  return { uid: id('-u'), gid: id('-g') }
}

async function stop (server: ChildProcess, folder: string): Promise<void> {
  if (server.exitCode === null && server.signalCode === null) {
    server.kill('SIGINT')
    await once(server, 'exit')
  }
  await rm(folder, { recursive: true, force: true })
}
