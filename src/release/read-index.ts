import { recordLabels, releaseKey, type ReleaseDriver } from './driver.js'
import type { RecordEntry, RecordIndex, ReleaseHead } from './record-index.js'
import type { Release } from './release.js'

/** The index of a driver that has none: it reads all. */
export class ReadIndex implements RecordIndex {
  readonly #driver: Pick<ReleaseDriver, 'list'>
  readonly #read = new Map<RecordEntry, Release>()

  constructor (driver: Pick<ReleaseDriver, 'list'>) {
    this.#driver = driver
  }

  async entries (): Promise<RecordEntry[]> {
    for (const release of await this.#driver.list(() => true)) {
      const { name, namespace, version, info } = release
      this.#read.set({ key: releaseKey(name, version), namespace, name, version, status: info.status, labels: recordLabels(release) }, release)
    }
    return [...this.#read.keys()]
  }

  async heads (entries: readonly RecordEntry[]): Promise<Array<ReleaseHead | undefined>> {
    return entries.map(entry => this.#read.get(entry))
  }
}
