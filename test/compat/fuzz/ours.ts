import { join } from 'node:path'
import { Worker } from 'node:worker_threads'

/** What our program is asked: to render a chart in memory, or to be called on a folder. */
export type Question =
  { readonly kind: 'render', readonly files: Readonly<Record<string, string>>, readonly lint: boolean } |
  { readonly kind: 'call', readonly args: readonly string[], readonly cwd: string }

/** How a program ended; of a chart that was rendered in memory, `stderr` is the bare error. */
export interface Answer {
  readonly code: number
  readonly stdout: string
  readonly stderr: string
  /** The stack of a fault of the program itself. */
  readonly internal?: string
  readonly hung?: boolean
}

/** How long one question may take. */
const patience = 20_000

/** Our program in a thread. */
export class Ours {
  #worker: Worker | undefined
  #last = 0

  /** Asks one question; several at once are answered one after another. */
  async ask (question: Question): Promise<Answer> {
    const worker = this.#worker ??= this.#start()
    const id = ++this.#last
    return await new Promise(resolve => {
      const end = (answer: Answer): void => {
        clearTimeout(timer)
        worker.off('message', listen)
        worker.off('exit', died)
        resolve(answer)
      }
      const listen = (message: { id: number, result: Answer }): void => {
        if (message.id === id) end(message.result)
      }
      const died = (): void => {
        this.#worker = undefined
        end({ code: -1, stdout: '', stderr: '', internal: 'the thread ended' })
      }
      const timer = setTimeout(() => {
        worker.off('exit', died)
        this.#worker = undefined
        worker.terminate().finally(() => end({ code: -1, stdout: '', stderr: '', hung: true }))
      }, patience)
      worker.on('message', listen)
      worker.on('exit', died)
      worker.postMessage({ id, question })
    })
  }

  /** Ends the thread. */
  async close (): Promise<void> {
    await this.#worker?.terminate()
  }

  #start (): Worker {
    const worker = new Worker(join(import.meta.dirname, 'our-worker.js'))
    worker.setMaxListeners(0)
    // What ends the thread is told by its end.
    worker.on('error', () => {})
    return worker
  }
}
