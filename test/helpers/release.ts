import { GoTime } from '../../src/go/time.js'
import type { Release } from '../../src/release/release.js'

/**
 * A release for tests.
 *
 * @param parts what is not as usual
 */
export function releaseOf (parts: Omit<Partial<Release>, 'info'> & { info?: Partial<Release['info']> } = {}): Release {
  const { info, ...rest } = parts
  const moment = GoTime.parseRfc3339('2026-01-02T03:04:05.123456789Z')
  return {
    name: 'web',
    chart: { metadata: { name: 'sea', version: '1.2.3', appVersion: '9', apiVersion: 'v2' }, values: new Map(), templates: [], files: [], raw: [], dependencies: [] },
    manifest: '---\n# Source: sea/templates/a.yaml\napiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\n',
    hooks: [],
    version: 1,
    namespace: 'default',
    applyMethod: 'ssa',
    labels: new Map(),
    ...rest,
    info: { firstDeployed: moment, lastDeployed: moment, description: 'Install complete', status: 'deployed', rollbackRevision: 0, notes: '', ...info }
  }
}
