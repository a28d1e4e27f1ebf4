import { WatchedFiles, type Files } from '../access/watched-files.js'
import { ConfigError } from '../config/errors.js'

/** What access and TLS are made with. */
export interface AccessSurroundings {
  readonly files: Files
  readonly clock: () => Date
  /** The absolute path of a setting's file. */
  readonly local: (path: string) => string
  /** Told when files or keys that changed cannot be used. */
  readonly onFault: (error: unknown) => void
}

/** Opens files and remembers how to look at them again. */
export class Openings {
  readonly looks: Array<() => Promise<void>> = []
  readonly surroundings: AccessSurroundings

  constructor (surroundings: AccessSurroundings) {
    this.surroundings = surroundings
  }

  /**
   * Opens a file that is read again when it changes.
   *
   * @param path as a setting has it
   * @param parse reads its text; its errors are those of the file
   * @throws {ConfigError} when it is not there; {AccessError} when it cannot be used
   */
  async file<T> (path: string, parse: (text: string, path: string) => T): Promise<WatchedFiles<T>> {
    const { files, local, onFault } = this.surroundings
    const place = local(path)
    try {
      const watched = await WatchedFiles.open({ paths: [place], parse: ([text = '']) => parse(text, place), files, onFault })
      this.looks.push(() => watched.refresh())
      return watched
    } catch (error) {
      throw error instanceof Error && 'code' in error && error.code === 'ENOENT' ? new ConfigError('unreadable-file', `${place} is not there`, { cause: error }) : error
    }
  }
}
