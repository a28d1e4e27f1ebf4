import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { startServerProcess } from './server-process.js'
import { stress } from './stress.js'

// `node dist/test/e2e/stress-main.js --seconds 60`: runs writers and readers against a server of its own, and prints the figures as JSON.
const { values } = parseArgs({ options: { seconds: { type: 'string', default: '60' } } })
const directory = await mkdtemp(join(tmpdir(), 'portolan-stress-'))
const server = await startServerProcess({ directory, args: ['--cache-interval', '2s'] })
try {
  const figures = await stress(server.url, { seconds: Number(values.seconds) })
  const peak = /VmHWM:\s+(\d+)/.exec(await readFile(`/proc/${server.pid}/status`, 'utf8').catch(() => ''))?.[1]
  process.stdout.write(`${JSON.stringify({ ...figures, peakMegabytes: Math.round(Number(peak ?? 0) / 1000) }, undefined, 2)}\n`)
  if (figures.faults.length > 0) process.exitCode = 1
} finally {
  await server.stop()
  await rm(directory, { recursive: true })
}
