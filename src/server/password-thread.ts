import { createRequire } from 'node:module'
import { Worker } from 'node:worker_threads'
import type { Compare } from '../access/password-check.js'

/** bcrypt takes tens of milliseconds by design: a thread of its own compares, so that nobody else waits for it. */
const program = `
  const { parentPort, workerData } = require('node:worker_threads')
  const { compareSync } = require(workerData)
  parentPort.on('message', ({ id, password, hash }) => parentPort.postMessage({ id, right: compareSync(password, hash) }))
`

/** A thread that compares passwords with bcrypt hashes. */
export interface PasswordThread {
  readonly compare: Compare
  /** Ends the thread; what still waits is rejected. */
  stop (): Promise<void>
}

interface Waiting {
  readonly resolve: (right: boolean) => void
  readonly reject: (error: unknown) => void
}

/** Makes a thread for comparing passwords; it begins with the first of them, and again after a fault. */
export function createPasswordThread (): PasswordThread {
  const waiting = new Map<number, Waiting>()
  let worker: Worker | undefined
  let last = 0
  const failAll = (error: unknown): void => {
    worker = undefined
    for (const { reject } of waiting.values()) reject(error)
    waiting.clear()
  }
  const start = (): Worker => {
    const started = new Worker(program, { eval: true, workerData: createRequire(import.meta.url).resolve('bcryptjs') })
    started.on('message', ({ id, right }: { id: number, right: boolean }) => {
      waiting.get(id)?.resolve(right)
      waiting.delete(id)
      // It keeps no process alive when nobody waits.
      if (waiting.size === 0) started.unref()
    })
    started.on('error', failAll)
    started.on('exit', () => failAll(new Error('the thread that compares passwords has ended')))
    return started
  }
  return {
    compare: (password, hash) => new Promise((resolve, reject) => {
      worker ??= start()
      const id = ++last
      waiting.set(id, { resolve, reject })
      worker.ref()
      worker.postMessage({ id, password, hash })
    }),
    stop: async () => { await worker?.terminate() }
  }
}
