import { ActionError } from './errors.js'

/** Finds the address of a host. */
export type ResolveHost = (name: string) => Promise<string>

type Found = { readonly address: string } | { readonly error: ActionError }

/**
 * The addresses that templates ask for with getHostByName. As with what they look up in a cluster, a name that is asked for first is noted and
 * answered with an empty text; it is resolved afterwards, and the chart is rendered again.
 */
export class HostNames {
  readonly #found = new Map<string, Found>()
  readonly #wanted = new Set<string>()

  /**
   * What templates call.
   *
   * @throws {ActionError} not-found: `lookup NAME: …`, for a name that has no address
   */
  readonly find = (name: string): string => {
    const found = this.#found.get(name)
    if (found === undefined) {
      this.#wanted.add(name)
      return ''
    }
    if ('error' in found) throw found.error
    return found.address
  }

  /**
   * Resolves what was asked for and is not known yet.
   *
   * @param resolve finds an address
   * @returns whether there was anything
   */
  async fetch (resolve: ResolveHost): Promise<boolean> {
    const wanted = [...this.#wanted]
    this.#wanted.clear()
    await Promise.all(wanted.map(async name => {
      const found = await resolve(name).then(
        (address): Found => ({ address }),
        (cause: unknown): Found => ({ error: new ActionError('not-found', `lookup ${name}: no such host`, { cause }) }))
      this.#found.set(name, found)
    }))
    return wanted.length > 0
  }
}
