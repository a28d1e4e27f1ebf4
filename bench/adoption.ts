import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { chartArchive } from '../test/helpers/chart-archive.js'
import { startServerProcess } from '../test/e2e/server-process.js'

// `node dist/bench/adoption.js --files 10000`: how long a server takes to adopt files that it does not know, and how it answers meanwhile.
const { values } = parseArgs({ options: { files: { type: 'string', default: '10000' } } })
const files = Number(values.files)
const versionsOfChart = 20

const directory = await mkdtemp(join(tmpdir(), 'portolan-adoption-'))
try {
  await mkdir(join(directory, 'charts'))
  for (let i = 0; i < files; i++) await writeFile(join(directory, 'charts', `odd-${i}.tgz`), await archive(`chart-${Math.floor(i / versionsOfChart)}`, `1.${i % versionsOfChart}.0`))
  const server = await startServerProcess({ directory })
  try {
    const began = performance.now()
    const before = await processorSeconds(server.pid)
    const answers: number[] = []
    while (await versions(server.url) < files) answers.push(await timeOf(`${server.url}/health`))
    const seconds = (performance.now() - began) / 1000
    const processor = await processorSeconds(server.pid) - before
    const peak = /VmHWM:\s+(\d+)/.exec(await readFile(`/proc/${server.pid}/status`, 'utf8').catch(() => ''))?.[1]
    const sorted = answers.sort((a, b) => a - b)
    process.stdout.write(`${files} files adopted in ${seconds.toFixed(2)} s (${processor.toFixed(2)} s of processors); ${answers.length} requests answered meanwhile, in ${at(sorted, 0.5)} ms (median), ${at(sorted, 0.99)} ms (99 of 100), ${at(sorted, 1)} ms (all); peak memory ${Math.round(Number(peak ?? 0) / 1000)} MB\n`)
  } finally {
    await server.stop()
  }
} finally {
  await rm(directory, { recursive: true })
}

/** A small chart with what charts usually say of themselves. */
async function archive (name: string, version: string): Promise<Buffer> {
  return await chartArchive(name, version, {
    'Chart.yaml': `apiVersion: v2\nname: ${name}\nversion: ${version}\nappVersion: "3.1"\ndescription: A chart of a service that does something for others\nhome: https://example.com/${name}\nicon: https://example.com/${name}.svg\nkeywords: [db, cache, web]\nsources:\n- https://example.com/src\nmaintainers:\n- name: Team A\n  email: team-a@example.com\n`
  })
}

/** Seconds that all threads of a process have run; NaN where there is no /proc. */
async function processorSeconds (pid: number): Promise<number> {
  const fields = (await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '')).replace(/^.*\) /, '').split(' ')
  return (Number(fields[11]) + Number(fields[12])) / 100
}

async function versions (url: string): Promise<number> {
  const [tenant] = await (await fetch(`${url}/api/tenants`)).json() as Array<{ versions: number }>
  return tenant?.versions ?? 0
}

async function timeOf (url: string): Promise<number> {
  const began = performance.now()
  await (await fetch(url)).arrayBuffer()
  await new Promise(resolve => setTimeout(resolve, 5))
  return performance.now() - began - 5
}

function at (sorted: readonly number[], share: number): string {
  return (sorted[Math.min(Math.floor(sorted.length * share), sorted.length - 1)] ?? 0).toFixed(1)
}
