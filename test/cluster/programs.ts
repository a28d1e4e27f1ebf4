import { join } from 'node:path'
import type { ClusterError } from './errors.js'
import { startProgram, type Program } from './program.js'

/** The programs of one cluster, which live and end together. */
export class Programs {
  /** Raised, with the error, when one has ended. */
  readonly signal: AbortSignal
  /** Settles with the same error; never rejects. */
  readonly failed: Promise<ClusterError>
  readonly #started: Program[] = []
  readonly #folder: string
  readonly #dir: string
  readonly #onEnd: (error: ClusterError) => void

  /**
   * @param folder the folder with the executables
   * @param dir the cluster's folder, where the programs run and log
   */
  constructor (folder: string, dir: string) {
    this.#folder = folder
    this.#dir = dir
    const controller = new AbortController()
    let settle: (error: ClusterError) => void = () => undefined
    this.failed = new Promise((resolve) => { settle = resolve })
    this.signal = controller.signal
    this.#onEnd = (error) => {
      controller.abort(error)
      settle(error)
    }
  }

  /**
   * Starts one more.
   *
   * @param name its name, and its executable's
   * @param args its arguments
   */
  async start (name: string, args: readonly string[]): Promise<void> {
    const program = await startProgram({ name, path: join(this.#folder, name), args, dir: this.#dir })
    this.#started.push(program)
    program.ended.then(this.#onEnd)
  }

  /** Ends all, and resolves when they are gone. */
  async stop (): Promise<void> {
    await Promise.all(this.#started.map((program) => program.stop()))
  }
}
