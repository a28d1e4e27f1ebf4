import { readFile, stat } from 'node:fs/promises'
import { ChartError } from '../../chart/errors.js'
import { loadAnyDirectory } from '../../chart/load-directory.js'
import type { Chart } from '../../chart/chart.js'
import { systemErrorText } from '../../chart/system-error.js'
import { messageOf } from '../../errors.js'

/** What stands at a path, as far as rules ask. */
export async function kindAt (path: string): Promise<'folder' | 'file' | undefined> {
  try {
    return (await stat(path)).isDirectory() ? 'folder' : 'file'
  } catch (error) {
    if (isAbsent(error)) return undefined
    throw new ChartError('unreadable', systemErrorText('stat', path, error), { cause: error })
  }
}

/** The bytes of a file; undefined when it is not there. */
export async function bytesAt (path: string): Promise<Uint8Array | undefined> {
  try {
    return await readFile(path)
  } catch (error) {
    if (isAbsent(error)) return undefined
    throw new ChartError('unreadable', systemErrorText('open', path, error), { cause: error })
  }
}

/** A chart, or what is wrong with it. */
export type Loaded = { readonly chart: Chart, readonly complaint?: undefined } | { readonly chart?: undefined, readonly complaint: string }

/** Loads a folder's chart, for rules that each begin by loading it: it is read once, and what Helm warns about is said each time. */
export class ChartLoader {
  readonly folder: string
  readonly #warn: (message: string) => void
  readonly #warnings: string[] = []
  #loaded: Promise<Loaded> | undefined

  /** @param folder the chart's @param warn told of what loading warns about */
  constructor (folder: string, warn: (message: string) => void) {
    this.folder = folder
    this.#warn = warn
  }

  /** The chart, or what is wrong with it. */
  async load (): Promise<Loaded> {
    this.#loaded ??= load(this.folder, message => { this.#warnings.push(message) })
    const loaded = await this.#loaded
    for (const warning of this.#warnings) this.#warn(warning)
    return loaded
  }

  /** The same, with no word of warnings. */
  async loadSilently (): Promise<Loaded> {
    this.#loaded ??= load(this.folder, message => { this.#warnings.push(message) })
    return await this.#loaded
  }
}

async function load (folder: string, warn: (message: string) => void): Promise<Loaded> {
  try {
    return { chart: await loadAnyDirectory(folder, warn) }
  } catch (error) {
    if (error instanceof ChartError) return { complaint: messageOf(error) }
    throw error
  }
}

/** What a check throws, if it throws an error of a chart. */
export function complaintOf (check: () => void): string | undefined {
  try {
    check()
    return undefined
  } catch (error) {
    if (error instanceof ChartError) return messageOf(error)
    throw error
  }
}

function isAbsent (error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR')
}
