import type { Files } from '../../src/access/watched-files.js'

/** Files in memory: what is set counts as another file. */
export class MemoryFiles implements Files {
  readonly #files = new Map<string, { readonly text: string, readonly mark: number }>()
  #marks = 0
  /** How often files were read. */
  reads = 0

  set (path: string, text: string): void {
    this.#files.set(path, { text, mark: ++this.#marks })
  }

  remove (path: string): void {
    this.#files.delete(path)
  }

  readonly mark = async (path: string): Promise<string> => String(this.#get(path).mark)

  readonly read = async (path: string): Promise<string> => {
    this.reads++
    return this.#get(path).text
  }

  #get (path: string): { readonly text: string, readonly mark: number } {
    const file = this.#files.get(path)
    if (file === undefined) throw Object.assign(new Error(`no file ${path}`), { code: 'ENOENT' })
    return file
  }
}
