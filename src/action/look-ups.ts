import { copyValues } from '../chart/copy-values.js'
import type { LookUp } from '../engine/look-up.js'
import type { Dict } from '../go/value.js'
import type { LookUpKey } from '../kube/look-up.js'
import type { ObjectReader } from '../kube/client.js'

type Found = { readonly dict: Dict } | { readonly error: unknown }

/**
 * What templates look up in a cluster. Templates run without waiting, so what they ask for first is noted and answered with nothing; it is
 * fetched afterwards, and the chart is rendered again, until nothing new is asked for.
 */
export class LookUps {
  readonly #found = new Map<string, Found>()
  readonly #wanted = new Map<string, LookUpKey>()

  /** What templates call. */
  readonly find: LookUp = (apiVersion, kind, namespace, name) => {
    const id = JSON.stringify([apiVersion, kind, namespace, name])
    const found = this.#found.get(id)
    if (found === undefined) {
      this.#wanted.set(id, { apiVersion, kind, namespace, name })
      return new Map()
    }
    if ('error' in found) throw found.error
    // Templates may change what they get.
    return copyValues(found.dict)
  }

  /**
   * Fetches what was asked for and is not known yet.
   *
   * @param reader the cluster
   * @returns whether there was anything
   */
  async fetch (reader: ObjectReader): Promise<boolean> {
    const wanted = [...this.#wanted]
    this.#wanted.clear()
    await Promise.all(wanted.map(async ([id, key]) => {
      this.#found.set(id, await reader.lookUp(key).then(dict => ({ dict }), (error: unknown) => ({ error })))
    }))
    return wanted.length > 0
  }
}
