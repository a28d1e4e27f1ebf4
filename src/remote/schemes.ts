import { RemoteError } from './errors.js'
import type { Getter } from './getter.js'

/** Getters by the scheme they serve, without the colon. */
export type Getters = ReadonlyMap<string, Getter>

/** Which getter serves which scheme. */
export function createGetters (getters: { readonly http: Getter }): Getters {
  return new Map([
    ['http', getters.http],
    ['https', getters.http]
  ])
}

/**
 * The getter of a scheme.
 *
 * @param getters the table
 * @param scheme such as `https`
 * @throws {RemoteError} unsupported-scheme, in Helm's words; not-supported for `oci`
 */
export function getterFor (getters: Getters, scheme: string): Getter {
  const getter = getters.get(scheme)
  if (getter !== undefined) return getter
  if (scheme === 'oci') throw new RemoteError('not-supported', 'scheme "oci" is not supported yet: charts in OCI registries cannot be fetched')
  throw new RemoteError('unsupported-scheme', `scheme "${scheme}" not supported`)
}
