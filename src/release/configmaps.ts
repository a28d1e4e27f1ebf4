import { ObjectDriver } from './object-driver.js'
import type { ObjectDriverOptions } from './record-kind.js'

/** Releases in ConfigMaps (HELM_DRIVER=configmap). */
export function configMapsDriver (options: ObjectDriverOptions): ObjectDriver {
  return new ObjectDriver({
    mapping: { group: '', version: 'v1', kind: 'ConfigMap', plural: 'configmaps', namespaced: true },
    wrap: payload => payload,
    unwrap: data => data
  }, options)
}
