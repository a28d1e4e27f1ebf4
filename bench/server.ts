/**
 * Measures the repository server beside ChartMuseum, both as built programs with local folders.
 *
 *     npm run bench:server -- --chartmuseum PATH --versions 1000,10000
 *
 * Without `--chartmuseum` (CHARTMUSEUM) only ours is measured. Further flags: `--only adoption,start,upload,load,wrk`; `--seconds` of each load
 * (uploads 15, wrk 10); `--rounds` of wrk and of starts (3); `--uploads` per client (20); `--peer-most` the biggest store that ChartMuseum is measured
 * with (10000); `--json FILE` for all figures as JSON. `wrk` must be in PATH for its part.
 */
import { writeFileSync } from 'node:fs'
import { cpus, loadavg, release, type } from 'node:os'
import { parseArgs } from 'node:util'
import type { Figure, Part } from './server/figures.js'
import { parts, table } from './server/figures.js'
import { Processes } from './server/processes.js'
import type { Program } from './server/programs.js'
import { chartMuseum, portolan } from './server/programs.js'
import { measureStore } from './server/store.js'
import { measureWrk } from './server/wrk.js'

const { values: options } = parseArgs({
  options: {
    chartmuseum: { type: 'string', default: process.env['CHARTMUSEUM'] ?? '' },
    versions: { type: 'string', default: '1000,10000' },
    only: { type: 'string', default: parts.join(',') },
    seconds: { type: 'string', default: '' },
    rounds: { type: 'string', default: '3' },
    uploads: { type: 'string', default: '20' },
    'peer-most': { type: 'string', default: '10000' },
    json: { type: 'string', default: '' }
  }
})

/** Where ChartMuseum is measured with a JSON index too. */
const jsonIndexAt = 10_000

const only = new Set(options.only.split(',').map(asPart))
const rounds = Number(options.rounds)
const seconds = (usual: number): number => options.seconds === '' ? usual : Number(options.seconds)
const processes = new Processes()
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    processes.close().then(() => process.exit(1), () => process.exit(1))
  })
}

const figures: Figure[] = []
let heading = ''
try {
  heading = `Portolan on Node ${process.version}, ${options.chartmuseum === '' ? 'without ChartMuseum, which was not given' : await versionOf(options.chartmuseum)}; ${cpus()[0]?.model ?? ''}, ${cpus().length} processors, ${type()} ${release()}; a load of ${(loadavg()[0] ?? 0).toFixed(1)} by others before`
  print(heading)
  for (const versions of options.versions.split(',').map(Number)) {
    for (const program of programsFor(versions)) figures.push(...await measureStore(processes, program, { versions, only, rounds, uploads: Number(options.uploads), seconds: seconds(15), print }))
  }
  if (only.has('wrk')) {
    print('wrk')
    figures.push(...await measureWrk(processes, [portolan, ...peer()], { seconds: seconds(10), rounds }))
  }
} finally {
  await processes.close()
  process.stdout.write(`${heading}\n\n${table(figures)}\n`)
  if (options.json !== '') writeFileSync(options.json, `${JSON.stringify(figures, undefined, 2)}\n`)
}

function programsFor (versions: number): Program[] {
  if (versions > Number(options['peer-most'])) return [portolan]
  const json = versions === jsonIndexAt && options.chartmuseum !== '' ? [chartMuseum(options.chartmuseum, true)] : []
  return [portolan, ...peer(), ...json]
}

function peer (): Program[] {
  return options.chartmuseum === '' ? [] : [chartMuseum(options.chartmuseum, false)]
}

function asPart (text: string): Part {
  const part = parts.find(each => each === text)
  if (part === undefined) throw new Error(`--only ${text}: it is none of ${parts.join(', ')}`)
  return part
}

async function versionOf (file: string): Promise<string> {
  return (await processes.run({ file, args: ['--version'] })).trim()
}

function print (line: string): void {
  process.stderr.write(`${line}\n`)
}
