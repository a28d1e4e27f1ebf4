import { closeSync, fsyncSync, openSync, readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { Script } from 'node:vm'
import { makeFolder } from './compile-cache.js'

/** A CommonJS module's code. */
export type ModuleFunction = (exports: unknown, require: (id: string) => unknown, module: { exports: unknown }, filename: string, dirname: string) => void

/** In front of what V8 gives, which asks for eight bytes or none: when it was first kept, in milliseconds. */
const headerSize = 8

/** What is kept is looked at anew when its age has doubled since the last time, and at least once a day. */
const day = 24 * 60 * 60 * 1000

interface Compiled {
  readonly script: Script
  readonly file: string
  readonly length: number
  /** Milliseconds since 1970; undefined when nothing of use was there. */
  readonly created: number | undefined
}

/**
 * What V8 compiled of the program's files, kept for the next call. Node's own cache (module.enableCompileCache) keeps what is compiled when a file
 * is loaded; the functions that are compiled when they are first called, which are nearly all, are compiled again at each call then.
 *
 * V8 refuses data of another version of itself or of other flags, and looks at a text's length only: so names must tell the content.
 */
export class CodeCache {
  readonly #folder: string
  readonly #now: () => number
  readonly #compiled: Compiled[] = []

  /**
   * @param folder of the user's own; made when it is not there
   * @param now the time in milliseconds since 1970
   */
  constructor (folder: string, now: () => number) {
    this.#folder = folder
    this.#now = now
  }

  /**
   * Compiles a file, with what is kept of it.
   *
   * @param filename a CommonJS module of ASCII characters without `import()`, whose name changes with its content
   * @returns the module's function
   * @throws {SyntaxError} or an error of the file system
   */
  compile (filename: string): ModuleFunction {
    const file = join(this.#folder, `${basename(filename)}.code`)
    const kept = read(file)
    const text = `(function(exports,require,module,__filename,__dirname){${readFileSync(filename, 'latin1')}\n})`
    const script = new Script(text, { filename, ...kept === undefined ? {} : { cachedData: kept.subarray(headerSize) } })
    const usable = kept !== undefined && script.cachedDataRejected !== true
    this.#compiled.push({ script, file, length: kept?.length ?? 0, created: usable ? kept.readDoubleLE(0) : undefined })
    return script.runInThisContext() as ModuleFunction
  }

  /**
   * Keeps what was compiled by now. To be called when the work is done: a failure costs the next call time, and is nobody's concern otherwise.
   */
  keep (): void {
    try {
      for (const compiled of this.#compiled) this.#keepOne(compiled)
    } catch {
      // A folder that cannot be written to, or a full disk: there is no cache then.
    }
  }

  #keepOne ({ script, file, length, created }: Compiled): void {
    const now = this.#now()
    if (created !== undefined && !isDue(statSync(file).mtimeMs, created, now)) return
    if (!makeFolder(this.#folder)) return
    const data = script.createCachedData()
    if (created !== undefined && data.length + headerSize <= length * 1.02) {
      utimesSync(file, now / 1000, now / 1000)
      return
    }
    write(file, data, created ?? now)
  }
}

function isDue (looked: number, created: number, now: number): boolean {
  return now - looked >= Math.min(Math.max(looked - created, 1000), day)
}

function read (file: string): Buffer | undefined {
  try {
    const data = readFileSync(file)
    return data.length > headerSize ? data : undefined
  } catch {
    return undefined
  }
}

/**
 * V8 runs what it is given, and does not look whether it is whole: so a file appears when all of it is on disk, and two calls never write to one.
 */
function write (file: string, data: Uint8Array, created: number): void {
  const header = Buffer.alloc(headerSize)
  header.writeDoubleLE(created)
  const temporary = `${file}.${process.pid}`
  const descriptor = openSync(temporary, 'wx', 0o600)
  try {
    writeFileSync(descriptor, Buffer.concat([header, data]))
    fsyncSync(descriptor)
    renameSync(temporary, file)
  } catch (error) {
    rmSync(temporary, { force: true })
    throw error
  } finally {
    closeSync(descriptor)
  }
}
