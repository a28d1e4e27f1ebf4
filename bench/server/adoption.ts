import { setTimeout } from 'node:timers/promises'
import type { Connection } from './connection.js'
import { requestBytes } from './connection.js'
import type { Figure } from './figures.js'
import { quantile } from './figures.js'
import { countVersions, indexRequests, indexSpace, plainIndex } from './index-requests.js'
import { peakMegabytes, processorSeconds } from './processes.js'
import type { ProgramName, Running } from './programs.js'

type Value = Pick<Figure, 'measure' | 'value' | 'unit'>

const health = requestBytes('GET', '/health')
const tenants = requestBytes('GET', '/api/tenants')

/**
 * How long a program takes, from its start on, to list a folder of files that it does not know, and how it answers meanwhile. ChartMuseum answers
 * nothing before it has read them all.
 *
 * @param versions how many files there are
 * @throws {Error} when the index does not have them all in the end
 */
export async function measureAdoption (running: Running, name: ProgramName, versions: number): Promise<Value[]> {
  const connection = await running.connect(indexSpace(versions))
  const answers = name === 'Portolan' ? await answersUntilListed(connection, versions) : []
  const listed = countVersions(plainIndex(await connection.expect(200, indexRequests.YAML)))
  const seconds = (performance.now() - running.begun) / 1000
  connection.close()
  if (listed !== versions) throw new Error(`${name} lists ${listed} of ${versions} files`)
  return [
    { measure: 'start on unknown files, until all are listed', value: seconds, unit: 's' },
    { measure: '… of processors', value: processorSeconds(running.pid), unit: 's' },
    { measure: '… peak memory', value: peakMegabytes(running.pid), unit: 'MB' },
    ...answers.length === 0
      ? []
      : ([['median', 0.5], ['p99', 0.99], ['max', 1]] as const).map(([label, share]) =>
          ({ measure: `… answers meanwhile, ${label}`, value: quantile(answers, share), unit: 'ms' as const }))
  ]
}

/** Milliseconds of each answer until the server says that it has them all. */
async function answersUntilListed (connection: Connection, versions: number): Promise<number[]> {
  const answers: number[] = []
  for (let i = 0; ; i++) {
    const asks = i % 10 === 0
    const began = performance.now()
    const { ended, body } = await connection.expect(200, asks ? tenants : health)
    answers.push(ended - began)
    if (asks && Number(/"versions":(\d+)/.exec(body.toString())?.[1]) >= versions) return answers
    await setTimeout(5)
  }
}
