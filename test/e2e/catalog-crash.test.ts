import { spawn } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import t from 'tap'
import { openLocal } from '../../storage/local.js'
import { chartArchive } from '../helpers/chart-archive.js'
import { bytesOf, checkWhole, openCatalog, publish, sha256 } from '../catalog/open-catalog.js'

const program = fileURLToPath(new URL('../catalog/publish-loop.js', import.meta.url))

/** What was last acknowledged of each version, and what was begun and not acknowledged: digests, `-` for removed. */
interface Log {
  readonly done: Map<string, string>
  readonly begun: Map<string, string>
}

/** Runs the program until it has said so many lines, kills it, and gives what it said. */
async function runAndKill (folder: string, lines: number): Promise<Log> {
  const child = spawn(process.execPath, [...process.execArgv, program, folder], { stdio: ['ignore', 'pipe', 'inherit'] })
  const ended = new Promise(resolve => child.once('close', resolve))
  const log: Log = { done: new Map(), begun: new Map() }
  let said = 0
  // What was said before the kill counts, even when it is read after it.
  for await (const line of createInterface({ input: child.stdout })) {
    const [state, , name = '', version = '', digest = ''] = line.split(' ')
    const file = `${name}-${version}.tgz`
    if (state === 'begin') {
      log.begun.set(file, digest)
    } else {
      log.done.set(file, digest)
      log.begun.delete(file)
    }
    if (++said === lines) child.kill('SIGKILL')
  }
  await ended
  t.equal(child.signalCode, 'SIGKILL')
  return log
}

// The points are where a change has just begun, is half done or has just ended, for one of three workers at least.
for (const lines of [1, 4, 17, 30, 51]) {
  await t.test(`killed after ${lines} lines, nothing acknowledged is lost, and nothing is half there`, { timeout: 60_000 }, async t => {
    const folder = t.testdir()
    const { done, begun } = await runAndKill(folder, lines)
    const backend = await openLocal({ root: join(folder, 'charts') })
    const tried = await openCatalog(t, { url: `sqlite:${join(folder, 'portolan.db')}`, backend })
    const { catalog } = tried
    await catalog.recover()
    t.strictSame(tried.faults, [])
    t.strictSame(readdirSync(join(folder, 'charts', '.portolan', 'staging')), [], 'unfinished writes are swept')

    const is = new Map<string, string>()
    for (const { fileName, digest } of [...(await catalog.charts('')).values()].flat()) is.set(fileName, digest)
    for (const file of new Set([...done.keys(), ...begun.keys()])) {
      const now = is.get(file) ?? '-'
      const allowed = [done.get(file) ?? '-', ...(begun.has(file) ? [begun.get(file)] : [])]
      t.ok(allowed.includes(now), `${file} is as acknowledged, or as was under way`)
      if (now !== '-') t.equal(sha256(await bytesOf(catalog, '', file)), now)
    }

    const stored: string[] = []
    for await (const { key } of backend.list('')) stored.push(key)
    const orphans = stored.filter(key => !is.has(key))
    t.ok(orphans.every(key => begun.has(key)), 'bytes without a record are those of an upload that was under way')
    await checkWhole(t, tried, orphans)
    for (const key of orphans) {
      const [, name = '', version = ''] = /^(.*)-(\d.*)\.tgz$/.exec(key) ?? []
      await publish(catalog, '', { chart: await chartArchive(name, version) })
    }
    await checkWhole(t, tried)
  })
}
