import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { loadChart } from '../chart/load.js'
import { messageOf } from '../errors.js'
import { RemoteError } from '../remote/errors.js'
import { fileNameOf } from '../remote/file-name.js'
import { redacted } from '../remote/origin.js'
import type { Fetched } from '../remote/verify-source.js'
import { fetchArchive } from '../remote/fetch-chart.js'
import type { ChartSource } from '../remote/find-chart.js'
import type { DependencyContext } from './context.js'
import { DependencyError } from './errors.js'
import { findArchive } from './find-archive.js'
import type { Indexes } from './indexes.js'
import type { Requirement } from './requirement.js'

/** So many archives are fetched at a time, ahead of the one that is asked for. */
const maxParallel = 6

/** What is fetched into which folder. */
export interface Fetching {
  readonly requirements: readonly Requirement[]
  readonly indexes: Indexes
  readonly folder: string
}

/** An archive that is on its way, or its failure. */
type Outcome = { readonly content: Buffer } | { readonly error: unknown }

/**
 * The archives of a chart's dependencies that come from repositories. They are asked for in order, and fetched ahead, so that the whole
 * takes as long as the slowest few; one URL is fetched once.
 */
export class Archives {
  readonly #context: DependencyContext
  readonly #fetching: Fetching
  readonly #stop = new AbortController()
  readonly #found = new Map<Requirement, ChartSource | { readonly error: unknown }>()
  readonly #coming = new Map<string, Promise<Outcome>>()
  readonly #saved = new Set<string>()
  #started = false

  /**
   * @param context the network
   * @param fetching what, and where to
   */
  constructor (context: DependencyContext, fetching: Fetching) {
    const signals = [this.#stop.signal, ...context.signal === undefined ? [] : [context.signal]]
    this.#context = { ...context, signal: AbortSignal.any(signals) }
    this.#fetching = fetching
  }

  /**
   * Waits for the archive of a dependency, says so, and writes it.
   *
   * @param requirement from a repository
   * @throws {DependencyError} chart-not-found, not-cached, download-failed
   */
  async save (requirement: Requirement): Promise<void> {
    await this.#start()
    const source = this.#found.get(requirement)
    if (source === undefined || 'error' in source) throw source === undefined ? new TypeError('an archive that was not announced') : source.error
    const { dependency } = requirement
    const key = source.url.href
    if (this.#saved.has(key)) {
      this.#context.say(`Already downloaded ${dependency.name} from repo ${dependency.repository}`)
      return
    }
    this.#context.say(`Downloading ${dependency.name} from repo ${dependency.repository}`)
    await this.#write(source, await this.#coming.get(key))
    this.#saved.add(key)
  }

  /** Ends what is still under way. */
  async stop (): Promise<void> {
    this.#stop.abort()
    await Promise.all(this.#coming.values())
  }

  async #write (source: ChartSource, outcome: Outcome | undefined): Promise<void> {
    const { url } = source
    const failed = (error: unknown): DependencyError =>
      new DependencyError('download-failed', `could not download ${redacted(url)}: ${messageOf(error)}`, { cause: error })
    if (outcome === undefined || 'error' in outcome) throw failed(outcome?.error ?? new TypeError('nothing was fetched'))
    const { folder } = this.#fetching
    try {
      const fileName = fileNameOf(url)
      await this.#verify({ source, archive: outcome.content, fileName })
      const path = join(folder, fileName)
      await writeFile(path, outcome.content)
      await loadChart(path)
    } catch (error) {
      throw failed(new Error(messageOf(error).replaceAll(`${folder}/`, ''), { cause: error }))
    }
  }

  /** Nothing is written of an archive before its signature was found good. What verifies is loaded when it is asked for. */
  async #verify (fetched: Fetched): Promise<void> {
    const { verification, say } = this.#context
    if (verification === undefined) return
    const { verifyFetched } = await import('../remote/verify-source.js')
    await verifyFetched(this.#context, fetched, verification).catch((error: unknown) => {
      if (verification.required || !(error instanceof RemoteError && error.code === 'unverified')) throw error
      say(`WARNING: Verification not found for ${redacted(fetched.source.url)}: ${messageOf(error.cause)}`)
    })
  }

  /** Finds all archives, and starts to fetch them. */
  async #start (): Promise<void> {
    if (this.#started) return
    this.#started = true
    const queue: Array<() => void> = []
    let running = 0
    const next = (): void => {
      running--
      queue.shift()?.()
    }
    for (const requirement of this.#fetching.requirements) {
      const found = await this.#find(requirement)
      if (found === undefined) continue
      this.#found.set(requirement, found)
      // Helm would not have come further than the first failure.
      if ('error' in found) return
      const key = found.url.href
      if (this.#coming.has(key)) continue
      const turn = running++ < maxParallel ? Promise.resolve() : new Promise<void>(resolve => queue.push(resolve))
      this.#coming.set(key, turn.then(async () => await this.#fetch(found)).finally(next))
    }
  }

  async #find ({ dependency, source }: Requirement): Promise<ChartSource | { readonly error: unknown } | undefined> {
    if (source.kind !== 'repository') return undefined
    try {
      return await findArchive(this.#context, dependency, { source, indexes: this.#fetching.indexes })
    } catch (error) {
      return { error }
    }
  }

  async #fetch (source: ChartSource): Promise<Outcome> {
    try {
      return { content: await fetchArchive(this.#context, source) }
    } catch (error) {
      return { error }
    }
  }
}
