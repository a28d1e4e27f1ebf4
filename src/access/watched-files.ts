/** How files are looked at: passed in, so that tests need no disk. */
export interface Files {
  /** A text that is another one when the file is another one: its inode, size and times. Rejects when it cannot be looked at. */
  mark (path: string): Promise<string>
  /** The file's text. Rejects when it cannot be read. */
  read (path: string): Promise<string>
}

/** What a watched file needs. */
export interface WatchOptions<T> {
  /** The files that belong together, such as a certificate and its key. */
  readonly paths: readonly string[]
  /** Makes something of their texts, in the order of `paths`; throws when they cannot be used. */
  readonly parse: (texts: readonly string[]) => T
  readonly files: Files
  /** Told when changed files cannot be used: once for each change. */
  readonly onFault: (error: unknown) => void
  /** Told when changed files are in use. */
  readonly onChange?: (value: T) => void
}

/**
 * Something that is read from files, and read again when they change. Files that cannot be used later on leave what was there in use; Kubernetes swaps
 * the folder under a mounted file, which shows as another inode.
 */
export class WatchedFiles<T> {
  readonly #options: WatchOptions<T>
  #marks: string
  #current: T
  #refreshing: Promise<void> | undefined

  private constructor (options: WatchOptions<T>, marks: string, current: T) {
    this.#options = options
    this.#marks = marks
    this.#current = current
  }

  /**
   * Reads the files for the first time.
   *
   * @throws what `parse` and `files` throw: a server does not start on files that it cannot use
   */
  static async open<T> (options: WatchOptions<T>): Promise<WatchedFiles<T>> {
    // The marks come first: a change while the files are read shows in the next look.
    const marks = await marksOf(options)
    return new WatchedFiles(options, marks, options.parse(await textsOf(options)))
  }

  /** What the files said when they last could be used. */
  get current (): T {
    return this.#current
  }

  /** Looks at the files, and reads them again if they changed. Never rejects. */
  async refresh (): Promise<void> {
    this.#refreshing ??= this.#look().finally(() => { this.#refreshing = undefined })
    await this.#refreshing
  }

  async #look (): Promise<void> {
    const marks = await marksOf(this.#options).catch((error: unknown) => `absent: ${String(error)}`)
    if (marks === this.#marks) return
    this.#marks = marks
    try {
      this.#current = this.#options.parse(await textsOf(this.#options))
      this.#options.onChange?.(this.#current)
    } catch (error) {
      this.#options.onFault(error)
    }
  }
}

async function marksOf ({ files, paths }: Pick<WatchOptions<unknown>, 'files' | 'paths'>): Promise<string> {
  return (await Promise.all(paths.map(path => files.mark(path)))).join('\n')
}

async function textsOf ({ files, paths }: Pick<WatchOptions<unknown>, 'files' | 'paths'>): Promise<string[]> {
  return await Promise.all(paths.map(path => files.read(path)))
}
