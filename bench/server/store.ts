import { statSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { median } from '../measure.js'
import { measureAdoption } from './adoption.js'
import { writeArchives } from './archives.js'
import type { Figure, Part } from './figures.js'
import { parts } from './figures.js'
import { indexClients, indexSpace } from './index-requests.js'
import { measureLoad } from './load.js'
import type { Processes } from './processes.js'
import { peakMegabytes } from './processes.js'
import type { Program, ProgramName, Running } from './programs.js'
import { bareFastify, start } from './programs.js'
import { firstIndex } from './start-up.js'
import { readAgain, uploadUntilListed } from './upload-until-listed.js'

export interface StoreOptions {
  readonly versions: number
  readonly only: ReadonlySet<Part>
  /** How often a start is measured. */
  readonly rounds: number
  /** How many uploads until they are listed, for each client. */
  readonly uploads: number
  /** How long uploads are sent beside readers. */
  readonly seconds: number
  /** Says how far it is. */
  readonly print: (line: string) => void
}

type Value = Pick<Figure, 'measure' | 'value' | 'unit'>

/**
 * Measures one program on a store of its own of one size: what it does with files that it does not know, its starts, uploads, and memory.
 *
 * @throws {Error} when an answer is wrong
 */
export async function measureStore (processes: Processes, program: Program, options: StoreOptions): Promise<Figure[]> {
  if (!parts.some(part => part !== 'wrk' && options.only.has(part))) return []
  const store = new Store(processes, program, options)
  await store.adopt()
  if (options.only.has('start')) await store.restart()
  if (options.only.has('upload') || options.only.has('load')) await store.upload()
  return store.figures
}

class Store {
  readonly figures: Figure[] = []
  readonly #processes: Processes
  readonly #program: Program
  readonly #options: StoreOptions
  readonly #directory: string

  constructor (processes: Processes, program: Program, options: StoreOptions) {
    this.#processes = processes
    this.#program = program
    this.#options = options
    this.#directory = processes.folder()
  }

  async adopt (): Promise<void> {
    this.#options.print(`${this.#program.name}, ${this.#options.versions} versions: archives`)
    writeArchives(join(this.#directory, this.#program.archives), this.#options.versions)
    await this.#with('adoption', async running => {
      const values = await measureAdoption(running, this.#program.name, this.#options.versions)
      if (this.#options.only.has('adoption')) this.#add(this.#program.name, values)
      await stateWritten(join(this.#directory, this.#program.archives), this.#program.name)
    })
  }

  async restart (): Promise<void> {
    const { versions, rounds } = this.#options
    for (const client of ['Helm', 'YAML'] as const) {
      const times: number[] = []
      for (let i = 0; i < rounds; i++) await this.#with(`start, ${client}`, async running => { times.push(await firstIndex(running, { client, versions })) })
      this.#add(this.#program.name, [{ measure: `start to the end of the first index, ${client}`, value: median(times) / 1000, unit: 's' }])
    }
  }

  /** Both kinds of uploads, to one process, whose memory is looked at afterwards. */
  async upload (): Promise<void> {
    const { only, versions, seconds } = this.#options
    await this.#with('uploads', async running => {
      if (only.has('upload')) {
        await this.#uploadUntilListed(running)
        this.#add(this.#program.name, [{ measure: 'peak memory after these', value: peakMegabytes(running.pid), unit: 'MB' }])
      }
      if (only.has('load')) {
        this.#add(this.#program.name, await measureLoad(this.#processes, running, { versions, seconds }))
        this.#add(this.#program.name, [{ measure: 'peak memory after all uploads', value: peakMegabytes(running.pid), unit: 'MB' }])
      }
    })
  }

  async #uploadUntilListed (running: Running): Promise<void> {
    const { versions, uploads } = this.#options
    const connection = await running.connect(indexSpace(versions))
    for (const [i, client] of indexClients.entries()) {
      this.#options.print(`  upload until listed, ${client}`)
      const { times, size, compressed } = await uploadUntilListed(connection, { client, uploads, first: 1000 * i })
      const measure = `upload until in the index, ${client}`
      this.#addTimes(this.#program.name, measure, times)
      this.#options.print(`  an index of ${size} bytes${compressed ? ', compressed' : ''}`)
      if (this.#program.name === 'Portolan') this.#addTimes('bare Fastify', measure, await this.#bare(size))
    }
    connection.close()
  }

  async #bare (bytes: number): Promise<number[]> {
    const running = await start(this.#processes, bareFastify(bytes), this.#processes.folder())
    const connection = await running.connect(bytes + 10_000)
    const times = await readAgain(connection, this.#options.uploads)
    connection.close()
    await running.stop()
    return times
  }

  #addTimes (program: ProgramName, measure: string, times: readonly number[]): void {
    this.#add(program, [{ measure, value: median(times), unit: 'ms' }, { measure: `${measure}, max`, value: Math.max(...times), unit: 'ms' }])
  }

  #add (program: ProgramName, values: readonly Value[]): void {
    for (const value of values) {
      this.figures.push({ ...value, versions: this.#options.versions, program })
      this.#options.print(`  ${program}: ${value.measure}: ${value.value.toFixed(2)} ${value.unit}`)
    }
  }

  /** Starts the program, and stops it when the work is done; after a failure, everything is stopped elsewhere. */
  async #with (what: string, work: (running: Running) => Promise<void>): Promise<void> {
    this.#options.print(`${this.#program.name}, ${this.#options.versions} versions: ${what}`)
    const running = await start(this.#processes, this.#program, this.#directory)
    await work(running)
    await running.stop()
  }
}

/** ChartMuseum writes what its next start reads in the background, some time after it has answered. */
async function stateWritten (folder: string, name: ProgramName): Promise<void> {
  if (name === 'Portolan') return
  const state = join(folder, 'index-cache.yaml')
  for (let size = -1, last = -2; size !== last || size <= 0;) {
    await setTimeout(500)
    last = size
    size = statSync(state, { throwIfNoEntry: false })?.size ?? -1
  }
}
