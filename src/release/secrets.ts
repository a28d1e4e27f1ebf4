import { ObjectDriver } from './object-driver.js'
import type { ObjectDriverOptions } from './record-kind.js'

/** Releases in Secrets of type `helm.sh/release.v1`: Helm's default. */
export function secretsDriver (options: ObjectDriverOptions): ObjectDriver {
  return new ObjectDriver({
    mapping: { group: '', version: 'v1', kind: 'Secret', plural: 'secrets', namespaced: true },
    type: 'helm.sh/release.v1',
    wrap: payload => Buffer.from(payload).toString('base64'),
    unwrap: data => Buffer.from(data, 'base64').toString('latin1')
  }, options)
}
