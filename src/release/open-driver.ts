import { configMapsDriver } from './configmaps.js'
import type { ReleaseDriver } from './driver.js'
import { ReleaseError } from './errors.js'
import { MemoryDriver } from './memory.js'
import type { ObjectDriverOptions } from './object-driver.js'
import { secretsDriver } from './secrets.js'

/**
 * The driver of a name, as HELM_DRIVER has it.
 *
 * @param name `secret(s)`, `configmap(s)`, `memory`, or empty for Secrets
 * @param options the cluster; unused by `memory`
 * @throws {ReleaseError} unknown-driver; Helm's `sql` is named as not supported
 */
export function openDriver (name: string, options: ObjectDriverOptions): ReleaseDriver {
  switch (name) {
    case '':
    case 'secret':
    case 'secrets': return secretsDriver(options)
    case 'configmap':
    case 'configmaps': return configMapsDriver(options)
    case 'memory': return new MemoryDriver(options.namespace)
    case 'sql': throw new ReleaseError('unknown-driver', 'the driver "sql" (HELM_DRIVER) is not supported yet')
    default: throw new ReleaseError('unknown-driver', `unknown driver ${JSON.stringify(name)}`)
  }
}
