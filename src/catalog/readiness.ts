import type { Backend } from '../../storage/backend.js'
import { ObjectNotFound } from '../../storage/errors.js'
import { checkDatabase } from '../db/open.js'
import type { Database } from '../db/schema.js'

/** What a catalogue keeps its charts in. */
export type StorePart = 'database' | 'storage'

/** A part that cannot be read. */
export interface Silence {
  readonly part: StorePart
  /** What it failed with, or that it takes too long. */
  readonly reason: unknown
}

/** What a catalogue is asked for its readiness with. */
export interface ReadinessOptions {
  readonly database: Database
  readonly backend: Pick<Backend, 'stat'>
  /** Milliseconds in which both must answer. */
  readonly timeout: number
}

/** A key that no file has. */
const nobodysKey = 'portolan-readiness-check'

/**
 * Asks database and backend whether they answer. What is asked is a read: where nothing can be written (a full disk, a folder that became read-only), charts can still be
 * served, and uploads are refused one by one.
 */
export class Readiness {
  readonly #questions: readonly Question[]
  readonly #timeout: number

  constructor ({ database, backend, timeout }: ReadinessOptions) {
    this.#timeout = timeout
    this.#questions = [
      new Question('database', () => checkDatabase(database)),
      new Question('storage', async () => {
        await backend.stat(nobodysKey).catch((error: unknown) => {
          if (!(error instanceof ObjectNotFound)) throw error
        })
      })
    ]
  }

  /** The parts that do not answer, in time and without a fault; none when all is well. Never rejects. */
  async silent (): Promise<Silence[]> {
    const answers = await Promise.all(this.#questions.map(question => question.ask(this.#timeout)))
    return answers.filter(answer => answer !== undefined)
  }
}

/** A question that is never asked twice at once: who asks while it waits for its answer waits for the same. A part that hangs is not given more to do. */
class Question {
  readonly #part: StorePart
  readonly #put: () => Promise<void>
  #waiting: Promise<void> | undefined

  constructor (part: StorePart, put: () => Promise<void>) {
    this.#part = part
    this.#put = put
  }

  async ask (timeout: number): Promise<Silence | undefined> {
    this.#waiting ??= this.#put().finally(() => { this.#waiting = undefined })
    let timer: NodeJS.Timeout | undefined
    const late = new Promise<never>((_resolve, reject) => {
      timer = setTimeout(() => reject(new Error(`no answer within ${timeout} ms`)), timeout)
    })
    try {
      await Promise.race([this.#waiting, late])
      return undefined
    } catch (reason) {
      return { part: this.#part, reason }
    } finally {
      clearTimeout(timer)
    }
  }
}
