import { configMapsDriver } from './configmaps.js'
import type { Env } from './connection-settings.js'
import type { ReleaseDriver } from './driver.js'
import { ReleaseError } from './errors.js'
import { MemoryDriver } from './memory.js'
import type { ObjectDriverOptions } from './record-kind.js'
import { secretsDriver } from './secrets.js'

/** What the drivers need, whichever it is. */
export interface DriverOptions extends ObjectDriverOptions {
  /** The environment: where the database is (HELM_DRIVER_SQL_CONNECTION_STRING, and what PostgreSQL's own clients look at). */
  readonly env: Env
  /** The name of who runs this process, asked for when a database is. */
  readonly user: () => string
  /** Told of what the driver has to do without. */
  readonly warn?: (message: string) => void
}

/**
 * The driver of a name, as HELM_DRIVER has it.
 *
 * @param name `secret(s)`, `configmap(s)`, `memory`, `sql`, or empty for Secrets
 * @param options the cluster, or the database
 * @throws {ReleaseError} unknown-driver; invalid-connection and storage of `sql`, which connects at once
 */
export async function openDriver (name: string, options: DriverOptions): Promise<ReleaseDriver> {
  switch (name) {
    case '':
    case 'secret':
    case 'secrets': return secretsDriver(options)
    case 'configmap':
    case 'configmaps': return configMapsDriver(options)
    case 'memory': return new MemoryDriver(options.namespace)
    case 'sql': {
      // The client of PostgreSQL is loaded by those only who want it.
      const { openSqlDriver } = await import('./sql.js')
      return await openSqlDriver({ ...options, connectionString: options.env['HELM_DRIVER_SQL_CONNECTION_STRING'] ?? '', user: options.user() })
    }
    default: throw new ReleaseError('unknown-driver', `unknown driver ${JSON.stringify(name)}`)
  }
}
