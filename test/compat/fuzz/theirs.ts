import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { Answer } from './ours.js'

/**
 * Writes charts into a folder of their own, does something there, and takes the folder away.
 *
 * @param charts each chart's files, by its folder's name
 * @param work gets the folder
 */
export async function withCharts<T> (charts: Readonly<Record<string, Readonly<Record<string, string>>>>, work: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'portolan-fuzz-'))
  try {
    for (const [chart, files] of Object.entries(charts)) {
      const folders = new Set(Object.keys(files).map(path => dirname(join(folder, chart, path))))
      for (const each of folders) await mkdir(each, { recursive: true })
      for (const [path, text] of Object.entries(files)) await writeFile(join(folder, chart, path), text)
    }
    return await work(folder)
  } finally {
    await rm(folder, { recursive: true })
  }
}

/** How many of Helm's processes run at once. */
const atOnce = 2

/** The real Helm. */
export class Theirs {
  readonly #helm: string
  readonly #waiting: Array<() => void> = []
  #running = 0

  /** @param helm its path */
  constructor (helm: string) {
    this.#helm = helm
  }

  /** Runs it to its end. */
  async call (args: readonly string[], cwd: string): Promise<Answer> {
    while (this.#running >= atOnce) await new Promise<void>(resolve => this.#waiting.push(resolve))
    this.#running++
    try {
      return await this.#run(args, cwd)
    } finally {
      this.#running--
      this.#waiting.shift()?.()
    }
  }

  async #run (args: readonly string[], cwd: string): Promise<Answer> {
    const env = { HOME: cwd, HELM_CACHE_HOME: cwd, HELM_CONFIG_HOME: cwd, HELM_DATA_HOME: cwd, PATH: process.env['PATH'], TZ: 'UTC' }
    return await new Promise((resolve, reject) => {
      execFile(this.#helm, [...args], { cwd, env, maxBuffer: 1 << 28, timeout: 60_000, killSignal: 'SIGKILL' }, (error, stdout, stderr) => {
        const code = error === null ? 0 : error.code
        if (typeof code === 'number') resolve({ code, stdout, stderr })
        else if (error?.killed === true) resolve({ code: -1, stdout, stderr, hung: true })
        else reject(new Error('Helm did not run', { cause: error }))
      })
    })
  }

  /**
   * What `lint` says of templates that fail: many charts take one run.
   *
   * @param folder where the charts lie
   * @param charts their folders' names
   * @returns the error of each, as the engine words it; nothing where rendering went well
   */
  async renderErrors (folder: string, charts: readonly string[]): Promise<Map<string, string>> {
    const { stdout } = await this.call(['lint', ...charts], folder)
    const errors = new Map<string, string>()
    for (const part of stdout.split(/^==> Linting /m).slice(1)) {
      const chart = part.slice(0, part.indexOf('\n'))
      const at = part.indexOf('\n[ERROR] templates/: ')
      if (at >= 0) errors.set(chart, part.slice(at + '\n[ERROR] templates/: '.length).replace(/\n+$/, ''))
    }
    return errors
  }
}
