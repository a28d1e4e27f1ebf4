import { coalesceValues } from '../../chart/values.js'
import { marshalYaml } from '../../go/yaml.js'
import type { Value } from '../../go/value.js'
import type { LiveObjects } from '../../kube/client.js'
import type { Hook, Release } from '../../release/release.js'
import { trimSpace } from '../../sprig/unicode.js'
import { resourceTables } from './resource-tables.js'

/** What of a release is printed. */
export interface StatusTextOptions {
  /** Its live objects, as the API's tables. */
  readonly resources?: LiveObjects
  /** Chart, version and appVersion (`get all`). */
  readonly metadata?: boolean
  /** The values, hooks and manifest (`--debug`, `get all`). */
  readonly debug?: boolean
  readonly hideNotes?: boolean
}

/**
 * A release as Helm 4.3.1 prints its status for people.
 *
 * @param release the release
 * @param options what beside its state
 */
export function statusText (release: Release, options: StatusTextOptions = {}): string {
  const { resources = new Map(), metadata = false, debug = false, hideNotes = false } = options
  const { info } = release
  return [
    `NAME: ${release.name}\n`,
    info.lastDeployed === undefined ? '' : `LAST DEPLOYED: ${info.lastDeployed.ansiC()}\n`,
    `NAMESPACE: ${release.namespace}\n`,
    `STATUS: ${info.status}\n`,
    `REVISION: ${release.version}\n`,
    metadata ? metadataText(release) : '',
    `DESCRIPTION: ${info.description}\n`,
    resources.size === 0 ? '' : `RESOURCES:\n${resourceTables(resources)}\n`,
    testsText(release.hooks),
    debug ? valuesText(release) : '',
    debug || info.description.toLowerCase() === 'dry run complete' ? contentsText(release) : '',
    hideNotes || info.notes === '' ? '' : `NOTES:\n${trimSpace(info.notes)}\n`
  ].join('')
}

function metadataText ({ chart }: Release): string {
  return `CHART: ${chart?.metadata.name ?? ''}\nVERSION: ${chart?.metadata.version ?? ''}\nAPP_VERSION: ${chart?.metadata.appVersion ?? ''}\n`
}

function testsText (hooks: readonly Hook[]): string {
  const tests = hooks.filter(hook => hook.events.includes('test'))
  return tests.length === 0 ? 'TEST SUITE: None\n' : tests.map(testText).join('')
}

/** A test that was never run is not told of. */
function testText ({ name, lastRun: { startedAt, completedAt, phase } }: Hook): string {
  if (startedAt === undefined) return ''
  return [
    `TEST SUITE:     ${name}`,
    `Last Started:   ${startedAt.ansiC()}`,
    `Last Completed: ${completedAt?.ansiC() ?? 'Mon Jan  1 00:00:00 0001'}`,
    `Phase:          ${phase}\n`
  ].join('\n')
}

function valuesText ({ chart, config }: Release): string {
  const given = config ?? new Map<string, Value>()
  const computed = chart === undefined ? given : coalesceValues(chart, given)
  return `USER-SUPPLIED VALUES:\n${marshalYaml(config ?? null)}\nCOMPUTED VALUES:\n${marshalYaml(computed)}\n`
}

function contentsText ({ hooks, manifest }: Release): string {
  return `HOOKS:\n${hooks.map(({ path, manifest }) => `---\n# Source: ${path}\n${manifest}\n`).join('')}MANIFEST:\n${manifest}\n`
}
